"""How values are shown: windows and the shape of the presentation LUT."""

from __future__ import annotations

import pytest
from small_instance import dataset, found_by

from octome.conformance.check.consistency.display import presentation_lut_shape, windows


@pytest.mark.parametrize(
    ("function", "width", "is_wrong"),
    [
        (None, 0, True),
        (None, 0.5, True),
        (None, 1, False),
        ("LINEAR", 0.5, True),
        ("LINEAR_EXACT", 0.5, False),
        ("LINEAR_EXACT", 0, True),
        ("SIGMOID", 0.1, False),
        ("SIGMOID", -1, True),
    ],
)
def test_a_window_is_as_wide_as_its_function_needs(
    function: str | None, width: float, is_wrong: bool
) -> None:
    ds = dataset(WindowCenter=1, WindowWidth=width)
    if function:
        ds.VOILUTFunction = function
    assert found_by(windows, ds) == ["violation window WindowWidth"] * is_wrong


def test_each_window_of_a_frame_and_of_a_presentation_state_is_looked_at() -> None:
    narrow = dataset(WindowCenter=1, WindowWidth=0)
    frame = dataset(FrameVOILUTSequence=[narrow])
    ds = dataset(PerFrameFunctionalGroupsSequence=[dataset(), frame])
    ds.SoftcopyVOILUTSequence = [dataset(WindowCenter=[1, 2], WindowWidth=1)]
    assert found_by(windows, ds) == [
        "violation window PerFrameFunctionalGroupsSequence[1].FrameVOILUTSequence[0].WindowWidth",
        "violation multiplicity SoftcopyVOILUTSequence[0].WindowWidth",
    ]


@pytest.mark.parametrize(
    ("interpretation", "shape", "is_wrong"),
    [
        ("MONOCHROME1", "IDENTITY", True),
        ("MONOCHROME2", "INVERSE", True),
        ("MONOCHROME1", "INVERSE", False),
        ("MONOCHROME2", "IDENTITY", False),
        ("RGB", "IDENTITY", False),
        ("MONOCHROME1", "LIN OD", False),
    ],
)
def test_the_shape_goes_with_the_photometric_interpretation(
    interpretation: str, shape: str, is_wrong: bool
) -> None:
    ds = dataset(PhotometricInterpretation=interpretation, PresentationLUTShape=shape)
    wrong = found_by(presentation_lut_shape, ds)
    assert wrong == ["violation lut-shape PresentationLUTShape"] * is_wrong
