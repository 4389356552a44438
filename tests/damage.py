"""Damaged copies of files, for tests of whatever reads them."""

from __future__ import annotations

import re
import resource

import numpy as np

ELEMENT = re.compile(
    rb"(?s)....(AS|CS|DA|DS|DT|FD|FL|IS|LO|LT|OB|OD|OF|OL|OW|PN|SH|SL|SQ|SS|ST|TM|UI|UL|UN|US|UT)"
)
LONG = (b"OB", b"OD", b"OF", b"OL", b"OW", b"SQ", b"UN", b"UT")  # VRs with a length of 4 bytes
LENGTHS = (b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\0", b"\x01\0\0\0", b"\0\0\0\x10")
TEXTS = (b"nan", b"inf", b"-1", b"0", b"1e300", b"1e-300", b"-inf", b"2147483648", b"\\", b"")
NUMBERS = (b"\xff" * 8, b"\0" * 8, b"\0\0\0\0\0\0\xf0\x7f", b"\0\0\0\0\0\0\xf8\x7f", b"\1" * 8)


def damaged(whole: bytes, chance: np.random.Generator) -> bytes:
    """A copy with one thing, sometimes more, wrong with it."""
    data = bytearray(whole)
    while True:
        DAMAGES[chance.integers(len(DAMAGES))](data, chance)
        if data != whole and chance.random() < 0.8:
            return bytes(data)


def cut(data: bytearray, chance: np.random.Generator) -> None:
    del data[chance.integers(len(data) + 1) :]


def flip(data: bytearray, chance: np.random.Generator) -> None:
    if data:
        data[place(data, chance)] ^= 1 << chance.integers(8)


def replace_run(data: bytearray, chance: np.random.Generator) -> None:
    at, length = place(data, chance), int(chance.integers(1, 64))
    run = (b"\0" * length, b"\xff" * length, chance.bytes(length))[chance.integers(3)]
    data[at : at + length] = run[: len(data) - at]


def shift_run(data: bytearray, chance: np.random.Generator) -> None:
    at, length = place(data, chance), int(chance.integers(1, 40))
    if chance.random() < 0.5:
        del data[at : at + length]
    else:
        data[at:at] = data[at : at + length]


def blow_up_length(data: bytearray, chance: np.random.Generator) -> None:
    at, vr = element(data, chance)
    length = LENGTHS[chance.integers(len(LENGTHS))]
    if vr in LONG:
        data[at + 8 : at + 12] = length
    else:
        data[at + 6 : at + 8] = length[-2:]


def swap_tags(data: bytearray, chance: np.random.Generator) -> None:
    one, two = element(data, chance)[0], element(data, chance)[0]
    data[one : one + 4], data[two : two + 4] = data[two : two + 4], data[one : one + 4]


def change_number(data: bytearray, chance: np.random.Generator) -> None:
    at, vr = element(data, chance)
    if vr in LONG:
        return
    length = int.from_bytes(data[at + 6 : at + 8], "little")
    if vr in (b"DS", b"IS"):
        text = TEXTS[chance.integers(len(TEXTS))]
        value = text[:length].ljust(length)
    else:
        value = (NUMBERS[chance.integers(len(NUMBERS))] * (length // 8 + 1))[:length]
    data[at + 8 : at + 8 + length] = value


def place(data: bytearray, chance: np.random.Generator) -> int:
    """Anywhere, as often in the first elements as in all the rest."""
    end = len(data) if chance.random() < 0.5 else min(len(data), 2000)
    return int(chance.integers(max(1, end)))


def element(data: bytearray, chance: np.random.Generator) -> tuple[int, bytes]:
    """Where an element begins, about, and its VR."""
    found = list(ELEMENT.finditer(data))
    if not found:
        return 0, b"UN"
    chosen = found[chance.integers(len(found))]
    return chosen.start(), chosen[1]


DAMAGES = (cut, flip, replace_run, shift_run, blow_up_length, swap_tags, change_number)


def peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
