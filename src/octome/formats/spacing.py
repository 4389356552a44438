"""The spacing of a vendor file's samples, or a clear error if the file does not state it."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from octome.errors import SpacingReplaced, SpacingUnknown
from octome.octa.acquisition import ScanGeometry
from octome.octa.device_volume import ScanPattern
from octome.octa.scan_path import Point

SAME = 0.005  # of a spacing: files and people round it


def scan_geometry(
    given: ScanGeometry | None,
    *,
    axial_mm: float | None,
    ascan_mm: float | None,
    bscan_mm: float | None,
    pattern: ScanPattern,
) -> ScanGeometry:
    """The spacing that the caller gives, otherwise that of the file.

    Parameters
    ----------
    given : ScanGeometry or None
        The caller's; it takes precedence.
    axial_mm, ascan_mm, bscan_mm : float or None
        From the file; None or 0 if not stated.
    pattern : ScanPattern
        B-scans of a raster have a distance; `ascan_mm` is used for other patterns.

    Raises
    ------
    SpacingUnknown
        Neither gives it.

    Warns
    -----
    SpacingReplaced
        Both do, and differ.
    """
    found = {"axial_mm": axial_mm, "ascan_mm": ascan_mm}
    found["bscan_mm"] = bscan_mm if pattern == "raster" else ascan_mm
    known = {
        name: float(value)
        for name, value in found.items()
        if value is not None and math.isfinite(value) and value > 0
    }
    if given is not None:
        if pattern != "raster":
            known.pop("bscan_mm", None)
        _warn_if_other(given, known)
        return given
    if missing := [name for name in found if name not in known]:
        raise SpacingUnknown(
            f"the file does not state how far apart its samples are ({', '.join(missing)}): give "
            "the spacing of all three axes in mm",
            missing=missing,
        )
    return ScanGeometry(**known)


def _warn_if_other(given: ScanGeometry, stated: dict[str, float]) -> None:
    """Warn where a spacing is not the one of the file."""
    other = {
        name: value
        for name, value in stated.items()
        if abs(getattr(given, name) - value) > SAME * value
    }
    if other:
        listed = ", ".join(
            f"{name.removesuffix('_mm')} {getattr(given, name):g} mm (the file: {value:.4g})"
            for name, value in other.items()
        )
        warnings.warn(
            f"the given spacing is used, not the one that the file states: {listed}",
            SpacingReplaced,
            stacklevel=3,
        )


def bscan_pitch(starts: Sequence[Point], ends: Sequence[Point]) -> float | None:
    """The mean distance of neighbouring B-scans of a raster, from where each begins and ends.

    Measured at right angles to the B-scans, so a raster sheared by eye movements is right too.

    Parameters
    ----------
    starts, ends : sequence of (float, float)
        One each for every B-scan, in any unit.

    Returns
    -------
    pitch : float or None
        In that unit; None for one B-scan, or B-scans at the same position.

    Examples
    --------
    >>> bscan_pitch([(0, 0), (0, 0.5), (0, 1)], [(6, 0), (6, 0.5), (6, 1)])
    0.5
    """
    if len(starts) < 2:
        return None
    first, last = np.array(starts, float), np.array(ends, float)
    # Positions in a damaged file may be any number: the pitch must be finite.
    with np.errstate(all="ignore"):
        along = (last - first).mean(axis=0)
        steps: NDArray[np.float64] = np.diff((first + last) / 2, axis=0)
        across = steps @ np.array([-along[1], along[0]]) / np.hypot(*along)
        pitch = float(np.abs(across).mean())
    return pitch if math.isfinite(pitch) and pitch > 0 else None


def spacing_mm(stated: tuple[float, float], larger: float) -> tuple[float, float] | None:
    """The spacing of a picture, rows and columns, in an eye so many times larger; None if unknown.

    >>> spacing_mm((0.01, 0.0125), 2), spacing_mm((0, 0.01), 1)
    ((0.02, 0.025), None)
    """
    if not all(math.isfinite(each) and each > 0 for each in stated):
        return None
    return stated[0] * larger, stated[1] * larger
