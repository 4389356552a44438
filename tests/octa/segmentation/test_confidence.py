"""Where there is a retina, and how sure each surface is."""

from __future__ import annotations

import numpy as np

from octome.octa.acquisition import ScanGeometry
from octome.octa.segmentation.confidence import DOUBTFUL, judged, presence

GEOMETRY = ScanGeometry(axial_mm=0.004, ascan_mm=0.01, bscan_mm=0.01)
ILM, BM = np.full((1, 40), 50, np.float32), np.full((1, 40), 120, np.float32)


def volume(vitreous: float, retina: float) -> np.ndarray:
    found = np.full((1, 160, 40), vitreous, np.float32)
    found[:, 50:120] = retina
    return found


def test_a_bright_retina_below_a_dark_vitreous_is_there() -> None:
    np.testing.assert_allclose(presence(volume(0, 0.5), ILM, BM, GEOMETRY, 0.05), 1)


def test_noise_is_not_a_retina_and_tissue_above_the_ilm_lowers_confidence() -> None:
    np.testing.assert_allclose(presence(volume(0, 0.1), ILM, BM, GEOMETRY, 0.4), 0)
    np.testing.assert_allclose(presence(volume(0.5, 0.5), ILM, BM, GEOMETRY, 0.05), 0)


def test_a_surface_known_from_its_neighbours_only_is_doubtful() -> None:
    rows = {"ILM": ILM, "RPE": BM - 5}
    contrast = {"ILM": np.full((1, 40), 2.0, np.float32), "RPE": np.zeros((1, 40), np.float32)}
    everywhere = np.ones((1, 40), np.float32)
    found, sure = judged(
        rows, contrast, {"ILM": 1.0, "RPE": 1.0}, everywhere, np.ones((1, 40), bool)
    )
    np.testing.assert_allclose(sure["ILM"], 1)
    np.testing.assert_allclose(sure["RPE"], DOUBTFUL)
    np.testing.assert_array_equal(found["RPE"], rows["RPE"])


def test_below_the_end_of_the_scan_only_the_ilm_is_left() -> None:
    contrast = {name: np.ones((1, 40), np.float32) for name in ("ILM", "RPE")}
    found, sure = judged(
        {"ILM": ILM, "RPE": BM},
        contrast,
        {"ILM": 1.0, "RPE": 1.0},
        np.ones((1, 40), np.float32),
        np.zeros((1, 40), bool),
    )
    assert np.isnan(found["RPE"]).all()
    assert (sure["RPE"] == 0).all()
    assert not np.isnan(found["ILM"]).any()
