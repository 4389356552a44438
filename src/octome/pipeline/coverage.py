"""How much of a scan was found: of its columns each surface, of an image its pixels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from octome.instances.enface_image import read_enface_image
from octome.instances.surface_segmentation import BOUNDS_LABEL
from octome.instances.tomography_image import read_tomography_image
from octome.pipeline.stored_layers import read_surfaces

LEAST_FILLED = 0.5  # of the pixels of an en face image; below that it is mostly empty


@dataclass(frozen=True, kw_only=True)
class SurfaceCoverage:
    """In which share of the A-scans one set of surfaces has each of them."""

    surfaces: str
    """The name of their file."""
    found: dict[str, float]
    """By name of the surface, from the vitreous down; 0 to 1."""


@dataclass(frozen=True, kw_only=True)
class EmptyImage:
    """An en face image that is mostly empty."""

    image: str
    """The name of its file."""
    filled: float
    """Share of its pixels that have a value."""


def surface_coverage(structure: Path, surfaces: Iterable[Path]) -> list[SurfaceCoverage]:
    """The coverage of stored surfaces on the grid of their volume; without those that bound slabs.

    Parameters
    ----------
    structure : Path
        B.
    surfaces : iterable of Path
        D.
    """
    placement, found = read_tomography_image(structure).placement, []
    for path in surfaces:
        stored = read_surfaces(path)
        if stored.header.get("ContentLabel") == BOUNDS_LABEL:
            continue
        maps = stored.maps(placement)
        shares = {name: float(np.isfinite(rows).mean()) for name, rows in maps.rows.items()}
        found.append(SurfaceCoverage(surfaces=path.name, found=shares))
    return found


def empty_images(images: Iterable[Path]) -> list[EmptyImage]:
    """Those of which less than half of the pixels have a value."""
    found = []
    for path in images:
        filled = float(np.isfinite(read_enface_image(path).values()).mean())
        if filled < LEAST_FILLED:
            found.append(EmptyImage(image=path.name, filled=filled))
    return found


def coverage_lines(coverage: Iterable[SurfaceCoverage]) -> Iterator[str]:
    """The coverage as text, one line for each set of surfaces."""
    for each in coverage:
        shares = ", ".join(f"{name} {share:.0%}" for name, share in each.found.items())
        yield f"{each.surfaces}: found in these shares of the A-scans: {shares}"


def empty_lines(images: Iterable[EmptyImage]) -> Iterator[str]:
    """The warnings as text."""
    for each in images:
        yield f"{each.image} is mostly empty: {each.filled:.0%} of its pixels have a value"
