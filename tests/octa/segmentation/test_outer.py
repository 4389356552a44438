"""EZ and RPE above the coarse BM."""

from __future__ import annotations

import numpy as np
import pytest
from layered_eye import layered_eye

from octome.octa.segmentation.anchor import Anchors
from octome.octa.segmentation.outer import outer_surfaces
from octome.octa.segmentation.tissue_rank import tissue_rank


@pytest.mark.parametrize("off_px", [-5, 0, 5])
def test_ez_and_rpe_are_found_from_a_coarse_bm(off_px: float) -> None:
    eye = layered_eye(seed=1)
    ranks = tissue_rank(eye.volume, eye.geometry).of(eye.volume)
    coarse = Anchors(eye.surfaces["ILM"], eye.surfaces["BM"] + np.float32(off_px))
    found = outer_surfaces(ranks, coarse, eye.geometry)
    for name in ("EZ", "RPE"):
        off_um = eye.geometry.axial_um * np.abs(found[name] - eye.surfaces[name]).mean()
        assert off_um < 12, name
    assert (found["EZ"] <= found["RPE"]).all()
