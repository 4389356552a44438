"""A frame of an instance as a picture, or one line that says why there is none."""

from __future__ import annotations

import base64
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Any, BinaryIO

import numpy as np

from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

FLOATS = (TAG.FloatPixelData, TAG.DoubleFloatPixelData)
MOST_BYTES = 128 << 20  # of one frame, decoded
WIDEST = 900  # px; a larger picture is made smaller
TAILS = (0.5, 99.5)  # percentiles that become black and white


@dataclass(frozen=True)
class Preview:
    """A picture as a `data:` address, empty where there is none; `why` says why not."""

    address: str
    frame: int
    frames: int
    why: str = ""


def preview(encoded: Encoded, file: BinaryIO, frame: int = 0) -> Preview | None:
    """One frame, windowed from its own values; None where the instance holds no image.

    Parameters
    ----------
    encoded : Encoded
        The instance, for its size.
    file : binary file
        The same, for the decoder.
    frame : int
        From 0; one that is not there becomes the last.
    """
    ds = encoded.data_set
    if TAG.PixelData not in ds and not any(tag in ds for tag in FLOATS):
        return None
    frames = max(int(ds.number(TAG.NumberOfFrames) or 1), 1)
    frame = min(max(frame, 0), frames - 1)
    why = "" if encoded.transfer_syntax else "the file does not say how its pixels are encoded"
    why = why or _too_large(ds)
    if why:
        return Preview("", frame, frames, why)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the check has told what the decoder complains of
            return Preview(_address(_pixels(file, frame)), frame, frames)
    except MemoryError:
        return Preview("", frame, frames, "there is not enough memory to decode it")
    except Exception as error:  # noqa: BLE001 (a dozen decoders, each with errors of its own)
        words = str(error).strip().splitlines()
        return Preview("", frame, frames, words[0][:200] if words else type(error).__name__)


def _too_large(ds: DataSet) -> str:
    sizes = [
        ds.number(tag) or 1
        for tag in (TAG.Rows, TAG.Columns, TAG.SamplesPerPixel, TAG.BitsAllocated)
    ]
    decoded = sizes[0] * sizes[1] * sizes[2] * max(sizes[3] / 8, 1)
    if decoded <= MOST_BYTES:
        return ""
    return f"a frame has {decoded / 2**20:,.0f} MB, {MOST_BYTES >> 20} MB at most are decoded"


def _pixels(file: BinaryIO, frame: int) -> np.ndarray[Any, np.dtype[Any]]:
    """One frame, (rows, columns) or (rows, columns, samples), as the decoder gives it."""
    from pydicom.pixels.utils import pixel_array

    file.seek(0)
    return pixel_array(file, index=frame)


def _address(pixels: np.ndarray[Any, np.dtype[Any]]) -> str:
    """A picture of pixels, grey ones stretched between the tails of their values."""
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
