"""A surface to a fraction of a row."""

from __future__ import annotations

import numpy as np
import pytest

from octome.octa.acquisition import ScanGeometry
from octome.octa.segmentation.refinement import Look, refined

GEOMETRY = ScanGeometry(axial_mm=0.003, ascan_mm=0.01, bscan_mm=0.01)
EDGE = Look(sign=1, window_um=12)


def volume_with_edge(row: float) -> np.ndarray:
    """Dark above, bright below, blurred as by the axial resolution, over (4, 120, 40)."""
    depth = np.arange(120) - row
    column = 0.1 + 0.8 / (1 + np.exp(-depth / 1.2))
    return np.broadcast_to(column[None, :, None], (4, 120, 40)).astype(np.float32).copy()


@pytest.mark.parametrize("row", [60.0, 60.3, 60.7])
def test_an_edge_is_found_to_a_part_of_a_row(row: float) -> None:
    start = np.full((4, 40), 57, np.float32)
    found = refined(volume_with_edge(row), start, GEOMETRY, EDGE)
    np.testing.assert_allclose(found, row, atol=0.35)


def test_what_is_out_of_reach_is_not_found() -> None:
    start = np.full((4, 40), 20, np.float32)
    found = refined(volume_with_edge(60), start, GEOMETRY, EDGE)
    assert (np.abs(found - 20) * 3 <= EDGE.reach_um + 3).all()


def test_a_surface_keeps_to_what_lies_between_its_neighbours() -> None:
    start = np.full((4, 40), 57, np.float32)
    limits = np.full((4, 40), 50, np.float32), np.full((4, 40), 58, np.float32)
    found = refined(volume_with_edge(60), start, GEOMETRY, EDGE, between=limits)
    assert (found < 60).all()


def test_a_bright_line_is_found_in_its_middle() -> None:
    volume = np.full((4, 120, 40), 0.2, np.float32)
    volume[:, 58:63] = 0.9
    line = Look(sign=0, window_um=6)
    found = refined(volume, np.full((4, 40), 57, np.float32), GEOMETRY, line)
    np.testing.assert_allclose(found, 60, atol=0.3)
