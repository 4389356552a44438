import numpy as np
import pytest

from octome.formats.grey import amplitude_of_grey
from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.phantom.structural_eye import StructuralEye, structural_eye
from octome.octa.segmentation.layers import NAMES, segmented
from octome.octa.segmentation.optic_disc import filled, found_disc
from octome.octa.surface import SurfaceMaps

GEOMETRY = ScanGeometry(axial_mm=0.004, ascan_mm=0.01, bscan_mm=0.1)
LEVEL = np.full((1, 400), 200, np.float32)  # of the RPE


def surfaces(eye: StructuralEye) -> SurfaceMaps:
    if eye.amplitude is not None:
        return segmented(eye.amplitude, eye.geometry)
    assert eye.grey is not None
    return segmented(amplitude_of_grey(eye.grey, 255.0), eye.geometry)


def layered(*bare: tuple[int, int]) -> Float32:
    """The brightening along a line that has these parts without layers."""
    column = np.arange(LEVEL.shape[1])
    is_bare = np.any([(column >= first) & (column < last) for first, last in bare], axis=0)
    return np.where(is_bare, 0.0, 1.0).astype(np.float32)[None]


@pytest.mark.parametrize(("seed", "stratum"), [(920004, "easy"), (920018, "hard")])
def test_only_the_ilm_goes_on_inside_the_disc(seed: int, stratum: str) -> None:
    eye = structural_eye(seed, stratum=stratum, trouble="disc")
    found = surfaces(eye)
    inside = np.isnan(eye.truth["BM"]) & np.isfinite(eye.truth["ILM"])
    assert inside.any()
    assert found.disc is not None
    assert found.disc.mask[inside].mean() > 0.9
    assert found.disc.mask[~inside].mean() < 0.02
    for name in NAMES[1:]:
        assert np.isnan(found[name][found.disc.mask]).all()
        assert not found.confidence[name][found.disc.mask].any()
    assert np.isfinite(found["ILM"][found.disc.mask]).all()
    # Bruch's membrane ends at the rim, and is not pulled into the disc before.
    assert np.nanmean(np.abs(found["BM"] - eye.truth["BM"])) < 2


@pytest.mark.parametrize(
    "trouble", ["none", "hole", "lamellar hole", "atrophy", "shadows", "circle"]
)
def test_an_eye_without_a_disc_in_the_scan_gets_none(trouble: str) -> None:
    eye = structural_eye(921400, stratum="middle", trouble=trouble)
    assert np.isfinite(eye.truth["BM"]).mean() > 0.9
    assert surfaces(eye).disc is None


def test_the_disc_has_an_outline_a_centre_and_an_area() -> None:
    bare = np.repeat(layered((100, 250)), 10, 0)
    bare[:2], bare[8:] = 1, 1
    level = np.repeat(LEVEL, 10, 0)
    disc = found_disc(bare, level - 100, level, GEOMETRY)
    assert disc is not None
    assert disc.centre == pytest.approx((4.5, 174.5))
    # Six B-scans of 0.1 mm, 1.5 mm wide.
    assert disc.area_mm2 == pytest.approx(0.9, rel=0.03)


def test_a_disc_may_end_with_the_scan_and_hold_vessels() -> None:
    disc = found_disc(layered((300, 340), (350, 400)), LEVEL - 100, LEVEL, GEOMETRY)
    assert disc is not None
    assert disc.mask[0].nonzero()[0].tolist() == list(range(300, 400))
    assert disc.area_mm2 is None


@pytest.mark.parametrize(
    ("bare", "above_px"),
    [
        ((100, 120), 100),  # a vessel's shadow: 0.2 mm
        ((60, 340), 100),  # wider than any disc
        ((100, 200), 0),  # the floor of a hole: the ILM lies on the RPE
        ((0, 400), 100),  # no retina around it
    ],
)
def test_what_is_not_a_disc(bare: tuple[int, int], above_px: int) -> None:
    assert found_disc(layered(bare), LEVEL - above_px, LEVEL, GEOMETRY) is None


def test_where_hardly_anything_is_seen_there_is_no_disc() -> None:
    seen = layered((100, 200))
    seen[0, 110:190] = np.nan
    assert found_disc(seen, LEVEL - 100, LEVEL, GEOMETRY) is None


def test_an_rpe_that_was_not_found_speaks_for_a_disc() -> None:
    seen, rpe = layered((100, 200)), LEVEL.copy()
    seen[0, 125:175] = np.nan
    assert found_disc(seen, LEVEL - 100, rpe, GEOMETRY) is None
    rpe[0, 125:175] = np.nan
    assert found_disc(seen, LEVEL - 100, rpe, GEOMETRY) is not None


def test_a_surface_is_drawn_straight_across_a_disc() -> None:
    row = np.float32([[1, 9, 9, 4]])
    assert filled(row, np.array([[False, True, True, False]])).tolist() == [[1, 2, 3, 4]]
