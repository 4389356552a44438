"""The spacing of a scan: given, stated or an error; the pitch of B-scans by hand."""

from __future__ import annotations

import math

import pytest

from octome.errors import SpacingReplaced, SpacingUnknown
from octome.formats.spacing import bscan_pitch, scan_geometry
from octome.octa.acquisition import ScanGeometry


def test_the_caller_s_spacing_takes_precedence() -> None:
    given = ScanGeometry(axial_mm=0.004, ascan_mm=0.01, bscan_mm=0.02)
    with pytest.warns(SpacingReplaced, match=r"axial 0.004 mm \(the file: 0.0039\)$"):
        found = scan_geometry(
            given, axial_mm=0.0039, ascan_mm=0.01, bscan_mm=None, pattern="raster"
        )
    assert found == given


def test_the_distance_of_bscans_that_are_not_a_raster_is_nothing_to_warn_of() -> None:
    given = ScanGeometry(axial_mm=0.004, ascan_mm=0.01, bscan_mm=0.02)
    scan_geometry(given, axial_mm=0.004, ascan_mm=0.01, bscan_mm=0.01, pattern="radial")


def test_bscans_that_are_not_a_raster_have_the_distance_of_ascans() -> None:
    found = scan_geometry(None, axial_mm=0.004, ascan_mm=0.01, bscan_mm=None, pattern="radial")
    assert found == ScanGeometry(axial_mm=0.004, ascan_mm=0.01, bscan_mm=0.01)


@pytest.mark.parametrize("wrong", [None, 0.0, -1.0, math.inf, math.nan])
def test_an_impossible_distance_is_missing(wrong: float | None) -> None:
    with pytest.raises(SpacingUnknown, match=r"\(bscan_mm\)") as caught:
        scan_geometry(None, axial_mm=0.004, ascan_mm=0.01, bscan_mm=wrong, pattern="raster")
    assert caught.value.details["missing"] == ["bscan_mm"]


def test_the_pitch_is_measured_across_bscans() -> None:
    # Along (3, 4) / 5; each 1 further along it and 2 across it, which is (-4, 3) / 5.
    starts = [(i * (0.6 - 1.6), i * (0.8 + 1.2)) for i in range(4)]
    ends = [(x + 3, y + 4) for x, y in starts]
    assert bscan_pitch(starts, ends) == pytest.approx(2)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ([(0, 0)], [(1, 0)]),
        ([(0, 0), (0, 0)], [(1, 0), (1, 0)]),
        ([(0, 0), (0, 1)], [(0, 0), (0, 1)]),
        ([(0, 0), (0, 1e308)], [(1e308, 0), (1e308, math.inf)]),
        ([], []),
    ],
)
def test_without_a_distance_there_is_no_pitch(
    starts: list[tuple[float, float]], ends: list[tuple[float, float]]
) -> None:
    assert bscan_pitch(starts, ends) is None
