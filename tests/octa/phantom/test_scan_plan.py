"""What can be simulated."""

from __future__ import annotations

import numpy as np
import pytest

from octome.errors import ShapeMismatch, UnknownName
from octome.octa.phantom.scan_plan import VARIANTS, Optics, ScanPlan, variant_named


def test_the_depth_resolution_is_that_of_a_gaussian_source() -> None:
    # 2 ln 2 / pi * 840^2 / 45 nm, in tissue of index 1.36.
    assert Optics().depth_resolution_um == pytest.approx(6.9197 / 1.36, rel=1e-3)


def test_a_long_bscan_takes_its_time() -> None:
    assert ScanPlan(ascans=304).repeat_interval_ms == 3.65
    # 1000 A-scans at 100 kHz take 10 ms, and a fifth of that to fly back.
    assert ScanPlan(ascans=1000).repeat_interval_ms == pytest.approx(12)
    assert ScanPlan(bscans=100, repeats=2).duration_s == pytest.approx(100 * 2 * 0.00365)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"repeats": 0}, "1 or more B-scans, repeats and A-scans"),
        ({"samples": 255}, "256 or more samples, a multiple of 4; found 255"),
        ({"samples": 258}, "a multiple of 4"),
        ({"ascan_mm": 0.0}, "more than 0 mm"),
    ],
)
def test_an_impossible_raster_is_an_error(wrong: dict[str, float], words: str) -> None:
    with pytest.raises(ShapeMismatch, match=words):
        ScanPlan(**wrong)  # type: ignore[arg-type]


def test_variants_are_found_by_name() -> None:
    assert variant_named("drusen") is VARIANTS["drusen"]
    with pytest.raises(UnknownName, match="normal, drusen, cnv, fluid, noisy") as refused:
        variant_named("glaucoma")
    assert refused.value.details["known"] == list(VARIANTS)


def test_what_the_simulated_scanner_states_is_finite() -> None:
    stated = Optics().metadata()
    assert stated["illumination_power_uw"] == 0
    assert all(np.isfinite(value) for value in stated.values() if isinstance(value, float))
