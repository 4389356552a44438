"""Surfaces found once for two steps; B-scans that are not neighbours."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from octome.instances.scan_track import ScanTrack
from octome.octa.phantom.structural_eye import structural_eye
from octome.pipeline.own_surfaces import surfaces_found, surfaces_in
from octome.pipeline.recent import forget_readings


def test_the_surfaces_of_a_volume_are_found_once(made_chain) -> None:
    forget_readings()
    shares: list[float] = []
    path: Path = made_chain.file("structure")
    first = surfaces_in(path, lambda _label, share: shares.append(share))
    again = surfaces_in(path, lambda _label, share: shares.append(share))
    assert again is first
    assert shares[-1] == 1
    assert shares == sorted(shares)
    forget_readings()


def test_each_bscan_of_a_star_crosses_the_disc_for_itself() -> None:
    eye = structural_eye(920010, stratum="hard", trouble="disc")
    assert eye.amplitude is not None
    places = np.stack([eye.path.x, eye.path.y, np.zeros_like(eye.path.x)], axis=-1)
    track = ScanTrack(shape=eye.amplitude.shape, geometry=eye.geometry, tops=places)
    found = surfaces_found(eye.amplitude, track, lambda _done, _all: None, is_amplitude=True)
    inside = np.isnan(eye.truth["BM"])
    assert found.disc is not None
    assert found.disc.mask[inside].mean() > 0.9
    assert not found.disc.mask[~inside].any()
    assert found.disc.area_mm2 is None
