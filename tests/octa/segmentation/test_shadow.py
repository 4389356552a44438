import numpy as np

from octome.octa.acquisition import ScanGeometry
from octome.octa.segmentation.shadow import LEAST, unshadowed


def test_an_ascan_in_a_shadow_hardly_counts() -> None:
    ranks = np.full((2, 60, 80), 0.9, np.float32)
    ranks[:, :, 30:36] = 0.3
    top = np.full((2, 80), 20, np.float32)
    weight = unshadowed(ranks, top, top + 15, ScanGeometry(0.003, 0.01, 0.2))
    np.testing.assert_allclose(weight[:, 32:34], LEAST)
    np.testing.assert_allclose(weight[:, :20], 1)
