"""Where A-scans lie."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.acquisition import ScanGeometry
from octome.octa.phantom.scan_path import circle, raster, star

STEPS = ScanGeometry(axial_mm=0.004, ascan_mm=0.01, bscan_mm=0.1)


def test_a_raster_has_its_spacing_at_any_angle() -> None:
    path = raster((3, 5), STEPS, centre=(1.0, -2.0), angle=0.7)
    along = np.hypot(np.diff(path.y, axis=1), np.diff(path.x, axis=1))
    across = np.hypot(np.diff(path.y, axis=0), np.diff(path.x, axis=0))
    assert along == pytest.approx(0.01)
    assert across == pytest.approx(0.1)
    assert (path.y[1, 2], path.x[1, 2]) == pytest.approx((1.0, -2.0))


def test_a_circle_closes_evenly() -> None:
    path = circle(100, 0.004, centre=(0.0, 4.0), radius_mm=1.73, start=0.3)
    assert np.hypot(path.y, path.x - 4) == pytest.approx(1.73)
    assert path.geometry.ascan_mm * 100 == pytest.approx(2 * np.pi * 1.73)


def test_every_line_of_a_star_runs_through_its_centre() -> None:
    path = star((4, 5), STEPS, centre=(0.5, 0.5))
    assert path.y[:, 2] == pytest.approx(0.5)
    assert path.x[:, 2] == pytest.approx(0.5)


def test_a_moved_path_is_shifted_by_bscan() -> None:
    path = raster((2, 3), STEPS)
    moved = path.moved(np.array([0.0, 0.2]), np.array([0.1, 0.0]))
    assert (moved.y - path.y)[1] == pytest.approx(0.2)
    assert (moved.x - path.x)[0] == pytest.approx(0.1)
