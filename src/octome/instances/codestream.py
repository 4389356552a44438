"""The size that a compressed frame states, read before a codec allocates memory for it.

JPEG-LS: ISO/IEC 14495-1 C.2.2; JPEG 2000 and HTJ2K: ISO/IEC 15444-1 A.5.1.
"""

from __future__ import annotations

import struct

from octome.errors import InstanceUnreadable

JPEG_BEGIN, JPEG_2000_BEGIN = b"\xff\xd8", b"\xff\x4f\xff\x51"
JPEG_END = b"\xff\xd9"
JPEG_LS_FRAME = 0xF7  # second byte of the marker SOF55
MOST_TILES = 1024  # each costs a decoder kilobytes


def check_frame(frame: bytes, shape: tuple[int, int]) -> None:
    """Check that a compressed frame has one component of this many rows and columns.

    Parameters
    ----------
    frame : bytes
        A JPEG-LS or JPEG 2000 code stream.
    shape : (int, int)
        Rows, columns.

    Raises
    ------
    InstanceUnreadable
        It is neither, or states another size.
    """
    found = None
    if frame.startswith(JPEG_2000_BEGIN):
        found = _jpeg_2000(frame)
    elif frame.startswith(JPEG_BEGIN):
        found = _jpeg_ls(frame)
    if found is None:
        raise InstanceUnreadable("one of its frames is not a JPEG-LS or JPEG 2000 code stream")
    if found != (*shape, 1):
        raise InstanceUnreadable(
            f"one of its frames states {found[0]} x {found[1]} pixels of {found[2]} components; "
            f"the header states {shape[0]} x {shape[1]} of one"
        )


def _jpeg_2000(frame: bytes) -> tuple[int, int, int] | None:
    """The marker SIZ comes first."""
    if len(frame) < 42:
        return None
    right, lower, left, upper, width, height = struct.unpack_from(">6I", frame, 8)
    (components,) = struct.unpack_from(">H", frame, 40)
    tiles = -(-right // max(width, 1)) * -(-lower // max(height, 1))
    if tiles > MOST_TILES:
        raise InstanceUnreadable(f"one of its frames is cut into {tiles} tiles")
    return lower - upper, right - left, components


def _jpeg_ls(frame: bytes) -> tuple[int, int, int] | None:
    """Segments follow each other, each with its length, up to that of the frame."""
    # CharLS takes seconds to notice that a frame was cut short.
    if not frame.endswith((JPEG_END, JPEG_END + b"\0")):
        raise InstanceUnreadable("one of its frames was cut short")
    at = len(JPEG_BEGIN)
    while at + 10 <= len(frame) and frame[at] == 0xFF:
        if frame[at + 1] == JPEG_LS_FRAME:
            rows, columns, components = struct.unpack_from(">HHB", frame, at + 5)
            return rows, columns, components
        at += 2 + int.from_bytes(frame[at + 2 : at + 4], "big")
    return None
