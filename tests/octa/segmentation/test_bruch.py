import numpy as np

from octome.octa.acquisition import ScanGeometry
from octome.octa.segmentation.bruch import curvature, envelope

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


def test_a_bulge_does_not_bend_the_curve_below_it() -> None:
    x = np.linspace(-1, 1, 200)
    eye = 100 + 60 * x + 80 * x**2
    lifted = np.float32(eye - 25 * np.exp(-(x**2) / (2 * 0.15**2)))[None].repeat(3, 0)
    assert np.abs(curvature(lifted, 3.0) - eye).max() < 10
