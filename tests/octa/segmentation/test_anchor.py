"""ILM and RPE to within a cell."""

from __future__ import annotations

import numpy as np
from layered_eye import layered_eye

from octome.octa.acquisition import ScanGeometry
from octome.octa.segmentation.anchor import CELL_UM, anchors, cell_size
from octome.octa.segmentation.cell import darkest_level


def test_a_cell_has_the_same_size_in_tissue_at_any_spacing() -> None:
    rows, ascans = cell_size(ScanGeometry(axial_mm=CELL_UM[0] / 3000, ascan_mm=0.005, bscan_mm=1))
    assert (rows, ascans) == (3, round(CELL_UM[1] / 5))
    assert cell_size(ScanGeometry(axial_mm=1, ascan_mm=1, bscan_mm=1)) == (1, 1)


def test_both_anchors_are_within_three_cells_of_their_surfaces() -> None:
    eye = layered_eye(seed=1)
    found = anchors(eye.volume, eye.geometry, darkest_level(eye.volume, eye.geometry))
    cell = cell_size(eye.geometry)[0]
    assert np.abs(found.ilm - eye.surfaces["ILM"]).mean() < 3 * cell
    # EZ and RPE are bright bands side by side: either will do.
    off = np.minimum(
        np.abs(found.rpe - eye.surfaces["EZ"]), np.abs(found.rpe - eye.surfaces["RPE"])
    )
    assert off.mean() < 3 * cell
