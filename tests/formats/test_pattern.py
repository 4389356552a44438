"""The pattern of B-scans: as the file states, if their number allows it."""

from __future__ import annotations

import pytest

from octome.formats.pattern import scan_pattern
from octome.octa.device_volume import ScanPattern


@pytest.mark.parametrize(
    ("stated", "bscans", "pattern"),
    [
        (None, 1, "line"),
        ("raster", 1, "line"),
        ("circle", 1, "circle"),
        (None, 2, "raster"),
        ("radial", 6, "radial"),
    ],
)
def test_the_number_of_bscans_decides_what_a_file_may_state(
    stated: ScanPattern | None, bscans: int, pattern: ScanPattern
) -> None:
    assert scan_pattern(stated, bscans) == pattern
