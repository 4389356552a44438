"""The spectrum that every A-scan shares: the reference arm, the detector's fixed pattern."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from octome.errors import ShapeMismatch, UnknownName
from octome.octa.acquisition import ArrayLike, Float32

AVERAGES: dict[str, Callable[..., Any]] = {"median": np.median, "mean": np.mean}


def background(spectra: ArrayLike, *, ascans: int = 2048, average: str = "median") -> Float32:
    """The background spectrum: the average of A-scans spread over the whole scan.

    Fringes of tissue differ between A-scans and average out; what remains is not tissue.

    Parameters
    ----------
    spectra : uint16 or float32, (B, R, X, K)
        Raw spectra, in memory or in a file.
    ascans : int
        How many to average, about.
    average : str
        median, which a few saturated A-scans do not disturb, or mean.

    Returns
    -------
    background : float32, (K,)
        Detector counts.

    Examples
    --------
    >>> float(background(np.full((2, 1, 3, 8), 7, np.uint16)).max())
    7.0
    """
    if average not in AVERAGES:
        raise UnknownName(
            f"no average {average!r}; there are: {', '.join(AVERAGES)}",
            found=average,
            known=list(AVERAGES),
        )
    return np.asarray(AVERAGES[average](spread_ascans(spectra, ascans), axis=0), np.float32)


def spread_ascans(spectra: ArrayLike, count: int) -> NDArray[Any]:
    """At most `count` A-scans, evenly from the whole scan, (N, K); at most 64 B-scans are read."""
    if len(spectra.shape) != 4 or min(spectra.shape) == 0:
        raise ShapeMismatch(
            f"raw spectra have the axes (B, R, X, K); found shape {tuple(spectra.shape)}",
            found=tuple(spectra.shape),
        )
    bscans, repeats, ascans, _ = spectra.shape
    at = np.unique(np.linspace(0, bscans - 1, min(bscans, 64)).round().astype(int))
    each = max(1, count // len(at))
    found = []
    for n, b in enumerate(at):
        # Different repeats and A-scans in each B-scan.
        place = np.linspace(0, ascans, each, endpoint=False) + n * ascans / each / len(at)
        frame = np.asarray(spectra[int(b), n % repeats])
        found.append(frame[np.unique(place.astype(int) % ascans)])
    return np.concatenate(found)[:count]
