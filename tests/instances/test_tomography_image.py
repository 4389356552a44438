"""The structural volume: amplitudes within half a step, and what the scanner must state."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from changed_instance import shared
from pydicom.dataset import Dataset
from pydicom.uid import UID

from octome.errors import (
    ShapeMismatch,
)
from octome.instances.composite import (
    Reference,
    Series,
)
from octome.instances.instance_kind import RAW
from octome.instances.scale import decibel_scale
from octome.instances.tomography_image import read_tomography_image, tomography_image


def test_structure_is_within_half_a_step_of_16_bits(tiny, tiny_files: dict[str, Path]) -> None:
    found = read_tomography_image(tiny_files["structure"])
    step_db = 100 / 65534
    error = 20 * np.abs(np.log10(found.values() / tiny.structure))
    assert error.max() <= step_db / 2 + 1e-5


def instance_of(tiny, **given: object) -> Dataset:
    scale = decibel_scale(tiny.structure, label="OCT", meaning="amplitude")
    return tomography_image(
        scale.stored(tiny.structure),
        scale,
        tiny.grid,
        tiny.exam,
        tiny.profile,
        Series(number=2),
        **given,
    )


def test_an_image_without_the_times_of_its_frames_is_derived(tiny) -> None:
    timed, untimed = instance_of(tiny, timing=tiny.timing), instance_of(tiny)
    assert (timed.ImageType[0], untimed.ImageType[0]) == ("ORIGINAL", "DERIVED")
    # 4 positions of 2 repeats of 3.65 ms.
    assert timed.AcquisitionDuration == pytest.approx(0.0292)
    assert "AcquisitionDuration" not in untimed


def test_known_times_of_bscans_are_stated_and_make_no_original(tiny) -> None:
    times = [tiny.exam.acquired + timedelta(seconds=n) for n in range(4)]
    instance = instance_of(tiny, bscan_times=times)
    contents = [g.FrameContentSequence[0] for g in instance.PerFrameFunctionalGroupsSequence]
    assert [content.FrameAcquisitionDateTime for content in contents] == times
    assert "FrameAcquisitionDuration" not in contents[0]
    assert instance.ImageType[0] == "DERIVED"


def test_the_optics_are_those_of_the_device_profile(tiny) -> None:
    instance = instance_of(tiny)
    assert (instance.IlluminationWaveLength, instance.DetectorType) == (840.0, "CMOS")
    assert instance.DepthSpatialResolution == 5.5
    # 16 um from B-scan to B-scan: the thickness of a B-scan.
    assert shared(instance, "PixelMeasuresSequence").SliceThickness == pytest.approx(0.016)


def test_the_raw_data_is_its_source_and_in_its_references(tiny) -> None:
    raw = Reference(RAW.sop_class, UID("1.2.3"), UID("1.2.4"))
    instance = instance_of(tiny, raw=raw)
    (source,) = shared(instance, "DerivationImageSequence").SourceImageSequence
    assert source.ReferencedSOPInstanceUID == "1.2.3"
    assert source.PurposeOfReferenceCodeSequence[0].CodeValue == "121322"
    assert instance.ReferencedSeriesSequence[0].SeriesInstanceUID == "1.2.4"


def test_the_centre_of_the_scan_is_coded_only_where_it_is_given(tiny) -> None:
    centred = instance_of(tiny, centred_on="disc")
    assert centred.RelativeImagePositionCodeSequence[0].CodeValue == "111901"
    assert len(instance_of(tiny).RelativeImagePositionCodeSequence) == 0


def test_a_volume_of_another_shape_than_its_grid_is_an_error(tiny) -> None:
    scale = decibel_scale(tiny.structure, label="OCT", meaning="amplitude")
    stored = scale.stored(tiny.structure)[:, :20]
    with pytest.raises(ShapeMismatch):
        tomography_image(stored, scale, tiny.grid, tiny.exam, tiny.profile, Series(number=2))
