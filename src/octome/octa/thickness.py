"""Thickness of layers along B-scans, and its means by quadrant of a circle about the disc."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np

from octome.octa.acquisition import Float32
from octome.octa.laterality import Laterality
from octome.octa.scan_path import ScanPath

Quadrant = Literal["temporal", "superior", "nasal", "inferior"]
# From one surface to another, the upper one first. IN•OCT lexicon, and as devices report them.
LAYERS = {"RNFL": ("ILM", "RNFL"), "retina": ("ILM", "BM")}


def thickness_um(rows: Mapping[str, Float32], layer: str, axial_um: float) -> Float32 | None:
    """The thickness of a layer at each A-scan, along the A-scan.

    Parameters
    ----------
    rows : mapping of float32, (B, X)
        Rows by name of the surface; NaN where not found.
    layer : str
        Of `LAYERS`.
    axial_um : float
        Between rows.

    Returns
    -------
    thickness : float32, (B, X), or None
        um; NaN where a surface is. None if one of the two surfaces is missing.

    Examples
    --------
    >>> rows = {"ILM": np.array([[10.0]]), "RNFL": np.array([[35.0]])}
    >>> thickness_um(rows, "RNFL", 4.0).item()
    100.0
    """
    upper, lower = LAYERS[layer]
    if upper not in rows or lower not in rows:
        return None
    return np.asarray((rows[lower] - rows[upper]) * np.float32(axial_um), np.float32)


def quadrants_of(path: ScanPath, laterality: Laterality) -> list[list[Quadrant]]:
    """The quadrant of each A-scan about the middle of the scan, for each B-scan.

    Each is a quarter of a turn: temporal and nasal about the horizontal, superior and inferior
    about the vertical.
    """
    left, feet = np.moveaxis(path.points - path.centre, -1, 0)
    # The nose is on the left of a right eye, as the patient sees it.
    nasal = left if laterality == "R" else -left
    is_horizontal = np.abs(nasal) >= np.abs(feet)
    names = np.where(
        is_horizontal,
        np.where(nasal > 0, "nasal", "temporal"),
        np.where(feet > 0, "inferior", "superior"),
    )
    found: list[list[Quadrant]] = names.tolist()
    return found
