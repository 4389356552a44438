import numpy as np

from octome.octa.acquisition import ScanGeometry
from octome.octa.segmentation.band import flattened, grouped, smoothed, ungrouped


def test_a_band_follows_its_surface() -> None:
    row = np.arange(40, dtype=np.float32)[None, :, None]
    top = np.float32([[3.25, 10.5, 20]])
    volume = np.broadcast_to(row, (1, 40, 3)) - top[:, None, :] + 5
    band = flattened(np.ascontiguousarray(volume), top, top + 4, 5)
    np.testing.assert_allclose(band[0], [[5, 6, 7, 8, 9]] * 3, rtol=1e-6)


def test_what_is_not_finite_or_outside_counts_as_nothing() -> None:
    volume = np.ones((1, 6, 3), np.float32)
    volume[0, :, 1], volume[0, :, 2] = np.nan, np.inf
    top = np.zeros((1, 3), np.float32)
    band = flattened(volume, top - 2, top + 2, 5)
    assert band[0].tolist() == [[0, 0, 1, 1, 1], [0] * 5, [0] * 5]


def test_groups_average_bscans_and_ascans() -> None:
    volume = np.arange(4, dtype=np.float32).reshape(2, 1, 2) * np.ones((2, 3, 2), np.float32)
    zero = np.zeros((2, 2), np.float32)
    assert flattened(volume, zero, zero + 1, 2, group=(2, 2)).tolist() == [[[1.5, 1.5]]]


def test_bscans_far_apart_are_not_averaged() -> None:
    band = np.zeros((3, 9, 1), np.float32)
    band[1, 4] = 1
    near = smoothed(band, 20, ScanGeometry(0.003, 0.01, 0.01))
    far = smoothed(band, 20, ScanGeometry(0.003, 0.01, 0.24))
    assert near[0, 4, 0] > 0.01
    assert far[0, 4, 0] < 1e-6


def test_a_plane_survives_grouping_and_its_way_back() -> None:
    plane = np.add.outer(np.arange(6), 2 * np.arange(9)).astype(np.float32)
    back = ungrouped(grouped(plane, (2, 3)), plane.shape, (2, 3))
    np.testing.assert_allclose(back[1:-1, 1:-1], plane[1:-1, 1:-1], rtol=1e-5)
