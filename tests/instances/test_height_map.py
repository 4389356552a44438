"""Surfaces as height maps: heights from the upper edge, and their rows come back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest
from changed_instance import changed, refusal
from pydicom.dataset import Dataset

from octome.errors import (
    InstancesDisagree,
)
from octome.instances.grid import Grid
from octome.instances.height_map import read_height_map
from octome.octa.acquisition import ScanGeometry


def test_height_maps_give_their_rows_back(tiny, tiny_files: dict[str, Path]) -> None:
    maps = read_height_map(tiny_files["height-map"]).maps(tiny.grid)
    for name, rows in tiny.rows.items():
        np.testing.assert_allclose(maps[name], rows, atol=2e-6)


def test_a_height_map_of_another_size_is_refused_with_both_sizes(
    tiny_files: dict[str, Path],
) -> None:
    path = tiny_files["height-map"]
    stored = read_height_map(path)
    other = Grid.nominal((5, 24, 10), ScanGeometry(0.003, 0.01, 0.01))
    with pytest.raises(InstancesDisagree, match=r"4 x 10 heights, the volume 5 B-scans of 10 A"):
        stored.maps(other)
    refusal(lambda: stored.maps(other), names=path)


def test_a_height_is_counted_from_the_upper_edge_of_the_first_row(tiny, tiny_files) -> None:
    instance = pydicom.dcmread(tiny_files["height-map"])
    heights = np.frombuffer(instance.FloatPixelData, "<f4").reshape(2, 4, 10)
    # The centre of row r is half a row below its upper edge.
    np.testing.assert_allclose(heights[0], tiny.rows["ILM"] + 0.5, atol=1e-6)
    assert heights[1, 1, 3:5].tolist() == [-1.0, -1.0]
    assert (instance.FloatPixelPaddingValue, instance.FloatPixelPaddingRangeLimit) == (-1.0, -1.0)


def test_each_frame_refers_to_its_segment(tiny_files) -> None:
    stored = read_height_map(tiny_files["height-map"])
    assert stored.numbers == {"ILM": 1, "IPL": 2}
    (mapping,) = stored.header.SharedFunctionalGroupsSequence[0].RealWorldValueMappingSequence
    # A height of 10 rows of 3.2 um.
    assert 10 * mapping.RealWorldValueSlope == pytest.approx(0.032)


def test_a_missing_segment_is_named(tiny_files, tmp_path: Path) -> None:
    def change(ds: Dataset) -> None:
        group = ds.PerFrameFunctionalGroupsSequence[1]
        group.SegmentIdentificationSequence[0].ReferencedSegmentNumber = 7

    path = changed(tiny_files["height-map"], tmp_path / "it.dcm", change)
    message = refusal(lambda: read_height_map(path), names=path)
    assert "it refers to segment 7, which it does not have" in message
