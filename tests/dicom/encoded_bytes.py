"""Data elements encoded by hand, as specified in PS3.5 section 7."""

from __future__ import annotations

import struct

HEAD = bytes(128) + b"DICM"
ITEM, ITEM_END, SEQUENCE_END = 0xFFFEE000, 0xFFFEE00D, 0xFFFEE0DD
UNDEFINED = 0xFFFFFFFF
LONG = ("OB", "OW", "SQ", "UN", "UT")


def element(tag: int, vr: str, value: bytes, length: int | None = None) -> bytes:
    """An element in Explicit VR Little Endian, its length as stated."""
    length = len(value) if length is None else length
    head = struct.pack("<HH2s", tag >> 16, tag & 0xFFFF, vr.encode())
    if vr in LONG:
        return head + struct.pack("<HI", 0, length) + value
    return head + struct.pack("<H", length) + value


def marker(tag: int, length: int = 0) -> bytes:
    """An item or a delimiter."""
    return struct.pack("<HHI", tag >> 16, tag & 0xFFFF, length)


def implicit(tag: int, value: bytes) -> bytes:
    """An element in Implicit VR Little Endian."""
    return struct.pack("<HHI", tag >> 16, tag & 0xFFFF, len(value)) + value


def part10(data_set: bytes, syntax: bytes = b"1.2.840.10008.1.2.1\0") -> bytes:
    """A file with the least file meta information."""
    meta = element(0x00020010, "UI", syntax)
    return HEAD + element(0x00020000, "UL", struct.pack("<I", len(meta))) + meta + data_set
