"""Directions and dimensions."""

from __future__ import annotations

import math
from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.consistency.group_item import root_and_group_items
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

ULTRASOUND_VOLUME = "1.2.840.10008.5.1.4.1.1.6.2"
RIGID_TOLERANCE = 1e-2  # of a product of columns; matrices are written with few digits
UNIT_TOLERANCE = 1e-3  # directions are written with few digits


# The attributes that hold two directions: their group, themselves, and their section.
ORIENTATIONS = (
    (
        (TAG.PlaneOrientationSequence, "PlaneOrientationSequence"),
        (TAG.ImageOrientationPatient, "ImageOrientationPatient"),
        "PS3.3 C.7.6.2.1.1",
    ),
    (
        (TAG.PlaneOrientationVolumeSequence, "PlaneOrientationVolumeSequence"),
        (TAG.ImageOrientationVolume, "ImageOrientationVolume"),
        "PS3.3 C.7.6.21.4",
    ),
    ((0, ""), (TAG.ImageOrientationSlide, "ImageOrientationSlide"), "PS3.3 C.8.12.2.1"),
)


def orientations(encoded: Encoded) -> Iterator[Disagreement]:
    """Direction cosines are of unit length and at a right angle (PS3.3 C.7.6.2.1.1)."""
    for group, (tag, keyword), section in ORIENTATIONS:
        for ds, path in root_and_group_items(encoded, *group):
            wrong = _wrong_directions(_numbers(ds, tag, 6))
            if wrong:
                yield Disagreement(
                    code="orientation",
                    fix="Normalize the directions, and make them orthogonal",
                    path=f"{path}{keyword}",
                    message=wrong,
                    section=section,
                )


def _wrong_directions(found: list[float]) -> str:
    """What is wrong with two directions; empty if nothing is."""
    if not found:
        return ""
    row, column = found[:3], found[3:]
    lengths = [math.hypot(*row), math.hypot(*column)]
    product = sum(a * b for a, b in zip(row, column, strict=True))
    if max(abs(length - 1) for length in lengths) > UNIT_TOLERANCE:
        return f"its directions have lengths {lengths[0]:.4g} and {lengths[1]:.4g}, not 1"
    return "its directions are not at a right angle" if abs(product) > UNIT_TOLERANCE else ""


def velocity_directions(encoded: Encoded) -> Iterator[Disagreement]:
    """The direction of velocity encoding is of unit length (PS3.3 C.8.13.5.12)."""
    for ds, path in root_and_group_items(
        encoded, TAG.MRVelocityEncodingSequence, "MRVelocityEncodingSequence"
    ):
        found = _numbers(ds, TAG.VelocityEncodingDirection, 3)
        length = math.hypot(*found)
        if found and abs(length - 1) > UNIT_TOLERANCE:
            yield Disagreement(
                code="orientation",
                fix="Normalize the direction",
                path=f"{path}VelocityEncodingDirection",
                message=f"its direction has length {length:.4g}, not 1",
                section="PS3.3 C.8.13.5.12",
            )


def _numbers(ds: DataSet, tag: int, count: int) -> list[float]:
    """The first values of an attribute; none where one is missing or not a number."""
    if tag not in ds.elements:
        return []
    found = [ds.number(tag, at) for at in range(count)]
    return [] if None in found else [value for value in found if value is not None]


def dimensions(encoded: Encoded) -> Iterator[Disagreement]:
    """Dimension indexes and their values in each frame (PS3.3 C.7.6.17)."""
    ds = encoded.data_set
    indexes, is_repeated = ds.items(TAG.DimensionIndexSequence), False
    organizations = {
        item.text(TAG.DimensionOrganizationUID)
        for item in ds.items(TAG.DimensionOrganizationSequence)
    }
    for number, index in enumerate(indexes):
        uid = index.text(TAG.DimensionOrganizationUID)
        if uid and organizations and uid not in organizations:
            yield Disagreement(
                code="dimension",
                fix="Add the organization, or correct the UID",
                path=f"DimensionIndexSequence[{number}].DimensionOrganizationUID",
                message=f"{uid} is in no item of Dimension Organization Sequence",
                section="PS3.3 C.7.6.17",
            )
    first: dict[tuple[object, ...], int] = {}
    for number, frame in enumerate(
        ds.items(TAG.PerFrameFunctionalGroupsSequence) if indexes else ()
    ):
        for content in frame.items(TAG.FrameContentSequence):
            values = content.values(TAG.DimensionIndexValues)
            if values and first.setdefault(values, number) != number and not is_repeated:
                is_repeated = True
                yield Disagreement(
                    code="dimension",
                    outcome="note",
                    fix="Add a dimension that distinguishes the frames",
                    path=f"PerFrameFunctionalGroupsSequence[{number}].FrameContentSequence[0]"
                    ".DimensionIndexValues",
                    message=f"they are those of frame {first[values] + 1} too: their order is open",
                    section="PS3.3 C.7.6.17",
                )
            if values and len(values) != len(indexes):
                frame_path = f"PerFrameFunctionalGroupsSequence[{number}]"
                yield Disagreement(
                    code="dimension",
                    fix="Give one index for each dimension",
                    path=f"{frame_path}.FrameContentSequence[0].DimensionIndexValues",
                    message=f"it has {len(values)} values for {len(indexes)} dimensions",
                    section="PS3.3 C.7.6.17",
                )


