"""Lossless compression of pixels, frame by frame on all cores, and back (PS3.5 10, A.4)."""

from __future__ import annotations

import struct
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal, get_args

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from pydicom import uid
from pydicom.encaps import encapsulate, generate_frames
from pydicom.pixels.encoders.base import get_encoder

from octome.errors import InstanceUnreadable, UnknownName
from octome.instances.codestream import check_frame
from octome.octa.kernel import cores

Frame = NDArray[Any]
CompressionName = Literal["htj2k", "jpeg-ls", "rle", "jpeg2000"]
COMPRESSION_NAMES: tuple[CompressionName, ...] = get_args(CompressionName)


@dataclass(frozen=True)
class Compression:
    """One lossless compression of pixels."""

    name: CompressionName
    syntax: uid.UID
    encode: Callable[[Frame], bytes]
    keeps_sign: bool
    """Whether the code stream states if values are signed: then they are passed unchanged."""


def _rle(frame: Frame) -> bytes:
    rows, columns = frame.shape
    return get_encoder(uid.RLELossless).encode(
        frame,
        rows=rows,
        columns=columns,
        number_of_frames=1,
        samples_per_pixel=1,
        bits_allocated=8 * frame.itemsize,
        bits_stored=8 * frame.itemsize,
        pixel_representation=0,
        photometric_interpretation="MONOCHROME2",
    )


def _htj2k(frame: Frame) -> bytes:
    return bytes(imagecodecs.htj2k_encode(frame, reversible=True))


def _jpeg2000(frame: Frame) -> bytes:
    return bytes(imagecodecs.jpeg2k_encode(frame, level=0, codecformat="j2k", reversible=True))


def _jpegls(frame: Frame) -> bytes:
    return bytes(imagecodecs.jpegls_encode(frame))


# The fastest first.
COMPRESSIONS: dict[str, Compression] = {
    each.name: each
    for each in (
        Compression("htj2k", uid.HTJ2KLossless, _htj2k, keeps_sign=True),
        Compression("jpeg-ls", uid.JPEGLSLossless, _jpegls, keeps_sign=False),
        Compression("rle", uid.RLELossless, _rle, keeps_sign=False),
        Compression("jpeg2000", uid.JPEG2000Lossless, _jpeg2000, keeps_sign=True),
    )
}
# OpenJPEG reads HTJ2K at two thirds of OpenJPH's speed, but notices a frame that was cut short.
DECODERS: dict[str, Callable[[bytes], Frame]] = {
    uid.HTJ2KLossless: imagecodecs.jpeg2k_decode,
    uid.HTJ2KLosslessRPCL: imagecodecs.jpeg2k_decode,
    uid.HTJ2K: imagecodecs.jpeg2k_decode,
    uid.JPEGLSLossless: imagecodecs.jpegls_decode,
    uid.JPEGLSNearLossless: imagecodecs.jpegls_decode,
    uid.JPEG2000Lossless: imagecodecs.jpeg2k_decode,
    uid.JPEG2000: imagecodecs.jpeg2k_decode,
}


def compression_named(name: str) -> Compression:
    """The compression of that name.

    Raises
    ------
    UnknownName
        There is none; the message lists the known names.
    """
    if name not in COMPRESSIONS:
        raise UnknownName(
            f"no compression {name!r}; there are: {', '.join(COMPRESSIONS)}",
            found=name,
            known=list(COMPRESSIONS),
        )
    return COMPRESSIONS[name]


def compressed(pixels: Frame, name: str, *, is_signed: bool) -> tuple[uid.UID, bytes]:
    """Pixel Data, encapsulated, as in a file.

    Parameters
    ----------
    pixels : uint16 or uint8, (frames, rows, columns) or (rows, columns)
    name : str
        Of `COMPRESSIONS`.
    is_signed : bool
        Whether Pixel Representation is 1.

    Returns
    -------
    syntax : UID
    element : bytes
        Tag, VR and value.
    """
    chosen = compression_named(name)
    frames = pixels if pixels.ndim == 3 else pixels[None]
    if is_signed and chosen.keeps_sign:
        frames = frames.view(f"int{8 * frames.itemsize}")
    with ThreadPoolExecutor(cores()) as pool:
        encoded = list(pool.map(chosen.encode, frames))
    head = struct.pack("<HH2sHL", 0x7FE0, 0x0010, b"OB", 0, 0xFFFFFFFF)
    end = struct.pack("<HHL", 0xFFFE, 0xE0DD, 0)
    return chosen.syntax, head + encapsulate(encoded) + end


def decompressed(
    stream: BinaryIO, syntax: uid.UID, shape: tuple[int, int, int], dtype: np.dtype[Any]
) -> Frame:
    """The frames of encapsulated pixels.

    Parameters
    ----------
    stream : binary file
        At the value of Pixel Data.
    syntax : UID
        Of `DECODERS`.
    shape : (int, int, int)
        Frames, rows, columns, as the header states.
    dtype : dtype
        Of one stored value.

    Raises
    ------
    InstanceUnreadable
        Frames are missing, or of another size.
    """
    decode = DECODERS[syntax]
    frames = list(generate_frames(stream, number_of_frames=shape[0]))
    if len(frames) != shape[0]:
        raise InstanceUnreadable(f"it has {len(frames)} frames, its header states {shape[0]}")
    for frame in frames:
        check_frame(frame, shape[1:])
    first = decode(frames[0])
    if first.shape != shape[1:] or first.dtype.itemsize != dtype.itemsize:
        raise InstanceUnreadable(
            f"its frames are {first.shape} of {first.dtype}, not {shape[1:]} of {dtype}"
        )
    out = np.empty(shape, dtype)

    def fill(at: int) -> None:
        out[at] = decode(frames[at]).view(dtype)

    with ThreadPoolExecutor(cores()) as pool:
        list(pool.map(fill, range(shape[0])))
    return out
