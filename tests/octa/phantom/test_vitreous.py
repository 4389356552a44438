"""Above the retina."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.phantom.vitreous import ATTACHED_UM, NOWHERE_UM, Vitreous

Y, X = np.meshgrid(np.linspace(-2, 2, 5), np.linspace(-3, 3, 100), indexing="ij")
ILM = 40 * np.exp(-(X**2))


@pytest.mark.parametrize("seed", range(8))
def test_a_hyaloid_floats_above_the_ilm_or_is_attached(seed: int) -> None:
    found = Vitreous.detached(np.random.default_rng(seed), Y, X, ILM, haze_db=-40)
    gap = ILM - found.hyaloid_um
    assert ((gap > ATTACHED_UM) | (found.hyaloid_um == NOWHERE_UM)).all()
    assert found.below_db <= found.above_db


def test_a_membrane_brightens_the_ilm_in_places() -> None:
    clear = Vitreous.clear(Y.shape)
    found = clear.with_membrane(np.random.default_rng(0), Y, X)
    assert found.membrane_db.max() > 2
    assert found.membrane_db.min() >= 0
    assert (found.hyaloid_um == NOWHERE_UM).all()
