from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from octome.errors import ShapeMismatch
from octome.octa.acquisition import ScanGeometry
from octome.octa.device_volume import DeviceVolume
from octome.octa.scan_path import ScanPath
from octome.octa.surface import SurfaceMaps

GEOMETRY = ScanGeometry(0.004, 0.01, 0.02)
STRUCTURE = np.ones((2, 3, 4), np.float32)
ROWS = np.ones((2, 4), np.float32)


def test_a_volume_with_flow_and_surfaces_of_its_shape_is_complete() -> None:
    surfaces = SurfaceMaps({"ILM": ROWS}, {"ILM": ROWS})
    volume = DeviceVolume(
        structure=STRUCTURE, geometry=GEOMETRY, pattern="raster", flow=STRUCTURE, surfaces=surfaces
    )
    assert volume.laterality is None
    assert volume.metadata == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"structure": STRUCTURE[0]},
        {"structure": STRUCTURE[:0]},
        {"flow": STRUCTURE[:1]},
        {"surfaces": SurfaceMaps({"ILM": ROWS[:1]}, {"ILM": ROWS[:1]})},
        {"surfaces": SurfaceMaps({"NFL": ROWS}, {"NFL": ROWS})},
        {"pattern": "spiral"},
        {"laterality": "OD"},
        {"bscan_times": (datetime(2020, 2, 3),)},
        {"path": ScanPath(np.zeros((2, 3, 2)))},
    ],
)
def test_what_does_not_fit_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ShapeMismatch):
        DeviceVolume(**{"structure": STRUCTURE, "geometry": GEOMETRY, "pattern": "raster"} | wrong)
