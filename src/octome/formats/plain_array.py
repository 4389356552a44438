"""Arrays in plain files: npy, TIFF, or numbers one after the other; read a part at a time."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from octome.errors import AcquisitionUnreadable, SamplesReplaced

TIFF = (".tif", ".tiff")
PICTURE = (".png", ".jpg", ".jpeg", ".bmp")
MOST_NAMED = 5  # B-scans in a warning


def plain_array(
    path: Path,
    *,
    dtype: str | None = None,
    shape: tuple[int, ...] | None = None,
    skip_bytes: int = 0,
) -> NDArray[Any]:
    """The array in a file, mapped into memory: only what is used is read.

    Parameters
    ----------
    path : Path
        .npy; .tif or .tiff, whose pages become the first axis; any other is numbers alone.
    dtype : str, optional
        Of numbers alone, as numpy spells it: ``<u2``, ``>f4``, ``<c8``.
    shape : tuple of int, optional
        Of numbers alone, the slowest axis first.
    skip_bytes : int
        Of numbers alone: the length of what precedes them.

    Raises
    ------
    AcquisitionUnreadable
        No such file, a damaged one, or one that is not as long as dtype and shape say.
    """
    try:
        if path.suffix.lower() == ".npy":
            return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
        if path.suffix.lower() in TIFF:
            return _pages(path)
        return _numbers(path, dtype, shape, skip_bytes)
    except (OSError, ValueError, TypeError, SyntaxError, UnidentifiedImageError) as error:
        if isinstance(error, AcquisitionUnreadable):
            raise
        why = getattr(error, "strerror", None) or str(error)
        raise AcquisitionUnreadable(f"cannot read {path}: {why}", path=str(path)) from error


def warn_of_gaps(array: NDArray[Any], path: Path, *, is_decibel: bool) -> bool:
    """Whether some numbers of an array, B-scans first, are not finite; warns how many, and where.

    An amplitude of 0 is minus infinity in decibel, and no gap.

    Warns
    -----
    SamplesReplaced
    """
    if array.dtype.kind not in "fc":
        return False
    counts = []
    for bscan in array:
        gaps = ~np.isfinite(bscan)
        if is_decibel:
            gaps &= ~np.isneginf(bscan)
        counts.append(int(gaps.sum()))
    if total := sum(counts):
        where = [at for at, count in enumerate(counts) if count]
        named = ", ".join(map(str, where[:MOST_NAMED])) + (
            ", ..." if len(where) > MOST_NAMED else ""
        )
        warnings.warn(
            f"{path.name}: {total} of {array.size} numbers are NaN or infinite, in the B-scans "
            f"{named} (counted from 0); they became 0",
            SamplesReplaced,
            stacklevel=2,
        )
    return total > 0


def _numbers(
    path: Path, dtype: str | None, shape: tuple[int, ...] | None, skip_bytes: int
) -> NDArray[Any]:
    if dtype is None or shape is None:
        way = "state its dtype and shape"
        if path.suffix.lower() in PICTURE:
            way = "convert the picture to TIFF or .npy"
        raise AcquisitionUnreadable(f"{path} is neither .npy nor .tif: {way}", path=str(path))
    each = np.dtype(dtype)
    needed = skip_bytes + int(np.prod(shape, dtype=np.int64)) * each.itemsize
    found = path.stat().st_size
    if found != needed:
        raise AcquisitionUnreadable(
            f"{path} has {found} bytes; {skip_bytes} to skip and {' x '.join(map(str, shape))} "
            f"numbers of {each.itemsize} bytes are {needed}",
            path=str(path),
        )
    return np.asarray(np.memmap(path, each, "r", skip_bytes, shape))


def _pages(path: Path) -> NDArray[Any]:
    """All pages, copied once to a temporary file that is mapped."""
    with Image.open(path) as image:
        first = np.asarray(image)
        if first.ndim != 2:
            raise AcquisitionUnreadable(
                f"{path} holds pictures in colour (mode {image.mode}); pages need one number a "
                "pixel",
                path=str(path),
            )
        count = getattr(image, "n_frames", 1)
        with tempfile.TemporaryFile() as file:
            pages = np.memmap(file, first.dtype, "w+", shape=(count, *first.shape))
            for page in range(count):
                image.seek(page)
                found = np.asarray(image)
                if found.shape != first.shape or found.dtype != first.dtype:
                    raise AcquisitionUnreadable(
                        f"{path}: page {page} is {found.dtype} {found.shape}, the first "
                        f"{first.dtype} {first.shape}",
                        path=str(path),
                    )
                pages[page] = found
            return np.asarray(pages)
