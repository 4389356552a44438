"""Spacing of pixels and directions of a patient."""

from __future__ import annotations

from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.consistency.group_item import root_and_group_items
from octome.dicom.data_set import DataSet
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

SPACINGS = (
    (TAG.PixelSpacing, "PixelSpacing"),
    (TAG.ImagerPixelSpacing, "ImagerPixelSpacing"),
    (TAG.NominalScannedPixelSpacing, "NominalScannedPixelSpacing"),
)
# The opposite ends of each axis of a biped (PS3.3 C.7.6.1.1.1).
AXES = ("AP", "RL", "HF")
# Where the axes of the patient's coordinates run to, and from (PS3.3 C.7.6.2.1.1).
TOWARDS = ("LR", "PA", "HF")
MAIN_SHARE = 0.9  # of the largest part of a direction: of two that are alike, either may be first
# CT, MR and PET, whose images are planes in the patient (PS3.3 C.7.6.2).
PLANES = frozenset(f"1.2.840.10008.5.1.4.1.1.{kind}" for kind in (2, 4, 128))
VOLUME = (
    (TAG.ImagedVolumeWidth, "Width"),
    (TAG.ImagedVolumeHeight, "Height"),
    (TAG.ImagedVolumeDepth, "Depth"),
)

# What the width and the height are measured along, and which value of Pixel Spacing that is.
ALONG = {"Width": (TAG.TotalPixelMatrixColumns, 1), "Height": (TAG.TotalPixelMatrixRows, 0)}
SIZE_TOLERANCE = 0.1  # the volume may be measured from the centers of pixels, and rounded


def pixel_spacings(encoded: Encoded) -> Iterator[Disagreement]:
    """Spacing is greater than 0, or 0 along a single row or column (PS3.3 10.7.1.3)."""
    root = encoded.data_set
    group, keyword = TAG.PixelMeasuresSequence, "PixelMeasuresSequence"
    for ds, path in root_and_group_items(encoded, group, keyword):
        for tag, name in SPACINGS:
            for at, along in enumerate((TAG.Rows, TAG.Columns)):
                spacing = ds.number(tag, at)
                if spacing is None or spacing > 0 or (spacing == 0 and root.number(along) == 1):
                    continue
                yield Disagreement(
                    code="spacing",
                    path=f"{path}{name}",
                    message=f"value {at + 1} is {spacing:g}, but spacing is greater than 0",
                    fix="Write the distance of pixel centers, or remove it if it is not known",
                    section="PS3.3 10.7.1.3",
                )
                break


def slice_spacings(encoded: Encoded) -> Iterator[Disagreement]:
    """Slices are not less than 0 apart (PS3.3 C.7.6.2, C.7.6.16.2.1).

    In other classes, as in nuclear medicine, the sign may have a meaning.
    """
    group, keyword = TAG.PixelMeasuresSequence, "PixelMeasuresSequence"
    in_plane = encoded.data_set.text(TAG.SOPClassUID) in PLANES
    for ds, path in root_and_group_items(encoded, group, keyword):
        spacing = ds.number(TAG.SpacingBetweenSlices) if path or in_plane else None
        if spacing is not None and spacing < 0:
            yield Disagreement(
                code="spacing",
                outcome="violation" if path else "warning",  # older editions do not say so
                path=f"{path}SpacingBetweenSlices",
                message=f"it is {spacing:g}, but it is not negative",
                fix="Write the distance of slice centers, without a sign",
                section="PS3.3 C.7.6.16.2.1" if path else "PS3.3 C.7.6.2",
            )
            return


def imaged_volume(encoded: Encoded) -> Iterator[Disagreement]:
    """The imaged volume of a slide has a size, that of its pixels (PS3.3 C.8.12.4)."""
    for tag, word in VOLUME:
        size = encoded.data_set.number(tag)
        if size is not None and size <= 0:
            yield Disagreement(
                code="spacing",
                path=f"ImagedVolume{word}",
                message=f"it is {size:g}, but a volume has a {word.lower()} greater than 0",
                fix=f"Write the {word.lower()} that was imaged",
                section="PS3.3 C.8.12.4",
            )
        elif size is not None and word in ALONG:
            yield from _size_of_pixels(encoded.data_set, word, size)


