"""The tissue in and around a raster."""

from __future__ import annotations

import numpy as np

from octome.octa.phantom.eye import SimulatedEye
from octome.octa.truth import CHORIOCAPILLARIS, PLEXUSES


def test_vessels_lie_in_the_layers_of_their_plexus() -> None:
    eye = SimulatedEye(seed=1, motion=0, bscans=24, repeats=1, ascans=48, centre_mm=(1.0, 0.0))
    rows = np.arange(eye.truth.vessels.shape[1])[None, :, None]
    surfaces = eye.truth.surfaces
    for plexus, upper, lower in (
        ("superficial", "ILM", "INL"),
        ("deep", "IPL", "ELM"),
        ("choriocapillaris", "RPE", "CSI"),
    ):
        found = eye.truth.vessels == PLEXUSES[plexus]
        inside = (rows >= surfaces[upper][:, None] - 2) & (rows <= surfaces[lower][:, None] + 2)
        assert found.any(), plexus
        assert (found & inside).sum() >= 0.98 * found.sum(), plexus


def test_a_share_of_the_choriocapillaris_has_no_flow() -> None:
    eye = SimulatedEye(seed=1, motion=0, bscans=40, repeats=1, ascans=40)
    covered = (eye.truth.vessels == CHORIOCAPILLARIS).any(axis=1).mean()
    assert 0.6 < covered < 0.95
