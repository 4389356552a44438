"""How bright bands are."""

from __future__ import annotations

import numpy as np
from eye_section import section

from octome.octa.phantom.lesion import LESIONS
from octome.octa.phantom.reflectivity import BANDS, Bands, Looks, bands_of, slope
from octome.octa.phantom.section import Section
from octome.octa.phantom.vitreous import Vitreous


def seen(eye: Section, seed: int = 0) -> Bands:
    """The bands of a section under clear vitreous."""
    looks = Looks.drawn(np.random.default_rng(seed))
    return bands_of(eye, eye.depths(), Vitreous.clear(eye.y.shape), looks)


def test_bands_follow_each_other_and_begin_at_the_surfaces() -> None:
    eye = section()
    bands, depths = seen(eye), eye.depths()
    assert (np.diff(bands.edges_um, axis=0) >= 0).all()
    outside = ~eye.disc.is_inside(eye.y, eye.x)
    for band, surface in (("ILM line", "ILM"), ("INL", "IPL"), ("choriocapillaris", "BM")):
        begins = bands.edges_um[BANDS.index(band)]
        np.testing.assert_allclose(begins[outside], depths[surface][outside], atol=1e-3)


def test_the_rpe_ends_at_bruchs_membrane_in_a_healthy_eye() -> None:
    eye = section()
    end = seen(eye).edges_um[BANDS.index("Bruch")]
    outside = ~eye.disc.is_inside(eye.y, eye.x)
    assert np.abs(end - eye.depths()["BM"])[outside].max() < 4


def test_the_choroid_is_bright_below_atrophy() -> None:
    eye, healthy = section(), section()
    LESIONS["atrophy"](eye, np.random.default_rng(0))
    choroid = BANDS.index("choroid")
    gone = (eye.atrophy > 0.9) & ~eye.disc.is_inside(eye.y, eye.x)
    assert gone.any()
    assert (seen(eye).power[choroid][gone] > 3 * seen(healthy).power[choroid][gone]).all()


def test_a_hole_is_as_dark_as_the_vitreous() -> None:
    eye = section()
    LESIONS["hole"](eye, np.random.default_rng(0))
    power = seen(eye).power[BANDS.index("GCL")]
    retina = ~eye.is_hole & ~eye.disc.is_inside(eye.y, eye.x)
    assert power[eye.is_hole].max() < 1e-4 < power[retina].min()


def test_a_slope_of_one_is_one() -> None:
    eye = section()
    assert np.allclose(slope(eye, 1000 * eye.x), 1.0)
