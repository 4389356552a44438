"""The depth-encoded image of a chain: read with pydicom, computed again with numpy."""

from __future__ import annotations

import numpy as np
import pydicom
import pytest
from pydicom.pixels import apply_color_lut

from octome.octa.depth_encoding import DEPTH_LEVELS
from octome.pipeline.coverage import empty_images
from octome.pipeline.recomputed import recomputed_images
from octome.pipeline.study_sheet import enface_picture_of


@pytest.fixture(scope="module")
def image(made_chain) -> pydicom.Dataset:  # type: ignore[no-untyped-def]
    return pydicom.dcmread(made_chain.file("enface/depth-encoded-flow"))


def test_its_code_and_its_pixels_say_that_colour_is_depth(image: pydicom.Dataset) -> None:
    assert image.PhotometricInterpretation == "PALETTE COLOR"
    (kind,) = image.OphthalmicImageTypeCodeSequence
    assert (kind.CodingSchemeDesignator, kind.CodeValue) == ("DCM", "128257")
    (used,) = image.DerivationAlgorithmSequence
    assert "projection=max" in used.AlgorithmParameters
    assert "colour=depth" in used.AlgorithmParameters
    assert "RealWorldValueMappingSequence" not in image


def test_brightness_is_the_maximum_of_flow(image: pydicom.Dataset, made_chain) -> None:  # type: ignore[no-untyped-def]
    """The channels of a pixel are its colour at full flow times the share of flow."""
    shown = apply_color_lut(image.pixel_array, image).astype(float) / 65535
    brightest = shown.max(axis=2)
    share = image.pixel_array % DEPTH_LEVELS / (DEPTH_LEVELS - 1)
    has_value = image.pixel_array > 0
    assert has_value.mean() > 0.9
    # Every colour of full flow has a channel between 0.83 and 1.
    ratio = brightest[has_value & (share > 0.2)] / share[has_value & (share > 0.2)]
    assert 0.8 < ratio.min() <= ratio.max() < 1.02


def test_it_is_computed_again_exactly(made_chain) -> None:  # type: ignore[no-untyped-def]
    found = {each.file: each for each in recomputed_images(made_chain.folder)}
    again = found["enface/depth-encoded-flow.dcm"]
    assert again.reason == ""
    assert again.correlation == pytest.approx(1, abs=1e-5)
    assert again.differing == 0
    assert not again.is_off


def test_it_is_seen_in_colour(made_chain) -> None:  # type: ignore[no-untyped-def]
    path = made_chain.file("enface/depth-encoded-flow")
    picture = enface_picture_of(path).astype(int)
    assert np.ptp(picture, axis=2).max() > 50
    assert empty_images([path]) == []
