"""The picture of the fundus, and the place of B-scans on it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
import pytest

from octome.errors import MissingFact
from octome.instances.composite import Series
from octome.instances.file import write_instance
from octome.instances.fundus_photograph import fundus_photograph, on_fundus
from octome.octa.fundus_picture import FundusPicture
from octome.octa.scan_path import ScanPath

PIXELS = np.arange(120, dtype=np.uint8).reshape(10, 12)


def picture(**values: object) -> FundusPicture:
    return FundusPicture(**({"pixels": PIXELS, "spacing_mm": (0.5, 0.25)} | values))  # type: ignore[arg-type]


def test_its_pixels_come_back(tiny, tmp_path: Path) -> None:
    instance = fundus_photograph(picture(light="infrared"), tiny.exam, Series(number=9))
    write_instance(tmp_path / "fundus.dcm", instance, PIXELS)
    found = pydicom.dcmread(tmp_path / "fundus.dcm")
    np.testing.assert_array_equal(found.pixel_array, PIXELS)
    assert (found.Modality, found.ImageLaterality) == ("OP", tiny.exam.laterality)
    assert found.ChannelDescriptionCodeSequence[0].CodeMeaning == "Infrared"
    assert "FrameOfReferenceUID" not in found


def test_a_colour_picture_is_rgb_and_its_compression_is_stated(tiny) -> None:
    rgb = np.zeros((4, 5, 3), np.uint8)
    found = fundus_photograph(
        picture(pixels=rgb, light="white", compression=("ISO_10918_1", 12.344)),
        tiny.exam,
        Series(number=9),
    )
    assert (found.SamplesPerPixel, found.PhotometricInterpretation) == (3, "RGB")
    assert found.ImageType[3] == "COLOR"
    assert (found.LossyImageCompression, found.LossyImageCompressionRatio) == ("01", 12.34)


def test_a_camera_s_picture_without_spacing_is_refused(tiny) -> None:
    with pytest.raises(MissingFact, match="must state its spacing"):
        fundus_photograph(picture(light="white", spacing_mm=None), tiny.exam, Series(number=9))


def test_a_line_is_stated_by_its_two_ends_row_before_column(tiny) -> None:
    photograph = fundus_photograph(picture(), tiny.exam, Series(number=9))
    # Rows are 0.5 mm apart, columns 0.25.
    path = ScanPath.lines([(0.5, 1.0)], [(2.5, 1.0)], 8)
    (place,) = on_fundus(photograph, path).frame_location(0)
    assert place.OphthalmicImageOrientation == "LINEAR"
    np.testing.assert_allclose(place.ReferenceCoordinates, [2, 2, 2, 10])
    assert place.ReferencedSOPInstanceUID == photograph.SOPInstanceUID


def test_a_circle_is_stated_by_every_column(tiny) -> None:
    photograph = fundus_photograph(picture(spacing_mm=(0.5, 0.5)), tiny.exam, Series(number=9))
    (place,) = on_fundus(photograph, ScanPath.circle((1, 2), (2, 2), 4, "R")).frame_location(0)
    assert place.OphthalmicImageOrientation == "NONLINEAR"
    half = np.sqrt(2)
    np.testing.assert_allclose(
        np.reshape(place.ReferenceCoordinates, (4, 2)) - 4,
        np.array([[-1, -1], [-1, 1], [1, 1], [1, -1]]) * half,
        rtol=1e-6,
    )


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"spacing_mm": None}, ScanPath.lines([(0, 1)], [(2, 1)], 4)),
        ({}, ScanPath.lines([(0, 1)], [(9, 1)], 4)),
        ({}, None),
    ],
)
def test_an_unknown_place_and_one_outside_are_left_out(tiny, values, path) -> None:
    photograph = fundus_photograph(picture(**values), tiny.exam, Series(number=9))
    assert on_fundus(photograph, path).frame_location(0) == []
