"""Verdict and confidence in instances of surfaces."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from changed_instance import changed
from pydicom.dataset import Dataset

from octome.errors import InstanceUnreadable
from octome.instances.surface_rating import (
    CONFIDENCE,
    CREATOR,
    GROUP,
    SHAPE,
    stated_confidence,
    stated_verdict,
    verdict_text,
    write_rating,
)
from octome.instances.surface_segmentation import read_surface_segmentation
from octome.octa.surface import SurfaceMaps
from octome.octa.verdict import Verdict


@pytest.fixture
def rated(tiny, tiny_files: dict[str, Path], tmp_path: Path) -> tuple[Path, SurfaceMaps]:
    """The surfaces, with a confidence of 0.2 in the first B-scan and 0.8 in the others."""
    sure = {name: np.full(row.shape, 0.8, np.float32) for name, row in tiny.rows.items()}
    for each in sure.values():
        each[0] = 0.2
    maps = SurfaceMaps(tiny.rows, sure, verdict=Verdict("poor", ("few frogs",)))
    path = changed(tiny_files["surfaces"], tmp_path / "it.dcm", lambda ds: write_rating(ds, maps))
    return path, maps


def test_verdict_and_confidence_come_back(tiny, rated: tuple[Path, SurfaceMaps]) -> None:
    path, maps = rated
    found = read_surface_segmentation(path).maps(tiny.grid)
    assert found.verdict == maps.verdict
    for name, row in tiny.rows.items():
        expected = np.where(np.isfinite(row), maps.confidence[name], 0)
        np.testing.assert_allclose(found.confidence[name], expected, atol=1 / 255)
        assert np.isnan(found.trusted()[name][0]).all()


def test_each_segment_says_how_much_of_it_was_found(rated: tuple[Path, SurfaceMaps]) -> None:
    item = read_surface_segmentation(rated[0]).header.SegmentSequence[0]
    share = 1 - 1 / rated[1]["ILM"].shape[0]
    assert item.SegmentDescription == (
        "vitreous above, RNFL below. Found in 100% of the A-scans, with a confidence of 0.75 or "
        f"more in {share:.0%}"
    )


def test_surfaces_of_other_software_have_neither(tiny, tiny_files: dict[str, Path]) -> None:
    stored = read_surface_segmentation(tiny_files["surfaces"])
    assert stated_confidence(stored.header) == {}
    found = stored.maps(tiny.grid)
    assert found.verdict is None
    for name, row in tiny.rows.items():
        np.testing.assert_array_equal(found.confidence[name], np.isfinite(row))


@pytest.mark.parametrize(
    "verdict",
    [
        Verdict("good"),
        Verdict("failed", ("contrast 8.0 dB, needs 14",)),
        Verdict("poor", ("contrast 16.2 dB", "BM found in 71% of A-scans")),
    ],
)
def test_a_verdict_that_fits_is_read_as_it_was(verdict: Verdict) -> None:
    text = verdict_text(verdict)
    assert len(text) <= 64
    header = Dataset()
    header.ContentDescription = text
    assert stated_verdict(header) == verdict


def test_another_content_description_is_not_a_verdict() -> None:
    header = Dataset()
    header.ContentDescription = "Surfaces of a pond"
    assert stated_verdict(header) is None


def test_confidence_that_is_too_short_is_refused() -> None:
    header, item = Dataset(), Dataset()
    block = item.private_block(GROUP, CREATOR, create=True)
    block.add_new(SHAPE, "US", [2, 3])
    block.add_new(CONFIDENCE, "OB", b"\1\1")
    header.SegmentSequence = [item]
    with pytest.raises(InstanceUnreadable, match="has 2 bytes for 2 x 3 A-scans"):
        stated_confidence(header)
