"""How much of a scan was found: of its columns each surface, of an image its pixels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from octome.instances.enface_image import read_enface_image
from octome.instances.instance_kind import BOUNDS_LABEL
from octome.instances.tomography_image import read_tomography_image
from octome.octa.acquisition import Float32
from octome.octa.verdict import Verdict
from octome.pipeline.stored_layers import read_surfaces

LEAST_FILLED = 0.5  # of the pixels of an en face image; below that it is mostly empty


@dataclass(frozen=True, kw_only=True)
class SurfaceCoverage:
    """In which share of the A-scans one set of surfaces has each of them."""

    surfaces: str
    """The name of their file."""
    found: dict[str, float]
    """By name of the surface, from the vitreous down; 0 to 1."""
    trusted: dict[str, float]
    """The same of those A-scans that count in measures; of another system's surfaces, all."""
    verdict: Verdict | None
    """None of surfaces that another system stored."""


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
        found.append(
            SurfaceCoverage(
                surfaces=path.name,
                found=_shares(maps.rows),
                trusted=_shares(maps.trusted()),
                verdict=maps.verdict,
            )
        )
    return found


def _shares(rows: Mapping[str, Float32]) -> dict[str, float]:
    return {name: float(np.isfinite(row).mean()) for name, row in rows.items()}


def empty_images(images: Iterable[Path]) -> list[EmptyImage]:
    """Those of which less than half of the pixels have a value."""
    found = []
    for path in images:
        filled = float(np.isfinite(read_enface_image(path).values()).mean())
        if filled < LEAST_FILLED:
            found.append(EmptyImage(image=path.name, filled=filled))
    return found


def coverage_lines(coverage: Iterable[SurfaceCoverage]) -> Iterator[str]:
    """The verdict and the coverage as text, for each set of surfaces."""
    for each in coverage:
        if each.verdict is not None:
            yield f"{each.surfaces}: segmentation {each.verdict}"
        yield f"{each.surfaces}: found in these shares of the A-scans: {_listed(each.found)}"
        if each.trusted != each.found:
            yield f"{each.surfaces}: these count in measures: {_listed(each.trusted)}"


def _listed(shares: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {share:.0%}" for name, share in shares.items())


def empty_lines(images: Iterable[EmptyImage]) -> Iterator[str]:
    """The warnings as text."""
    for each in images:
        yield f"{each.image} is mostly empty: {each.filled:.0%} of its pixels have a value"
