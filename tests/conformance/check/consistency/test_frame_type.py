"""Image Type of an image against Frame Type of its frames."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import dataset, found_by

from octome.conformance.check.consistency.frame_type import frame_types

FIRST = "PerFrameFunctionalGroupsSequence[0].MRImageFrameTypeSequence[0].FrameType"


def image(stated: str, *of_frames: str, sop_class: str = "4.1") -> Dataset:
    return dataset(
        SOPClassUID=f"1.2.840.10008.5.1.4.1.1.{sop_class}",
        ImageType=stated.split("\\"),
        PerFrameFunctionalGroupsSequence=[
            dataset(MRImageFrameTypeSequence=[dataset(FrameType=each.split("\\"))])
            for each in of_frames
        ],
    )


ORIGINAL, DERIVED = "ORIGINAL\\PRIMARY\\POND\\NONE", "DERIVED\\PRIMARY\\POND\\NONE"


@pytest.mark.parametrize(
    ("ds", "expected"),
    [
        (image(ORIGINAL, ORIGINAL, ORIGINAL), []),
        (image("MIXED\\PRIMARY\\POND\\NONE", ORIGINAL, DERIVED), []),
        (image(ORIGINAL, ORIGINAL, DERIVED), ["violation frame-type ImageType"]),
        (image("MIXED\\PRIMARY\\POND\\NONE", DERIVED), ["violation frame-type ImageType"]),
        # The third value is of the image as a whole.
        (image("ORIGINAL\\PRIMARY\\LAKE\\NONE", ORIGINAL), []),
        (image("ORIGINAL\\PRIMARY", ORIGINAL), ["violation frame-type ImageType"]),
        (image(ORIGINAL, "ORIGINAL\\PRIMARY\\POND"), [f"violation frame-type {FIRST}"]),
        (image("ORIGINAL\\PRIMARY\\POND\\", "ORIGINAL\\PRIMARY\\POND\\", sop_class="4.4"), []),
        (image("ORIGINAL\\PRIMARY"), []),  # no frames: another check knows if there have to be
    ],
)
def test_what_is_stated_of_all_frames_is_that_of_each(ds: Dataset, expected: list[str]) -> None:
    assert found_by(frame_types, ds) == expected
