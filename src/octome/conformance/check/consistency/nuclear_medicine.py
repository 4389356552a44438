"""Frames of nuclear medicine: what they are ordered by, and where each one belongs."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

NUCLEAR_MEDICINE = "1.2.840.10008.5.1.4.1.1.20"
PET = "1.2.840.10008.5.1.4.1.1.128"
_FLAT = (TAG.EnergyWindowVector, TAG.DetectorVector)
# PS3.3 C.8.4.8.1.1: what the frames are ordered by, by the third value of Image Type.
ORDERED_BY: dict[str, tuple[int, ...]] = {
    "STATIC": _FLAT,
    "WHOLE BODY": _FLAT,
    "DYNAMIC": (*_FLAT, TAG.PhaseVector, TAG.TimeSliceVector),
    "GATED": (*_FLAT, TAG.RRIntervalVector, TAG.TimeSlotVector),
    "TOMO": (*_FLAT, TAG.RotationVector, TAG.AngularViewVector),
    "GATED TOMO": (
        *_FLAT,
        TAG.RotationVector,
        TAG.RRIntervalVector,
        TAG.TimeSlotVector,
        TAG.AngularViewVector,
    ),
    "RECON TOMO": (TAG.SliceVector,),
    "RECON GATED TOMO": (TAG.RRIntervalVector, TAG.TimeSlotVector, TAG.SliceVector),
}
# Each vector, and the attribute that states how many different values it may have.
LIMITED = (
    (TAG.EnergyWindowVector, "EnergyWindowVector", TAG.NumberOfEnergyWindows, "2"),
    (TAG.DetectorVector, "DetectorVector", TAG.NumberOfDetectors, "3"),
    (TAG.PhaseVector, "PhaseVector", TAG.NumberOfPhases, "4"),
    (TAG.RotationVector, "RotationVector", TAG.NumberOfRotations, "5"),
    (TAG.RRIntervalVector, "RRIntervalVector", TAG.NumberOfRRIntervals, "6"),
    (TAG.TimeSlotVector, "TimeSlotVector", TAG.NumberOfTimeSlots, "7"),
    (TAG.SliceVector, "SliceVector", TAG.NumberOfSlices, "8"),
    (TAG.AngularViewVector, "AngularViewVector", 0, "9"),
    (TAG.TimeSliceVector, "TimeSliceVector", 0, "10"),
)
# PS3.3 C.8.9.4.1.9: what a PET series has apart from slices, by Series Type.
DIMENSIONS: dict[str, tuple[int, ...]] = {
    "STATIC": (),
    "WHOLE BODY": (),
    "DYNAMIC": (TAG.NumberOfTimeSlices,),
    "GATED": (TAG.NumberOfRRIntervals, TAG.NumberOfTimeSlots),
}


def order_of_frames(encoded: Encoded) -> Iterator[Disagreement]:
    """Frame Increment Pointer is the one for the type of image (PS3.3 C.8.4.8.1.1)."""
    ds = encoded.data_set
    needed = ORDERED_BY.get(ds.text(TAG.ImageType, 2))
    found = ds.values(TAG.FrameIncrementPointer)
    if ds.text(TAG.SOPClassUID) == NUCLEAR_MEDICINE and needed and found and found != needed:
        yield Disagreement(
            code="frame-order",
            path="FrameIncrementPointer",
            message=f"it is {_tags(found)}, but frames of a {ds.text(TAG.ImageType, 2)} image are "
            f"ordered by {_tags(needed)}",
            fix="Correct the pointer, or the third value of Image Type",
            section="PS3.3 C.8.4.8.1.1",
        )


def numbers_of_frames(encoded: Encoded) -> Iterator[Disagreement]:
    """Energy windows, detectors and the like are numbered from 1 (PS3.3 C.8.4.8.1)."""
    ds = encoded.data_set
    for tag, keyword, of_count, section in LIMITED:
        numbers = [value for value in ds.values(tag) if isinstance(value, int)]
        count = ds.number(of_count) if of_count else _angular_views(ds, tag)
        outside = [n for n in numbers if n < 1 or (count is not None and n > count)]
        if outside:
            limit = f"from 1 to {count:,.10g}" if count is not None else "from 1"
            yield Disagreement(
                code="frame-order",
                path=keyword,
                message=f"a value is {outside[0]}, but they count {limit}",
                fix="Number each frame by what it shows",
                section=f"PS3.3 C.8.4.8.1.{section}",
            )
        elif numbers and count is not None and max(numbers) < count:
            yield Disagreement(
                code="frame-order",
                outcome="warning",
                path=keyword,
                message=f"it counts to {max(numbers)}, but there are {count:,.10g}: no frame shows "
                "the others",
                fix="Correct the number, or the vector",
                section=f"PS3.3 C.8.4.8.1.{section}",
            )


def _angular_views(ds: DataSet, tag: int) -> float | None:
    """How many angular views each rotation has, if all have as many (PS3.3 C.8.4.8.1.9)."""
    is_tomo = ds.text(TAG.ImageType, 2) in ("TOMO", "GATED TOMO")
    if tag != TAG.AngularViewVector or not is_tomo:
        return None
    found = {
        item.number(TAG.NumberOfFramesInRotation)
        for item in ds.items(TAG.RotationInformationSequence)
    }
    return found.pop() if len(found) == 1 else None


def pet_image_index(encoded: Encoded) -> Iterator[Disagreement]:
    """Image Index of a PET image is one of the images of its series (PS3.3 C.8.9.4.1.9)."""
    ds = encoded.data_set
    index, slices = ds.number(TAG.ImageIndex), ds.number(TAG.NumberOfSlices)
    is_known = ds.text(TAG.SOPClassUID) == PET and ds.text(TAG.SeriesType) in DIMENSIONS
    if not is_known or index is None or not slices:
        return
    total = slices
    for tag in DIMENSIONS.get(ds.text(TAG.SeriesType), ()):
        total *= ds.number(tag) or 1
    if not 1 <= index <= total:
        yield Disagreement(
            code="frame-order",
            path="ImageIndex",
            message=f"it is {index:,.10g}, but the series has {total:,.10g} images, "
            "numbered from 1",
            fix="Correct the index, or the numbers of slices, time slices and time slots",
            section="PS3.3 C.8.9.4.1.9",
        )


def _tags(tags: tuple[object, ...]) -> str:
    listed = [f"({tag >> 16:04X},{tag & 0xFFFF:04X})" for tag in tags if isinstance(tag, int)]
    return " ".join(listed)
