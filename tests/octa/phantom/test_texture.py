"""What is uneven within layers."""

from __future__ import annotations

import numpy as np
from eye_section import section

from octome.octa.acquisition import ScanGeometry
from octome.octa.phantom.anatomy import Bump
from octome.octa.phantom.lesion import add_cyst
from octome.octa.phantom.scan_path import ScanPath
from octome.octa.phantom.texture import CYST_GAIN, LUMEN, choroid_texture, spots


def path_of(y: np.ndarray, x: np.ndarray) -> ScanPath:
    geometry = ScanGeometry(0.004, 9 / 600, 0.1)
    return ScanPath(pattern="raster", geometry=geometry, y=y, x=x)


def test_a_cyst_lies_within_its_layer() -> None:
    eye = section()
    add_cyst(eye, Bump(0.0, 1.0, 0.15, 90.0), "INL")
    depths = eye.depths()
    found = spots(eye, depths, path_of(eye.y, eye.x), np.random.default_rng(0), has_foci=False)
    (at,) = np.flatnonzero(found.gain == CYST_GAIN)
    x, half = found.x[at], found.half_um[at]
    assert abs(eye.x[0, x] - 1.0) < 0.02
    assert depths["IPL"][0, x] < found.depth_um[at] - half
    assert found.depth_um[at] + half < depths["INL"][0, x]
    assert half > 20


def test_capillaries_lie_between_rnfl_and_opl() -> None:
    eye = section()
    depths = eye.depths()
    found = spots(eye, depths, path_of(eye.y, eye.x), np.random.default_rng(0), has_foci=True)
    assert len(found.b) > 80
    assert (found.depth_um >= depths["RNFL"][found.b, found.x]).all()
    assert (found.depth_um <= depths["OPL"][found.b, found.x]).all()
    assert (found.gain > 1).all()


def test_the_choroid_has_dark_lumens() -> None:
    eye = section()
    found = choroid_texture(path_of(eye.y, eye.x), 300, np.random.default_rng(0))
    assert found.shape == (1, 600, 300)
    assert found.min() >= LUMEN * 0.99
    assert found.max() <= 1
    assert 0.1 < (found < 0.5).mean() < 0.6
