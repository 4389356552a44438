"""Instances in another encoding without loss, for receivers that take only uncompressed ones."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from pydicom import Dataset, dcmread, uid
from pydicom.encaps import generate_frames

from octome.errors import InstanceUnreadable

CHUNK = 1 << 20
UNDEFINED, MOST_BYTES = 0xFFFFFFFF, 0xFFFFFFFE
PIXEL_DATA = 0x7FE00010
# Compressed without loss: the pixels are exactly those that were compressed.
LOSSLESS: dict[str, Callable[[bytes], NDArray[Any]]] = {
    uid.HTJ2KLossless: imagecodecs.jpeg2k_decode,
    uid.HTJ2KLosslessRPCL: imagecodecs.jpeg2k_decode,
    uid.JPEG2000Lossless: imagecodecs.jpeg2k_decode,
    uid.JPEGLSLossless: imagecodecs.jpegls_decode,
    uid.JPEGLossless: imagecodecs.ljpeg_decode,
    uid.JPEGLosslessSV1: imagecodecs.ljpeg_decode,
}
NATIVE = (uid.ExplicitVRLittleEndian, uid.ImplicitVRLittleEndian)
# In the order of preference. Every receiver must take the second, PS3.5 10.1.
PLAIN: tuple[str, ...] = NATIVE


def can_transcode(syntax: str) -> bool:
    """Whether instances in a transfer syntax can be encoded in `PLAIN` ones without loss."""
    return syntax in (*NATIVE, *LOSSLESS, uid.RLELossless, uid.DeflatedExplicitVRLittleEndian)


def transcode(path: Path, out: BinaryIO, syntax: str) -> None:
    """Write an instance in another transfer syntax, one frame in memory at a time.

    Every value stays what it was. What may follow the pixels is left out: padding, and signatures,
    which would not be valid for another encoding.

    Parameters
    ----------
    path : Path
        In a transfer syntax that `can_transcode`.
    out : binary file
    syntax : str
        Of `PLAIN`.

    Raises
    ------
    InstanceUnreadable
        The pixels cannot be decoded, or are not what the header states.
    OSError
        The system cannot read or write it.
    """
    with path.open("rb") as file, warnings.catch_warnings():
        # Values that pydicom would not write are passed on as they are.
        warnings.simplefilter("ignore")
        try:
            _transcode(file, out, syntax)
        except (InstanceUnreadable, OSError):
            raise
        # A codec or pydicom can raise anything.
        except Exception as error:
            raise InstanceUnreadable(
                f"cannot decode {path}: {type(error).__name__}: {error}", path=str(path)
            ) from error


def _transcode(file: BinaryIO, out: BinaryIO, syntax: str) -> None:
    ds = dcmread(file, stop_before_pixels=True)
    stored = ds.file_meta.TransferSyntaxUID
    if stored == uid.DeflatedExplicitVRLittleEndian:
        file.seek(0)
        ds = dcmread(file)
        _write_header(ds, out, syntax)
        return
    offsets = _offsets(ds)
    head = file.read(8 if stored == uid.ImplicitVRLittleEndian else 12)
    if not head:
        _write_header(ds, out, syntax)
        return
    group, element = struct.unpack_from("<HH", head)
    tag, length = group << 16 | element, struct.unpack_from("<L", head, len(head) - 4)[0]
    if length == UNDEFINED:
        pieces = _decoded(file, ds, stored, offsets)
        length = _native_bytes(ds)
        vr = b"OW" if ds.BitsAllocated > 8 else b"OB"
    else:
        pieces = _copied(file, length)
        vr = _native_vr(head, tag)
    if length + length % 2 >= MOST_BYTES:
        raise InstanceUnreadable("its pixels are too large to be stored uncompressed")
    _write_header(ds, out, syntax)
    is_implicit = syntax == uid.ImplicitVRLittleEndian
    long = struct.pack("<L", length + length % 2)
    out.write(head[:4] + (long if is_implicit else vr + bytes(2) + long))
    written = 0
    for piece in pieces:
        out.write(piece)
        written += len(piece)
    if written != length:
        raise InstanceUnreadable(f"its pixels are {written} bytes, not {length}")
    out.write(bytes(length % 2))


def _offsets(ds: Dataset) -> tuple[bytes, bytes] | None:
    """The Extended Offset Table, which belongs to the compressed pixels and is taken away."""
    found = ds.get("ExtendedOffsetTable"), ds.get("ExtendedOffsetTableLengths")
    for keyword in ("ExtendedOffsetTable", "ExtendedOffsetTableLengths"):
        if keyword in ds:
            del ds[keyword]
    return (found[0], found[1]) if found[0] and found[1] else None


def _write_header(ds: Dataset, out: BinaryIO, syntax: str) -> None:
    ds.file_meta.TransferSyntaxUID = uid.UID(syntax)
    ds.save_as(
        out,
        implicit_vr=syntax == uid.ImplicitVRLittleEndian,
        little_endian=True,
        enforce_file_format=True,
    )


def _native_vr(head: bytes, tag: int) -> bytes:
    """The VR of uncompressed pixels; with Implicit VR it is not stored (PS3.5 A.1)."""
    if len(head) == 12:
        return head[4:6]
    return {PIXEL_DATA: b"OW", 0x7FE00008: b"OF", 0x7FE00009: b"OD"}[tag]


def _copied(file: BinaryIO, length: int) -> Iterator[bytes]:
    while length and (piece := file.read(min(CHUNK, length))):
        length -= len(piece)
        yield piece


def _native_bytes(ds: Dataset) -> int:
    values = int(ds.Rows) * int(ds.Columns) * int(ds.get("SamplesPerPixel") or 1)
    return int(ds.get("NumberOfFrames") or 1) * values * (int(ds.BitsAllocated) // 8)


def _decoded(
    file: BinaryIO, ds: Dataset, syntax: str, offsets: tuple[bytes, bytes] | None
) -> Iterator[bytes]:
    """The frames, decoded; the header is changed to what they are."""
    samples, bits = int(ds.get("SamplesPerPixel") or 1), int(ds.BitsAllocated)
    if bits not in (8, 16, 32):
        raise InstanceUnreadable(f"its pixels of {bits} bits are not decoded here")
    shape: tuple[int, ...] = (ds.Rows, ds.Columns)
    if samples > 1 and syntax == uid.RLELossless:
        shape, ds.PlanarConfiguration = (samples, *shape), 1  # PS3.5 G.2
    elif samples > 1:
        shape, ds.PlanarConfiguration = (*shape, samples), 0
    if ds.get("PhotometricInterpretation") == "YBR_RCT":
        ds.PhotometricInterpretation = "RGB"  # the decoder reverses the transform
    dtype = np.dtype(f"u{bits // 8}")
    frames = generate_frames(
        file, number_of_frames=int(ds.get("NumberOfFrames") or 1), extended_offsets=offsets
    )
    return (_frame(each, syntax, shape, dtype) for each in frames)


def _frame(encoded: bytes, syntax: str, shape: tuple[int, ...], dtype: np.dtype[Any]) -> bytes:
    if syntax == uid.RLELossless:
        values = imagecodecs.dicomrle_decode(encoded, dtype)
        pixels = np.frombuffer(values, dtype).reshape(shape)
    else:
        pixels = LOSSLESS[syntax](encoded)
    if pixels.shape != shape or pixels.dtype.itemsize != dtype.itemsize:
        raise InstanceUnreadable(
            f"one of its frames is {pixels.shape} of {pixels.dtype}, not {shape} of {dtype}"
        )
    return bytes(pixels.tobytes())
