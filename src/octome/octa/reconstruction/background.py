"""The spectrum that every A-scan shares: the reference arm, the detector's fixed pattern."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from octome.errors import ShapeMismatch, UnknownName
from octome.octa.acquisition import ArrayLike, Float32

# Brightness whose standard deviation between B-scans is more than this share, and many times its
# standard error, drifts: the source, or the light that a fibre lets through.
DRIFT = 0.01
ERRORS = 4.0
SMOOTH = 0.05  # of the spectrum: drift is smooth, and tissue deeper than 3 rows is not

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
    background : float32, (K,) or (B, K)
        Detector counts; of each B-scan where its brightness drifts by more than 1 %. Then it is the
        background of all B-scans times a smooth ratio, so a flat surface, whose fringes all A-scans
        of a B-scan share, is not taken for background.

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
    some = spread_ascans(spectra, ascans)
    if not len(some):
        raise ShapeMismatch("no A-scan of these spectra has only finite samples", found=0)
    shared = np.asarray(AVERAGES[average](some, axis=0), np.float32)
    means, error = _bscan_means(spectra)
    known = np.isfinite(means).all(axis=1)
    if not known.any():
        return shared
    brightness = means[known].mean(axis=1)
    drift = brightness.std()
    # A B-scan without a single whole A-scan has no brightness of its own.
    means[~known] = shared
    if not drift > max(DRIFT * brightness.mean(), ERRORS * error):
        return shared
    return _smooth_ratio(means, shared) * shared


def _bscan_means(spectra: ArrayLike) -> tuple[NDArray[np.float64], float]:
    """The mean spectrum of each B-scan, (B, K), and the standard error of its brightness."""
    means, errors = [], []
    for b in range(spectra.shape[0]):
        frame = np.asarray(spectra[b, 0])
        frame = frame[np.isfinite(frame).all(axis=1)]
        if not len(frame):
            means.append(np.full(spectra.shape[3], np.nan))
            continue
        means.append(frame.mean(axis=0, dtype=np.float64))
        errors.append(frame.mean(axis=1, dtype=np.float64).std() / np.sqrt(len(frame)))
    return np.array(means), float(np.mean(errors)) if errors else np.inf


def _smooth_ratio(means: NDArray[np.float64], shared: Float32) -> Float32:
    """The brightness of each B-scan over the shared one, smooth along the spectrum, (B, K)."""
    sigma = SMOOTH * shared.size
    smooth = ndimage.gaussian_filter1d(shared.astype(np.float64), sigma, mode="nearest")
    # Where the source gives no light, there is no drift to see.
    lit = smooth > 1e-3 * smooth.max(initial=0)
    here = ndimage.gaussian_filter1d(means, sigma, axis=1, mode="nearest")
    ratio = np.ones(means.shape, np.float32)
    ratio[:, lit] = here[:, lit] / smooth[lit]
    return ratio


def spread_ascans(spectra: ArrayLike, count: int, *, less: Float32 | None = None) -> NDArray[Any]:
    """At most `count` A-scans, evenly from the whole scan, (N, K); at most 64 B-scans are read.

    Less their background, (K,) or (B, K), if it is given.
    """
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
        here = frame[np.unique(place.astype(int) % ascans)]
        # A sample that is not a number spoils its own A-scan alone.
        here = here[np.isfinite(here).all(axis=1)]
        if less is not None:
            here = here - (less if less.ndim == 1 else less[b])
        found.append(here)
    return np.concatenate(found)[:count]
