"""Optical paths of a microscope, and where tiles of a slide lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

# Microscopic images without functional groups, on a slide or not.
MICROSCOPIC = tuple(f"1.2.840.10008.5.1.4.1.1.77.1.{kind}" for kind in (2, 3))
SLIDE = "1.2.840.10008.5.1.4.1.1.77.1.6"


def optical_paths(encoded: Encoded) -> Iterator[Disagreement]:
    """Optical paths have identifiers of their own, and frames name one of them (PS3.3 C.8.12.5)."""
    ds = encoded.data_set
    paths = ds.items(TAG.OpticalPathSequence)
    names = Counter(path.text(TAG.OpticalPathIdentifier) for path in paths)
    if not paths:
        return
    for at, path in enumerate(paths):
        name = path.text(TAG.OpticalPathIdentifier)
        if name and names[name] > 1:
            yield Disagreement(
                code="optical-path",
                path=f"OpticalPathSequence[{at}].OpticalPathIdentifier",
                message=f"{name!r} identifies {names[name]} optical paths",
                fix="Give each optical path an identifier of its own",
                section="PS3.3 C.8.12.5",
            )
            names[name] = 1  # reported
    for sequence, keyword in (
        (TAG.SharedFunctionalGroupsSequence, "SharedFunctionalGroupsSequence"),
        (TAG.PerFrameFunctionalGroupsSequence, "PerFrameFunctionalGroupsSequence"),
    ):
        for number, frame in enumerate(ds.items(sequence)):
            for item in frame.items(TAG.OpticalPathIdentificationSequence):
                name = item.text(TAG.OpticalPathIdentifier)
                if name and name not in names:
                    names[name] = 0  # reported
                    yield Disagreement(
                        code="optical-path",
                        path=f"{keyword}[{number}].OpticalPathIdentificationSequence[0]"
                        ".OpticalPathIdentifier",
                        message=f"it is {name!r}, but Optical Path Sequence has no such path",
                        fix="Name an optical path that is described",
                        section="PS3.3 C.8.12.5",
                    )


def number_of_optical_paths(encoded: Encoded) -> Iterator[Disagreement]:
    """The number of optical paths is that of the paths described (PS3.3 C.8.12.5)."""
    ds = encoded.data_set
    stated, found = ds.number(TAG.NumberOfOpticalPaths), len(ds.items(TAG.OpticalPathSequence))
    if stated is not None and found and stated != found:
        yield Disagreement(
            code="count",
            path="NumberOfOpticalPaths",
            message=f"it is {stated:,.10g}, but {found} are described",
            fix="Correct the number, or describe each optical path",
            section="PS3.3 C.8.12.5",
        )
    is_single = TAG.SharedFunctionalGroupsSequence not in ds and ds.number(TAG.NumberOfFrames) in (
        None,
        1,
    )
    if ds.text(TAG.SOPClassUID) in MICROSCOPIC and is_single and found > 1:
        yield Disagreement(
            code="count",
            path="OpticalPathSequence",
            message=f"it has {found} items, but an image of one frame was taken through one path",
            fix="Describe the path that the image was taken through",
            section="PS3.3 C.8.12.5",
        )


def tile_positions(encoded: Encoded) -> Iterator[Disagreement]:
    """A tile begins inside of the whole that it is a part of (PS3.3 C.8.12.6.1)."""
    ds = encoded.data_set
    columns, rows = ds.number(TAG.TotalPixelMatrixColumns), ds.number(TAG.TotalPixelMatrixRows)
    if not columns or not rows:
        return
    limits = (
        (
            TAG.ColumnPositionInTotalImagePixelMatrix,
            "ColumnPositionInTotalImagePixelMatrix",
            columns,
        ),
        (TAG.RowPositionInTotalImagePixelMatrix, "RowPositionInTotalImagePixelMatrix", rows),
    )
    for number, frame in enumerate(ds.items(TAG.PerFrameFunctionalGroupsSequence)):
        for plane in frame.items(TAG.PlanePositionSlideSequence):
            for tag, keyword, limit in limits:
                position = plane.number(tag)
                if position is not None and not _reaches(position, _size(encoded, tag), limit):
                    yield Disagreement(
                        code="tiles",
                        path=f"PerFrameFunctionalGroupsSequence[{number}]"
                        f".PlanePositionSlideSequence[0].{keyword}",
                        message=f"it is {position:,.10g}, but the whole image has {limit:,.10g}, "
                        "numbered from 1",
                        fix="Correct the position, or the size of the whole image",
                        section="PS3.3 C.8.12.6.1",
                    )
                    return


def sparse_tiles(encoded: Encoded) -> Iterator[Disagreement]:
    """Each tile of a sparse set states its position (PS3.3 A.32.8.4)."""
    ds = encoded.data_set
    frames = ds.items(TAG.PerFrameFunctionalGroupsSequence)
    is_sparse = ds.text(TAG.DimensionOrganizationType) == "TILED_SPARSE"
    if not is_sparse or ds.text(TAG.SOPClassUID) != SLIDE:
        return
    for number, frame in enumerate(frames):
        if TAG.PlanePositionSlideSequence not in frame.elements and frame.cut_at is None:
            yield Disagreement(
                code="group-missing",
                path=f"PerFrameFunctionalGroupsSequence[{number}].PlanePositionSlideSequence",
                message="it is missing, but Dimension Organization Type is TILED_SPARSE",
                fix="State the position of each tile",
                section="PS3.3 A.32.8.4",
            )
            return


def _reaches(position: float, size: float, limit: float) -> bool:
    """Whether a tile shows any of the whole image."""
    return position + size > 1 and position <= limit


def _size(encoded: Encoded, tag: int) -> float:
    is_column = tag == TAG.ColumnPositionInTotalImagePixelMatrix
    return encoded.data_set.number(TAG.Columns if is_column else TAG.Rows) or 1
