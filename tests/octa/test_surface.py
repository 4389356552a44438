"""The surfaces and their codes."""

from __future__ import annotations

import numpy as np

from octome.octa.surface import SURFACE_NAMES, SURFACES, SurfaceMaps


def test_surfaces_are_named_once_each_from_the_vitreous_down() -> None:
    assert SURFACE_NAMES[0] == "ILM"
    assert SURFACE_NAMES.index("RPE") < SURFACE_NAMES.index("BM") < SURFACE_NAMES.index("CSI")
    assert len(set(SURFACE_NAMES)) == len(SURFACES)
    assert len({(each.scheme, each.code) for each in SURFACES}) == len(SURFACES)


def test_a_map_is_found_by_its_name() -> None:
    row = np.ones((2, 3), np.float32)
    maps = SurfaceMaps({"ILM": row}, {"ILM": row})
    assert maps["ILM"] is row
