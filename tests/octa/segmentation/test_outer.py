"""EZ and RPE about the coarse RPE."""

from __future__ import annotations

import numpy as np
from layered_eye import layered_eye

from octome.octa.segmentation.anchor import Anchors
from octome.octa.segmentation.cell import darkest_level
from octome.octa.segmentation.outer import outer_surfaces


def test_ez_and_rpe_are_found_whichever_the_coarse_one_was() -> None:
    eye = layered_eye(seed=1)
    noise = darkest_level(eye.volume, eye.geometry)
    for coarse in ("EZ", "RPE"):
        at = Anchors(eye.surfaces["ILM"], eye.surfaces[coarse])
        found = outer_surfaces(eye.volume, at, eye.geometry, noise)
        for name in ("EZ", "RPE"):
            off_um = eye.geometry.axial_um * np.abs(found[name] - eye.surfaces[name]).mean()
            assert off_um < 12, (coarse, name)
        assert (found["EZ"] <= found["RPE"]).all()
