"""The surfaces that octome finds in a stored volume, once for the two steps that need them.

The step that writes the volume (B) needs their verdict where there are none, and the step that
writes the surfaces (D) needs them all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from octome.instances.grid import Grid
from octome.instances.scan_track import ScanTrack
from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.segmentation.layers import segmented
from octome.octa.surface import SurfaceMaps
from octome.pipeline.recent import keep_recent
from octome.pipeline.stored_layers import structural_volume


@keep_recent(most=1)
def surfaces_in(structure: Path, progress: Callable[[str, float], object]) -> SurfaceMaps:
    """The surfaces in B.

    Parameters
    ----------
    structure : Path
    progress : callable
        Called with the current step and the share of it that is done.
    """
    volume = structural_volume(structure)
    return surfaces_found(
        volume.values,
        volume.stored.placement,
        lambda done, count: progress("surfaces", done / count),
        is_amplitude=volume.stored.scale.is_amplitude,
    )


def surfaces_found(
    structure: Float32,
    placement: Grid | ScanTrack,
    progress: Callable[[int, int], object],
    *,
    is_amplitude: bool,
) -> SurfaceMaps:
    """The surfaces in a volume; only B-scans that lie one after another help each other.

    Parameters
    ----------
    structure : float32, (B, Z, X)
        Linear amplitude.
    placement : Grid or ScanTrack
    progress : callable
        Called with the number of finished B-scans and of all.
    is_amplitude : bool
        As of `segmented`.
    """
    g = placement.geometry
    if isinstance(placement, Grid):
        return segmented(structure, g, is_amplitude=is_amplitude, progress=progress)
    if placement.is_sheet:
        # The widest gap: across it neighbours resemble each other least.
        gap = float(np.abs(np.diff(placement.path.offsets_mm)).max())
        g = ScanGeometry(g.axial_mm, g.ascan_mm, gap)
    found = segmented(
        structure,
        g,
        are_neighbours=placement.is_sheet,
        is_amplitude=is_amplitude,
        progress=progress,
    )
    # Its area is not known: the gaps differ.
    disc = None if found.disc is None else replace(found.disc, area_mm2=None)
    return replace(found, disc=disc)
