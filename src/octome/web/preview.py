"""A frame of an instance as a picture, or the reason why there is none."""

from __future__ import annotations

import base64
import warnings
from dataclasses import dataclass
from io import BytesIO
from mmap import mmap
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from octome.dicom.data_set import DataSet, Element
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

if TYPE_CHECKING:
    import numpy as np

    Pixels = np.ndarray[Any, np.dtype[Any]]

# Tags of PS3.3 C.7.6.3, by their names in pydicom's decoders.
NUMBERS = {
    "samples_per_pixel": TAG.SamplesPerPixel,
    "planar_configuration": TAG.PlanarConfiguration,
    "rows": TAG.Rows,
    "columns": TAG.Columns,
    "bits_allocated": TAG.BitsAllocated,
    "bits_stored": TAG.BitsStored,
    "pixel_representation": TAG.PixelRepresentation,
}
PIXELS = {
    TAG.PixelData: "PixelData",
    TAG.FloatPixelData: "FloatPixelData",
    TAG.DoubleFloatPixelData: "DoubleFloatPixelData",
}
PALETTES = (
    (TAG.RedPaletteColorLookupTableDescriptor, TAG.RedPaletteColorLookupTableData),
    (TAG.GreenPaletteColorLookupTableDescriptor, TAG.GreenPaletteColorLookupTableData),
    (TAG.BluePaletteColorLookupTableDescriptor, TAG.BluePaletteColorLookupTableData),
)
MOST_BYTES = 128 << 20  # of one frame, decoded
WIDEST = 900  # px; a larger picture is made smaller
TAILS = (0.5, 99.5)  # percentiles that become black and white


@dataclass(frozen=True)
class Preview:
    """A picture as a `data:` address, empty if there is none; `why` has the reason."""

    address: str
    frame: int
    frames: int
    why: str = ""


def preview(encoded: Encoded, frame: int = 0) -> Preview | None:
    """One frame, windowed from its own values; None if the instance has no image.

    Parameters
    ----------
    encoded : Encoded
        The instance, read by `octome.dicom.part10.read_encoded`.
    frame : int
        From 0; a missing one becomes the last.
    """
    ds = encoded.data_set
    element = next((ds.elements[tag] for tag in PIXELS if tag in ds), None)
    if element is None:
        return None
    frames = max(int(ds.number(TAG.NumberOfFrames) or 1), 1)
    frame = min(max(frame, 0), frames - 1)
    why = "" if encoded.transfer_syntax else "the file does not state how its pixels are encoded"
    why = why or _too_large(ds)
    if why:
        return Preview("", frame, frames, why)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the check reports the decoder's warnings
            pixels = _in_colour(ds, _pixels(encoded, element, frame))
            return Preview(_address(pixels), frame, frames)
    except MemoryError:
        return Preview("", frame, frames, "there is not enough memory to decode it")
    except Exception as error:  # noqa: BLE001 (a dozen decoders, each with its own errors)
        words = str(error).strip().splitlines()
        return Preview("", frame, frames, words[0][:200] if words else type(error).__name__)


def _too_large(ds: DataSet) -> str:
    names = ("rows", "columns", "samples_per_pixel", "bits_allocated")
    rows, columns, samples, bits = (ds.number(NUMBERS[name]) or 1 for name in names)
    decoded = rows * columns * samples * max(bits / 8, 1)
    if decoded <= MOST_BYTES:
        return ""
    return f"a frame has {decoded / 2**20:,.0f} MB, {MOST_BYTES >> 20} MB at most are decoded"


def _pixels(encoded: Encoded, element: Element, frame: int) -> Pixels:
    """One frame, (rows, columns) or (rows, columns, samples), as decoded."""
    from pydicom.pixels.decoders.base import get_decoder
    from pydicom.uid import UID

    ds = encoded.data_set
    options: dict[str, Any] = {
        name: int(number) for name, tag in NUMBERS.items() if (number := ds.number(tag)) is not None
    }
    options |= {
        "number_of_frames": max(int(ds.number(TAG.NumberOfFrames) or 1), 1),
        "photometric_interpretation": ds.text(TAG.PhotometricInterpretation),
        "pixel_keyword": PIXELS[element.tag],
        "pixel_vr": element.vr,
    }
    decoder = get_decoder(UID(encoded.transfer_syntax))
    return decoder.as_array(_at_value(ds, element), index=frame, **options)[0]


def _in_colour(ds: DataSet, pixels: Pixels) -> Pixels:
    """The colours of pixels that are indices into a palette; other pixels as they are."""
    import numpy as np

    if ds.text(TAG.PhotometricInterpretation) != "PALETTE COLOR" or pixels.ndim != 2:
        return pixels
    channels = []
    for descriptor, data in PALETTES:
        entries, first, bits = (int(ds.number(descriptor, at) or 0) for at in range(3))
        raw, count = ds.raw(data), entries or 65536
        # Entries of 8 bits may each have a word.
        is_wide = bits == 16 or len(raw) >= 2 * count
        table = np.frombuffer(raw, "<u2" if is_wide else "u1", count)
        table = (table >> 8 if bits == 16 else table).astype(np.uint8)
        channels.append(table[np.clip(pixels.astype(np.int64) - first, 0, count - 1)])
    return np.stack(channels, axis=2)


def _at_value(ds: DataSet, element: Element) -> BinaryIO:
    """The instance as a file, at its pixel data or, if encapsulated, its offset table."""
    file = ds.buffer if isinstance(ds.buffer, mmap) else BytesIO(ds.buffer)
    # The header of the offset table's item is read too.
    file.seek(element.fragments[0][0] - 8 if element.fragments else element.offset)
    return cast(BinaryIO, file)


def _address(pixels: Pixels) -> str:
    """A picture of pixels, grey ones stretched between the tails of their values."""
    import numpy as np
    from PIL import Image

    if pixels.ndim == 3 and pixels.shape[-1] in (3, 4) and pixels.dtype == np.uint8:
        image = Image.fromarray(pixels[..., :3])
    else:
        grey = pixels[..., 0] if pixels.ndim == 3 else pixels
        values = grey.astype(np.float32)
        finite = values[np.isfinite(values)]
        low, high = np.percentile(finite, TAILS) if finite.size else (0.0, 1.0)
        if high <= low:
            low, high = float(finite.min(initial=0)), float(finite.max(initial=1))
        scaled = (values - low) / max(high - low, 1e-12) * 255
        image = Image.fromarray(np.nan_to_num(scaled).clip(0, 255).astype(np.uint8))
    image.thumbnail((WIDEST, WIDEST))
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
