"""What lesions change."""

from __future__ import annotations

import numpy as np
import pytest
from eye_section import section

from octome.octa.phantom.lesion import LESIONS
from octome.octa.phantom.section import INNER, Section


def ailing(name: str, seed: int = 0) -> tuple[Section, dict[str, np.ndarray]]:
    """A section with one lesion, and its truth."""
    eye = section()
    LESIONS[name](eye, np.random.default_rng(seed))
    return eye, eye.truth(eye.depths())


@pytest.mark.parametrize("name", LESIONS)
@pytest.mark.parametrize("seed", range(3))
def test_true_surfaces_stay_in_order(name: str, seed: int) -> None:
    _, truth = ailing(name, seed)
    lowest = np.full(truth["ILM"].shape, -np.inf)
    for row in truth.values():
        assert not (row < lowest - 1e-9).any()
        lowest = np.fmax(lowest, row)


@pytest.mark.parametrize("name", ["drusen", "pigment epithelial detachment"])
def test_a_lifted_rpe_leaves_bruchs_membrane(name: str) -> None:
    (_, truth), healthy = ailing(name), section().depths()
    np.testing.assert_allclose(truth["BM"][0, :400], healthy["BM"][0, :400])
    assert np.nanmax(healthy["RPE"] - truth["RPE"]) > 15


def test_fluid_below_the_retina_lifts_the_photoreceptors_off_the_rpe() -> None:
    (_, truth), healthy = ailing("subretinal fluid"), section().depths()
    np.testing.assert_allclose(truth["RPE"][0, :400], healthy["RPE"][0, :400])
    assert np.nanmax(healthy["EZ"] - truth["EZ"]) > 25


def test_in_a_hole_only_rpe_and_bruchs_membrane_are_left() -> None:
    eye, truth = ailing("hole")
    assert 0.15 < eye.is_hole.sum() * 9 / 600 < 0.7
    for name in ("ILM", *INNER, "ELM", "EZ"):
        assert np.isnan(truth[name][eye.is_hole]).all()
    assert np.isfinite(truth["RPE"][eye.is_hole]).all()
    assert np.isfinite(truth["BM"][eye.is_hole]).all()


def test_a_lamellar_hole_takes_inner_layers_and_keeps_the_ilm() -> None:
    _, truth = ailing("lamellar hole")
    assert np.isfinite(truth["ILM"]).all()
    assert np.isnan(truth["GCL"][0, :400]).any()
    assert np.isfinite(truth["EZ"][0, :400]).all()


def test_atrophy_takes_rpe_and_photoreceptors() -> None:
    eye, truth = ailing("atrophy")
    gone = eye.atrophy > 0.5
    assert gone.any()
    for name in ("ELM", "EZ", "RPE"):
        assert np.isnan(truth[name][gone]).all()
    assert np.isfinite(truth["BM"][0, :400]).all()


def test_cysts_thicken_their_layer() -> None:
    eye, _ = ailing("cysts")
    assert len(eye.cysts) >= 3
    cyst, layer = eye.cysts[0]
    at = int(np.argmin(np.abs(eye.x[0] - cyst.x)))
    assert eye.thickness[layer][0, at] >= 0.7 * cyst.height
