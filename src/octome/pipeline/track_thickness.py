"""The thickness of layers along a line, a circle or a star, from its stored surfaces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from octome.instances.scan_track import ScanTrack
from octome.instances.tomography_image import read_tomography_image
from octome.octa.thickness import LAYERS, Quadrant, quadrants_of, thickness_um
from octome.octa.verdict import Verdict
from octome.pipeline.stored_layers import read_surfaces


@dataclass(frozen=True, kw_only=True)
class LayerThickness:
    """The mean thickness of one layer by one set of surfaces."""

    surfaces: str
    """The name of their file."""
    layer: str
    mean_um: float
    found: float
    """In which share of the A-scans both surfaces count."""
    quadrants_um: dict[Quadrant, float]
    """Of a circle; empty for other scans. A quadrant without surfaces is missing."""
    verdict: Verdict | None
    """On the surfaces; None of those that another system stored."""


def track_thickness(structure: Path, surfaces: Iterable[Path]) -> list[LayerThickness]:
    """The mean thickness of layers in a scan that is not an even raster.

    Parameters
    ----------
    structure : Path
        B.
    surfaces : iterable of Path
        D: several if several systems found them.

    Returns
    -------
    thickness : list of LayerThickness
        Empty for a raster, and without those layers whose surfaces count nowhere.
    """
    volume = read_tomography_image(structure)
    placement = volume.placement
    if not isinstance(placement, ScanTrack):
        return []
    where = None
    if placement.path.is_closed:
        where = np.array(quadrants_of(placement.path, volume.exam.laterality))
    found = []
    for path in surfaces:
        maps = read_surfaces(path).maps(placement)
        rows = maps.trusted()
        for layer in LAYERS:
            thickness = thickness_um(rows, layer, placement.geometry.axial_um)
            if thickness is None or not np.isfinite(thickness).any():
                continue
            quadrants: dict[Quadrant, float] = {}
            for name in () if where is None else ("temporal", "superior", "nasal", "inferior"):
                part = thickness[where == name]
                if np.isfinite(part).any():
                    quadrants[name] = float(np.nanmean(part))
            found.append(
                LayerThickness(
                    surfaces=path.name,
                    layer=layer,
                    mean_um=float(np.nanmean(thickness)),
                    found=float(np.isfinite(thickness).mean()),
                    quadrants_um=quadrants,
                    verdict=maps.verdict,
                )
            )
    return found


def thickness_lines(found: Iterable[LayerThickness]) -> Iterator[str]:
    """The same as text."""
    for each in found:
        quadrants = ", ".join(f"{name} {um:.0f}" for name, um in each.quadrants_um.items())
        is_sure = each.verdict is None or each.verdict.outcome == "good"
        yield (
            f"{each.surfaces}: "
            + ("" if is_sure else "doubtful, look at the surfaces first: ")
            + f"{each.layer} {each.mean_um:.0f} um thick"
            + (f" ({quadrants})" if quadrants else "")
            + f", measured in {each.found:.0%} of the A-scans"
            + (f"; surfaces {each.verdict}" if each.verdict is not None else "")
        )
