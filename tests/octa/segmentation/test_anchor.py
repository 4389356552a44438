"""ILM and BM to within a cell."""

from __future__ import annotations

import numpy as np
from layered_eye import layered_eye

from octome.octa.segmentation.anchor import anchors
from octome.octa.segmentation.tissue_rank import tissue_rank


def test_both_anchors_are_near_their_surfaces() -> None:
    eye = layered_eye(seed=1)
    found = anchors(tissue_rank(eye.volume, eye.geometry).of(eye.volume), eye.geometry)
    assert np.abs(found.ilm - eye.surfaces["ILM"]).mean() < 4
    assert np.abs(found.bm - eye.surfaces["BM"]).mean() < 8


def test_a_bright_line_in_the_vitreous_is_not_the_ilm() -> None:
    eye = layered_eye(seed=2)
    line = np.arange(320)[None, :, None] - (eye.surfaces["ILM"][:, None] - 25)
    volume = np.where(np.abs(line) < 1.5, 0.4 * eye.volume.max(), eye.volume).astype(np.float32)
    found = anchors(tissue_rank(volume, eye.geometry).of(volume), eye.geometry)
    assert np.abs(found.ilm - eye.surfaces["ILM"]).mean() < 4