def _size_of_pixels(ds: DataSet, word: str, size: float) -> Iterator[Disagreement]:
    """The pixels along a side of the imaged volume are together about as long."""
    of_count, at = ALONG[word]
    groups = ds.items(TAG.SharedFunctionalGroupsSequence)
    spacings = [
        measures.number(TAG.PixelSpacing, at)
        for group in groups
        for measures in group.items(TAG.PixelMeasuresSequence)
    ]
    count = ds.number(of_count)
    if not count or not spacings or not spacings[0]:
        return
    needed = count * spacings[0]
    if abs(size - needed) > needed * SIZE_TOLERANCE:
        yield Disagreement(
            code="spacing",
            outcome="warning",
            path=f"ImagedVolume{word}",
            message=f"it is {size:.4g} mm, but {count:,.0f} pixels, {spacings[0]:.4g} mm apart, "
            f"are {needed:.4g} mm",
            fix=f"Write the {word.lower()} of the whole image, or correct the spacing",
            section="PS3.3 C.8.12.4",
        )


def patient_orientation(encoded: Encoded) -> Iterator[Disagreement]:
    """Rows and columns run along different axes of the patient (PS3.3 C.7.6.1.1.1)."""
    ds = encoded.data_set
    row, column = ds.text(TAG.PatientOrientation), ds.text(TAG.PatientOrientation, 1)
    is_biped = ds.text(TAG.AnatomicalOrientationType) != "QUADRUPED"
    for direction in (row, column) if is_biped else ():
        if direction and not _is_direction(direction):
            yield Disagreement(
                code="orientation",
                path="PatientOrientation",
                message=f"{direction!r} is not a direction of a patient: A or P, R or L, H or F, "
                "or several of these",
                fix="Write the main direction first",
                section="PS3.3 C.7.6.1.1.1",
            )
            return
    axes = [_axis(direction) if is_biped else direction for direction in (row, column)]
    if row and column and axes[0] and axes[0] == axes[1]:
        yield Disagreement(
            code="orientation",
            path="PatientOrientation",
            message=f"rows run to {row} and columns to {column}, along the same axis",
            fix="Correct the direction of the rows or of the columns",
            section="PS3.3 C.7.6.1.1.1",
        )


def _axis(direction: str) -> str | None:
    """The axis that a direction runs along most of all; None where it is not a biped's."""
    return next((axis for axis in AXES if direction[:1] in axis), None)


def _is_direction(letters: str) -> bool:
    """Whether each letter is a biped's direction, and none is along the axis of another."""
    along = [next((axis for axis in AXES if letter in axis), None) for letter in letters]
    return None not in along and len(set(along)) == len(along)


def orientation_in_patient(encoded: Encoded) -> Iterator[Disagreement]:
    """Patient Orientation agrees with Image Orientation (Patient) (PS3.3 C.7.6.1.1.1)."""
    ds = encoded.data_set
    if not (TAG.PatientOrientation in ds and TAG.ImageOrientationPatient in ds):
        return
    if ds.text(TAG.AnatomicalOrientationType) == "QUADRUPED":
        return
    cosines = [ds.number(TAG.ImageOrientationPatient, at) for at in range(6)]
    for at, what in enumerate(("rows", "columns")):
        stated = ds.text(TAG.PatientOrientation, at)
        direction = [value or 0 for value in cosines[3 * at : 3 * at + 3]]
        if None in cosines or not _is_direction(stated[:1]) or not stated:
            continue
        along = {
            letters[value < 0]: abs(value)
            for letters, value in zip(TOWARDS, direction, strict=True)
        }
        if along.get(stated[0], 0) < max(along.values()) * MAIN_SHARE:
            needed = max(along, key=lambda letter: along[letter])
            yield Disagreement(
                code="orientation",
                path="PatientOrientation",
                message=f"its {what} run to {stated}, but those of Image Orientation (Patient) run "
                f"to {needed}",
                fix="Correct one of them",
                section="PS3.3 C.7.6.1.1.1",
            )
            return
