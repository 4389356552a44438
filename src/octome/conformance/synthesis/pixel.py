"""Pixels that fit their description: PS3.3 C.7.6.3, PS3.5 8.1.1."""

from __future__ import annotations

from pydicom.dataset import Dataset

SAMPLES = {"MONOCHROME1": 1, "MONOCHROME2": 1, "PALETTE COLOR": 1}


def arrange_pixels(ds: Dataset) -> None:
    """Make bits, samples and the length of the pixel data agree."""
    if "PhotometricInterpretation" in ds and "SamplesPerPixel" in ds:
        ds.SamplesPerPixel = SAMPLES.get(ds.PhotometricInterpretation, 3)
    if "BitsAllocated" in ds and "BitsStored" in ds:
        if ds.BitsStored > ds.BitsAllocated:
            ds.BitsStored = ds.BitsAllocated
        ds.HighBit = ds.BitsStored - 1
    frames = int(ds.get("NumberOfFrames") or 1)
    count = int(ds.get("Rows") or 0) * int(ds.get("Columns") or 0) * frames
    if "PixelData" in ds:
        ds["PixelData"].VR = "OB" if ds.BitsAllocated <= 8 else "OW"
        ds.PixelData = _gradient(count * int(ds.get("SamplesPerPixel") or 1), ds)
    if "FloatPixelData" in ds:
        ds.FloatPixelData = bytes(4 * count)
    if "DoubleFloatPixelData" in ds:
        ds.DoubleFloatPixelData = bytes(8 * count)


def _gradient(samples: int, ds: Dataset) -> bytes:
    """Samples that rise repeatedly, padded to an even length."""
    bits = int(ds.BitsAllocated)
    if bits == 1:
        raw = bytes(-(-samples // 8))
    else:
        most = (1 << min(int(ds.get("BitsStored") or bits), 8)) - 1
        steps = (at * 16 % (most + 1) for at in range(samples))
        raw = b"".join(step.to_bytes(bits // 8, "little") for step in steps)
    return raw + bytes(len(raw) % 2)
