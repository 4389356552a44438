"""Pixels that are indices into colours: PALETTE COLOR (PS3.3 C.7.6.3, C.7.9)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset

from octome.errors import InstanceUnreadable

CHANNELS = ("Red", "Green", "Blue")
ABSENT_INDEX = 0  # of what has no value
WIDEN = 257  # from 8 bits to 16: white stays white


@dataclass(frozen=True)
class Palette:
    """The colours of an image's pixels."""

    colours: NDArray[np.uint8]
    """Red, green and blue of each index, (N, 3); N is a power of 2, 65536 at most."""

    def picture(self, indices: NDArray[np.integer]) -> NDArray[np.uint8]:
        """The pixels in colour, uint8, (..., 3); an index past the last one has its colour."""
        return np.take(self.colours, indices, axis=0, mode="clip")


def write_palette(ds: Dataset, palette: Palette) -> None:
    """Make an image of one grey value per pixel one of these colours.

    Its window shows every index: a viewer applies the palette instead.
    """
    count = len(palette.colours)
    bits = int(count - 1).bit_length()
    ds.PhotometricInterpretation = "PALETTE COLOR"
    ds.BitsStored, ds.HighBit = bits, bits - 1
    # For grey only.
    del ds.PresentationLUTShape, ds.PixelPaddingValue
    ds.WindowCenter, ds.WindowWidth = count // 2, count
    for at, channel in enumerate(CHANNELS):
        values = palette.colours[:, at].astype("<u2") * np.uint16(WIDEN)
        # The number of entries has 16 bits: 0 means 65536.
        setattr(ds, f"{channel}PaletteColorLookupTableDescriptor", [count % 65536, 0, 16])
        setattr(ds, f"{channel}PaletteColorLookupTableData", values.tobytes())


def palette_of(header: Dataset) -> Palette | None:
    """The palette of an image; None if its pixels are grey.

    Raises
    ------
    InstanceUnreadable
        The palette is not complete, does not begin at 0, or is segmented.
    """
    if header.get("PhotometricInterpretation") != "PALETTE COLOR":
        return None
    channels = [_channel(header, name) for name in CHANNELS]
    if len({len(each) for each in channels}) != 1:
        raise InstanceUnreadable("the three lookup tables of its palette differ in length")
    return Palette(np.stack(channels, axis=1))


def _channel(header: Dataset, name: str) -> NDArray[np.uint8]:
    descriptor = header.get(f"{name}PaletteColorLookupTableDescriptor")
    data = header.get(f"{name}PaletteColorLookupTableData")
    if descriptor is None or data is None or len(descriptor) != 3 or descriptor[1] != 0:
        raise InstanceUnreadable(f"octome does not read the {name.lower()} of its palette")
    count, bits = int(descriptor[0]) or 65536, int(descriptor[2])
    if bits not in (8, 16) or len(data) < count * bits // 8:
        raise InstanceUnreadable(f"the {name.lower()} of its palette is too short")
    if bits == 8:
        return np.frombuffer(data, np.uint8, count)
    return (np.frombuffer(data, "<u2", count) >> 8).astype(np.uint8)
