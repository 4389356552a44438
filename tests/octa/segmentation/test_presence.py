"""Where there is a retina."""

from __future__ import annotations

import numpy as np

from octome.octa.acquisition import ScanGeometry
from octome.octa.segmentation.presence import found_rows, presence

GEOMETRY = ScanGeometry(axial_mm=0.004, ascan_mm=0.01, bscan_mm=0.01)
ILM, BM = np.full((1, 40), 50, np.float32), np.full((1, 40), 120, np.float32)
EVERYWHERE = np.ones((1, 40), np.float32)


def volume(vitreous: float, retina: float) -> np.ndarray:
    found = np.full((1, 160, 40), vitreous, np.float32)
    found[:, 50:120] = retina
    return found


def test_a_bright_retina_below_a_dark_vitreous_is_there() -> None:
    np.testing.assert_allclose(presence(volume(0, 0.5), ILM, BM, GEOMETRY, 0.05), 1)


def test_noise_is_not_a_retina_nor_is_what_has_tissue_above_it() -> None:
    np.testing.assert_allclose(presence(volume(0, 0.1), ILM, BM, GEOMETRY, 0.4), 0)
    np.testing.assert_allclose(presence(volume(0.5, 0.5), ILM, BM, GEOMETRY, 0.05), 0)


def test_below_the_end_of_the_scan_only_the_ilm_is_left() -> None:
    found = found_rows({"ILM": ILM, "RPE": BM}, EVERYWHERE, np.zeros((1, 40), bool))
    assert np.isnan(found["RPE"]).all()
    assert not np.isnan(found["ILM"]).any()


def test_where_the_scan_begins_in_the_retina_the_outer_surfaces_are_left() -> None:
    found = found_rows({"ILM": 0 * ILM, "RPE": BM}, EVERYWHERE, np.ones((1, 40), bool))
    assert np.isnan(found["ILM"]).all()
    np.testing.assert_array_equal(found["RPE"], BM)
