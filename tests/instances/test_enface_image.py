"""En face images: pixels within half a step, with their sources and orientation."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest
from changed_instance import changed, refusal
from pydicom.dataset import Dataset

from octome.instances.enface_image import read_enface_image


@pytest.mark.parametrize("name", ["enface", "enface-2024d"])
def test_enface_pixels_are_within_half_a_step_of_16_bits(
    tiny, tiny_files: dict[str, Path], name: str
) -> None:
    found = read_enface_image(tiny_files[name])
    assert np.abs(found.values() - tiny.enface).max() <= tiny.enface.max() / 65534 / 2 + 1e-7
    assert found.slab == "superficial ILM..IPL+10um"
    assert found.spacing_mm == pytest.approx((3 / 128, 3 / 304))
    assert found.exam.laterality == "R"


def test_the_volume_is_a_source_and_all_are_in_the_references(tiny_files) -> None:
    flow, surfaces, image = (
        pydicom.dcmread(tiny_files[name]) for name in ("flow", "surfaces", "enface")
    )
    (source,) = image.SourceImageSequence
    assert source.ReferencedSOPInstanceUID == flow.SOPInstanceUID
    assert source.PurposeOfReferenceCodeSequence[0].CodeValue == "128251"
    referenced = {
        item.ReferencedSOPInstanceUID
        for series in image.ReferencedSeriesSequence
        for item in series.ReferencedInstanceSequence
    }
    assert referenced == {flow.SOPInstanceUID, surfaces.SOPInstanceUID}


def test_bscans_go_to_the_feet_and_ascans_to_the_left(tiny_files) -> None:
    image = pydicom.dcmread(tiny_files["enface"])
    # PS3.3 C.7.6.1.1.1: the direction along the rows first, here of A-scans, then of B-scans.
    assert list(image.PatientOrientation) == ["L", "F"]
    assert list(image.ImageType) == ["DERIVED", "PRIMARY"]


def test_the_quality_is_the_signal_over_noise_and_acceptable_from_10_db(tiny_files) -> None:
    (item,) = pydicom.dcmread(tiny_files["enface"]).OphthalmicEnFaceImageQualityRatingSequence
    assert (item.NumericValue, item.QualityThreshold) == (21.5, 10.0)
    assert item.MeasurementUnitsCodeSequence[0].CodeValue == "dB"
    assert item.ConceptNameCodeSequence[0].CodeValue == "111787"


@pytest.mark.parametrize("spacing", [[0, 0.01], [-1, 0.01], [0.01]])
def test_an_image_without_usable_spacing_is_refused(tiny_files, tmp_path: Path, spacing) -> None:
    path = changed(
        tiny_files["enface"], tmp_path / "it.dcm", lambda ds: setattr(ds, "PixelSpacing", spacing)
    )
    refusal(lambda: read_enface_image(path), names=path)


def test_a_slab_that_octome_did_not_write_is_absent(tiny_files, tmp_path: Path) -> None:
    def change(ds: Dataset) -> None:
        del ds.DerivationAlgorithmSequence[0].AlgorithmParameters

    path = changed(tiny_files["enface"], tmp_path / "it.dcm", change)
    assert read_enface_image(path).slab is None


def test_the_reference_point_is_the_fovea(tiny_files) -> None:
    header = read_enface_image(tiny_files["enface"]).header
    assert header.PrimaryAnatomicStructureSequence[0].CodeValue == "67046006"
    # X is the column.
    assert header.OphthalmicAnatomicReferencePointXCoordinate == 2.25
    assert header.OphthalmicAnatomicReferencePointYCoordinate == 1.5
