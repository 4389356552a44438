"""Vectors that have one value for each frame."""

from __future__ import annotations

import pytest
from small_instance import dataset, found_by

from octome.conformance.check.consistency.frame_vector import frame_vectors


@pytest.mark.parametrize(("frames", "is_wrong"), [(3, False), (2, True)])
@pytest.mark.parametrize("keyword", ["GridFrameOffsetVector", "SliceVector", "PageNumberVector"])
def test_a_vector_has_a_value_for_each_frame(keyword: str, frames: int, is_wrong: bool) -> None:
    ds = dataset(NumberOfFrames=frames, **{keyword: [1, 2, 3]})
    assert found_by(frame_vectors, ds) == [f"violation frame-count {keyword}"] * is_wrong


def test_pixels_without_a_number_of_frames_are_one_frame() -> None:
    ds = dataset(GridFrameOffsetVector=[1, 2, 3], BitsAllocated=8)
    assert found_by(frame_vectors, ds) == []
    ds.PixelData = b"ab"
    assert found_by(frame_vectors, ds) == ["violation frame-count GridFrameOffsetVector"]
