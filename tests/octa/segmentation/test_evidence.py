"""What speaks for and against a surface."""

from __future__ import annotations

import numpy as np
import pytest
from layered_eye import layered_eye

from octome.octa.acquisition import Float32, ScanGeometry
from octome.octa.segmentation.evidence import FEATURES, SIGNS, bridged, evidence, is_layered
from octome.octa.segmentation.tissue_rank import tissue_rank

EYE = layered_eye()
RANK = tissue_rank(EYE.volume, EYE.geometry)
RANKS = RANK.of(EYE.volume)


def seen(rows: dict[str, Float32], name: str) -> dict[str, Float32]:
    """The features of one surface by name."""
    found = evidence(RANKS, rows, EYE.geometry, RANK.noise)[name]
    return dict(zip(FEATURES, found, strict=True))


@pytest.mark.parametrize("name", ["ILM", "RNFL", "OPL", "EZ", "RPE"])
def test_a_surface_stands_out_where_it_is_more_than_elsewhere(name: str) -> None:
    true = dict(EYE.surfaces)
    there = seen(true, name)
    moved = seen(true | {name: true[name] + 5}, name)
    assert np.median(there["step"]) > np.median(moved["step"])
    assert np.median(there["prominence"]) > np.median(moved["prominence"])


def test_a_spike_is_rough_and_a_bridge_is_not_evidence_of_one() -> None:
    spiky = EYE.surfaces["RNFL"].copy()
    spiky[:, 40] += 20
    rough = seen(dict(EYE.surfaces) | {"RNFL": spiky}, "RNFL")["rough_um"]
    assert rough[:, 40].min() > 5 * np.median(rough)
    missing = spiky.copy()
    missing[:, 40] = np.nan
    assert np.isfinite(bridged(missing)).all()


def test_every_feature_is_a_number_even_of_nothing() -> None:
    nowhere = {name: np.full((2, 30), np.nan, np.float32) for name in SIGNS}
    geometry = ScanGeometry(0.004, 0.01, 0.1)
    found = evidence(np.zeros((2, 200, 30), np.float32), nowhere, geometry, 0.0)
    for features in found.values():
        assert features.shape == (len(FEATURES), 2, 30)
        assert np.isfinite(features).all()


def test_a_retina_is_dark_between_two_bright_parts() -> None:
    found = evidence(RANKS, EYE.surfaces, EYE.geometry, RANK.noise)
    assert is_layered(found["ILM"]).mean() > 0.95
    # Only darker with depth, as skin is.
    falling = np.broadcast_to(np.linspace(1, 0, RANKS.shape[1])[:, None], RANKS.shape)
    found = evidence(
        np.ascontiguousarray(falling, np.float32), EYE.surfaces, EYE.geometry, RANK.noise
    )
    assert not is_layered(found["ILM"]).any()