def transformations(encoded: Encoded) -> Iterator[Disagreement]:
    """The last row of a transformation matrix is 0, 0, 0, 1 (PS3.3 C.20.2.1.2)."""
    for number, registration in enumerate(encoded.data_set.items(TAG.RegistrationSequence)):
        for at, matrices in enumerate(registration.items(TAG.MatrixRegistrationSequence)):
            for nth, item in enumerate(matrices.items(TAG.MatrixSequence)):
                found = _numbers(item, TAG.FrameOfReferenceTransformationMatrix, 16)
                if found and found[12:] != [0, 0, 0, 1]:
                    yield Disagreement(
                        code="orientation",
                        path=f"RegistrationSequence[{number}].MatrixRegistrationSequence[{at}]"
                        f".MatrixSequence[{nth}].FrameOfReferenceTransformationMatrix",
                        message=f"its last row is {found[12:]}, not 0, 0, 0, 1",
                        fix="Write the matrix row by row, with 0, 0, 0, 1 at its end",
                        section="PS3.3 C.20.2.1.2",
                    )
                elif found and item.text(TAG.FrameOfReferenceTransformationMatrixType) == "RIGID":
                    path = (
                        f"RegistrationSequence[{number}].MatrixRegistrationSequence[{at}]"
                        f".MatrixSequence[{nth}].FrameOfReferenceTransformationMatrix"
                    )
                    if not _is_rigid(found):
                        yield Disagreement(
                            code="orientation",
                            path=path,
                            message="its type is RIGID, but it scales or shears",
                            fix="Use the type RIGID_SCALE or AFFINE, or correct the matrix",
                            section="PS3.3 C.20.2.1.2",
                        )


def equipment_matrix(encoded: Encoded) -> Iterator[Disagreement]:
    """The matrix from image to equipment only turns and moves (PS3.3 C.7.6.21.1)."""
    found = _numbers(encoded.data_set, TAG.ImageToEquipmentMappingMatrix, 16)
    if found and not _is_rigid(found):
        yield Disagreement(
            code="orientation",
            path="ImageToEquipmentMappingMatrix",
            message="it scales or shears, but it is a matrix that only turns and moves",
            fix="Write the rotation and the position of the image in the equipment",
            section="PS3.3 C.7.6.21.1",
        )


def _is_rigid(matrix: list[float]) -> bool:
    """Whether a transformation only turns and moves."""
    columns = [[matrix[row * 4 + column] for row in range(3)] for column in range(3)]
    off = max(
        abs(sum(a * b for a, b in zip(one, other, strict=True)) - (one is other))
        for one in columns
        for other in columns
    )
    return off <= RIGID_TOLERANCE


def volume_positions(encoded: Encoded) -> Iterator[Disagreement]:
    """The planes of an ultrasound volume are parallel, above each other (PS3.3 A.59.4.1.2)."""
    if encoded.data_set.text(TAG.SOPClassUID) != ULTRASOUND_VOLUME:
        return
    group = TAG.PlanePositionVolumeSequence, "PlanePositionVolumeSequence"
    for ds, path in root_and_group_items(encoded, *group):
        position = _numbers(ds, TAG.ImagePositionVolume, 3)
        if path and position and position[:2] != [0, 0]:
            yield Disagreement(
                code="orientation",
                path=f"{path}ImagePositionVolume",
                message=f"it begins with {position[0]:g} and {position[1]:g}, not 0 and 0",
                fix="Begin each plane on the third axis of the volume",
                section="PS3.3 A.59.4.1.2",
            )
    for ds, path in root_and_group_items(
        encoded, TAG.PlaneOrientationVolumeSequence, "PlaneOrientationVolumeSequence"
    ):
        directions = _numbers(ds, TAG.ImageOrientationVolume, 6)
        if directions and directions != [1, 0, 0, 0, 1, 0]:
            yield Disagreement(
                code="orientation",
                path=f"{path}ImageOrientationVolume",
                message="it is not 1\\0\\0\\0\\1\\0, which all planes of such a volume have",
                fix="Write 1\\0\\0\\0\\1\\0",
                section="PS3.3 A.59.4.1.2",
            )
