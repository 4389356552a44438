import numpy as np

from octome.octa.acquisition import ScanGeometry
from octome.octa.segmentation.layer_level import learned_levels, misfits, usual_levels

TRUE = np.float32([1.0, 0.5, 0.6, 0.2, 0.5, 0.1])
EDGES = [np.full((1, 60), row, np.float32) for row in (0, 8, 20, 32, 42, 50, 63)]


def band() -> np.ndarray:
    """Six layers, without noise."""
    layer = np.searchsorted([8, 20, 32, 42, 50], np.arange(64), side="right")
    return np.broadcast_to(TRUE[layer], (1, 60, 64)).copy()


def test_levels_are_learned_from_the_layers() -> None:
    before = usual_levels(band())
    found = learned_levels(band(), EDGES, before, ScanGeometry(0.003, 0.01, 0.2), (1, 3))
    np.testing.assert_allclose(found[:, 0, 30], TRUE, atol=0.02)


def test_a_layer_too_thin_to_see_keeps_its_level() -> None:
    edges = [EDGES[0], EDGES[0] + 1, *EDGES[2:]]
    before = usual_levels(band())
    found = learned_levels(band(), edges, before, ScanGeometry(0.003, 0.01, 0.2), (1, 3))
    np.testing.assert_allclose(found[0], before[0])


def test_surfaces_fit_best_where_the_level_changes() -> None:
    levels = np.broadcast_to(TRUE[:, None, None], (6, 1, 60))
    cost = misfits(band(), levels, EDGES[-1])
    assert cost[0, 0, 5, :20].argmin() == 8
    assert cost[2, 0, 5, 20:42].argmin() == 12
    assert cost[4, 0, 5, 42:].argmin() == 8
