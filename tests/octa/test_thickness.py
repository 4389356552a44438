from __future__ import annotations

import numpy as np
import pytest

from octome.octa.scan_path import ScanPath
from octome.octa.thickness import quadrants_of, thickness_um


def test_thickness_is_missing_where_a_surface_is() -> None:
    rows = {"ILM": np.array([[10.0, np.nan]], np.float32), "BM": np.array([[85.0, 90.0]], "f4")}
    found = thickness_um(rows, "retina", 4.0)
    assert found is not None
    np.testing.assert_array_equal(found, [[300, np.nan]])
    assert thickness_um(rows, "RNFL", 4.0) is None


@pytest.mark.parametrize("eye", ["R", "L"])
def test_a_circle_has_its_quadrants_in_the_order_of_the_device(eye) -> None:
    start = (7, 20) if eye == "R" else (13, 20)
    (names,) = quadrants_of(ScanPath.circle(start, (10, 20), 8, eye), eye)
    # The first and the last eighth are temporal.
    assert names == ["temporal", *["superior"] * 2, *["nasal"] * 2, *["inferior"] * 2, "temporal"]
