"""Files that nobody vouches for: read within bounds, decoded as far as they can be.

One wrong bit in a length makes a parser take pixels for elements, or ask for gigabytes that are
not there. What is read here ends, and soon.
"""

from __future__ import annotations

import os
import struct
from contextlib import suppress
from typing import BinaryIO

from pydicom.dataelem import RawDataElement
from pydicom.dataset import Dataset

from octome.errors import InstanceUnreadable

MOST_READS = 400_000  # two or three to an element: some thousand frames; a second's work
MOST_HEADER_BYTES = 2**29  # of all before the pixels; meshes stand there
UNDEFINED = 0xFFFFFFFF  # length of a value that a delimiter ends
ITEM = b"\xfe\xff\x00\xe0"
# What pydicom raises where a value is not as its VR says.
UNDECODABLE = (
    ValueError, TypeError, ArithmeticError, LookupError, AttributeError, OSError,
    NotImplementedError, struct.error,
)  # fmt: skip


class BoundedFile:
    """A binary file that gives no more than it holds, as pydicom's readers take it.

    Parameters
    ----------
    file : binary file
    most_bytes : int
        Read at most, all in all.
    """

    def __init__(self, file: BinaryIO, most_bytes: int = MOST_HEADER_BYTES) -> None:
        self._file = file
        self._size = os.fstat(file.fileno()).st_size
        self._reads, self._bytes = MOST_READS, most_bytes
        self.name = file.name
        self.tell = file.tell
        self.seek = file.seek

    def read(self, count: int = -1) -> bytes:
        """The next bytes; none at the end.

        Raises
        ------
        InstanceUnreadable
            The file ends within them, or more was read than any instance needs.
        """
        if count < 0:
            # pydicom asks so for one thing only, and would inflate it without a limit.
            raise InstanceUnreadable(
                "it is deflated, which octome does not read: store it as Explicit VR Little Endian"
            )
        left = self._size - self._file.tell()
        if left <= 0:
            return b""
        if count > left:
            raise InstanceUnreadable(
                f"one of its elements ends {count - left} bytes behind the file's end: it was cut "
                "short or is damaged"
            )
        self._reads -= 1
        self._bytes -= count
        if self._reads < 0 or self._bytes < 0:
            raise InstanceUnreadable("it has more elements before its pixels than can be right")
        return self._file.read(count)


def decode(ds: Dataset) -> None:
    """Decode all values, however deep; one that cannot be stays as it is for whoever asks for it.

    Raises
    ------
    InstanceUnreadable
        A sequence is not made of items.
    """
    for tag in list(ds.keys()):
        raw = ds.get_item(tag)
        if isinstance(raw, RawDataElement) and isinstance(raw.value, bytes):
            _check_items(raw, raw.value)
        # Many an attribute is never needed: its damage is no reason to refuse the pixels.
        with suppress(*UNDECODABLE):
            element = ds[tag]
            if element.VR == "SQ":
                for item in element.value or ():
                    decode(item)


def _check_items(raw: RawDataElement, value: bytes) -> None:
    """See that a sequence's items follow each other to its end: pydicom does not."""
    if raw.VR != "SQ" and not (raw.VR in (None, "UN") and value.startswith(ITEM)):
        return
    at = 0
    while at < len(value):
        length = int.from_bytes(value[at + 4 : at + 8], "little")
        is_item = value[at : at + 4] == ITEM and at + 8 <= len(value)
        if is_item and length == UNDEFINED:
            return
        at += 8 + length
        if not is_item or at > len(value):
            raise InstanceUnreadable(f"its sequence {raw.tag} is damaged")
