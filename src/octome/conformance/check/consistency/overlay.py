"""Overlays: bits of graphics over an image, in groups 6000 to 60FE (PS3.3 C.9.2)."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

# The elements of an overlay's group.
TYPE, ORIGIN, ACTIVATION = 0x0040, 0x0050, 0x1001
ROWS, COLUMNS, FRAMES, BITS, POSITION, DATA = 0x0010, 0x0011, 0x0015, 0x0100, 0x0102, 0x3000


def overlays(encoded: Encoded) -> Iterator[Disagreement]:
    """An overlay of its own has one bit for each of its pixels (PS3.3 C.9.2)."""
    ds = encoded.data_set
    groups = {tag & 0xFFFF0000 for tag in ds.elements if tag >> 24 == 0x60 and not tag >> 16 & 1}
    for group in sorted(groups):
        data = ds.get(group + DATA)
        bits, position = ds.number(group + BITS), ds.number(group + POSITION)
        if data is None or not data.length:
            continue  # an overlay in the bits of Pixel Data, as it was until 2004
        if bits is not None and bits != 1:
            yield Disagreement(
                code="overlay",
                path=f"{group + BITS:08x}",
                message=f"it is {bits:g}, but an overlay has 1 bit allocated",
                fix="Set it to 1",
                section="PS3.3 C.9.2",
            )
        elif position:
            yield Disagreement(
                code="overlay",
                path=f"{group + POSITION:08x}",
                message=f"it is {position:g}, but the only bit of an overlay is bit 0",
                fix="Set it to 0",
                section="PS3.3 C.9.2",
            )
        rows, columns = ds.number(group + ROWS), ds.number(group + COLUMNS)
        if rows is None or columns is None or ds.cut_at is not None:
            continue
        pixels = int(rows * columns * (ds.number(group + FRAMES) or 1))
        needed = -(-pixels // 8)
        if data.length < needed:
            yield Disagreement(
                code="overlay",
                path=f"{group + DATA:08x}",
                message=f"it has {data.length:,} bytes, but {pixels:,} pixels of one bit need "
                f"{needed + needed % 2:,}",
                fix="Write a bit for each pixel of the overlay, or correct its size",
                section="PS3.3 C.9.2",
            )


def shutter_overlay(encoded: Encoded) -> Iterator[Disagreement]:
    """The overlay that is a shutter covers the whole image, and is not shown (PS3.3 C.7.6.15)."""
    ds = encoded.data_set
    group = (ds.number(TAG.ShutterOverlayGroup) or 0) if TAG.ShutterOverlayGroup in ds else 0
    if int(group) >> 8 != 0x60:
        return
    first = int(group) << 16
    size = {ROWS: ds.number(TAG.Rows), COLUMNS: ds.number(TAG.Columns)}
    wrong = {
        TYPE: ds.text(first + TYPE) not in ("", "G") and "its type is G",
        ORIGIN: ds.values(first + ORIGIN) not in ((), (1, 1)) and "its origin is 1\\1",
        ACTIVATION: ds.has_value(first + ACTIVATION) and "it is not shown as an overlay",
        **{
            element: None not in (stated, ds.number(first + element))
            and ds.number(first + element) != stated
            and f"it is as large as the image, {stated:g}"
            for element, stated in size.items()
        },
    }
    for element, needed in wrong.items():
        if needed:
            yield Disagreement(
                code="overlay",
                path=f"{first + element:08x}",
                message=f"group {int(group):04X} is a shutter: {needed}",
                fix="Correct it, or take another group for the shutter",
                section="PS3.3 C.7.6.15",
            )
