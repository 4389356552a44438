"""B-scans in colour: the lines lie on the surfaces, and the grey is the same in all frames."""

from __future__ import annotations

import numpy as np
import pytest

from octome.export.drawn_bscan import DrawnBscans, VolumeFrames
from octome.octa.picture import SURFACE_COLOURS
from octome.pipeline.study import Study


@pytest.fixture
def study(made_chain) -> Study:  # type: ignore[no-untyped-def]
    return Study(made_chain.folder)


def test_a_surface_is_drawn_at_its_rows(study: Study) -> None:
    drawn = DrawnBscans(study).surfaces(20)
    is_line = (drawn == SURFACE_COLOURS["ILM"]).all(axis=2)
    rows = study.maps["ILM"][20]
    lines = [np.flatnonzero(is_line[:, x]).mean() for x in range(0, len(rows), 8)]
    np.testing.assert_allclose(lines, rows[::8], atol=2)


def test_flow_is_in_colour_and_its_background_is_not(study: Study) -> None:
    drawn = DrawnBscans(study).flow(20).astype(int)
    coloured = drawn[..., 0] - drawn[..., 2]
    flow = VolumeFrames(study.flow).values(20)
    bm = int(study.maps["BM"][20].max())
    assert drawn.shape == (*flow.shape, 3)
    above = coloured[:bm]
    assert above[flow[:bm] > np.percentile(flow, 99.7)].mean() > 100
    assert above[flow[:bm] <= np.percentile(flow, 50)].max() == 0
    # The choroid's flow would cover all.
    assert coloured[bm + 40 :].max() == 0
