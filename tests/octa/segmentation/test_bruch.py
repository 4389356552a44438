import numpy as np

from octome.octa.acquisition import ScanGeometry
from octome.octa.segmentation.bruch import envelope

GEOMETRY = ScanGeometry(axial_mm=0.003, ascan_mm=0.01, bscan_mm=0.03)


def test_the_envelope_follows_the_curve_of_the_eye() -> None:
    x_mm = (np.arange(300) - 150) * 0.01
    bent = np.float32(200 - x_mm**2 / (2 * 15) / 0.003)[None].repeat(5, 0)
    apart = np.abs(envelope(bent, GEOMETRY, 7.0) - bent)
    assert apart[:, 80:-80].max() < 0.5


def test_the_envelope_bridges_a_bulge() -> None:
    x_mm = (np.arange(300) - 150) * 0.01
    bulge = 20 * np.exp(-(x_mm**2) / (2 * 0.08**2))
    lifted = np.float32(200 - bulge)[None]
    assert np.abs(envelope(lifted, GEOMETRY, 7.0) - 200).max() < 2.5


def test_the_envelope_goes_with_jumps_of_whole_bscans() -> None:
    flat = np.full((4, 200), 100, np.float32) + np.float32([[0], [5], [-4], [2]])
    np.testing.assert_allclose(envelope(flat, GEOMETRY, 7.0), flat, atol=1e-4)
