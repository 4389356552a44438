"""Functional groups: when a frame was taken, and the dimension that frames differ in."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

import pytest
from changed_instance import shared
from pydicom.dataset import Dataset

from octome.errors import (
    MissingFact,
)
from octome.instances.file import read_instance
from octome.instances.multiframe import Timing, frame_content, write_dimension

TIMING = Timing(2, 3.65, 100_000.0)
ACQUIRED = datetime(2026, 1, 31, 14, 5)


def test_a_frame_begins_after_all_repeats_of_those_before_it() -> None:
    # Three positions of two repeats of 3.65 ms.
    assert TIMING.begin(3, ACQUIRED) - ACQUIRED == timedelta(milliseconds=21.9)
    assert TIMING.frame_ms == pytest.approx(7.3)


def test_a_frame_states_its_begin_its_middle_and_how_long_it_took() -> None:
    (content,) = frame_content(3, ACQUIRED, TIMING).FrameContentSequence
    assert content.FrameAcquisitionDateTime == ACQUIRED + timedelta(milliseconds=21.9)
    assert content.FrameReferenceDateTime == ACQUIRED + timedelta(milliseconds=21.9 + 3.65)
    assert content.FrameAcquisitionDuration == pytest.approx(7.3)
    assert not list(frame_content(3, ACQUIRED, None).FrameContentSequence[0])


@pytest.mark.parametrize(("repeats", "ms"), [(0, 3.65), (2, 0.0), (2, -1.0), (2, math.nan)])
def test_a_timing_that_is_impossible_is_refused(repeats: int, ms: float) -> None:
    with pytest.raises(MissingFact, match="1 or more repeats"):
        Timing(repeats, ms)


def test_the_dimension_is_that_of_its_organization() -> None:
    ds = Dataset()
    ds.SOPInstanceUID = "1.2.3"
    write_dimension(ds, "InStackPositionNumber", "FrameContentSequence")
    (index,), (organization,) = ds.DimensionIndexSequence, ds.DimensionOrganizationSequence
    assert index.DimensionOrganizationUID == organization.DimensionOrganizationUID
    assert (index.DimensionIndexPointer, index.FunctionalGroupPointer) == (0x00209057, 0x00209111)


def test_frames_of_a_volume_are_counted_in_their_stack(tiny, tiny_files) -> None:
    header = read_instance(tiny_files["structure"]).header
    contents = [g.FrameContentSequence[0] for g in header.PerFrameFunctionalGroupsSequence]
    assert [each.InStackPositionNumber for each in contents] == [1, 2, 3, 4]
    assert [each.DimensionIndexValues for each in contents] == [1, 2, 3, 4]
    measures = shared(header, "PixelMeasuresSequence")
    assert [float(v) for v in measures.PixelSpacing] == pytest.approx([0.0032, 3 / 304])
