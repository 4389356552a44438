"""What rules for OCT angiographies need from one instance: its eye, geometry, surfaces, slab."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from octome.conformance.check.cross_instance.chain_tag import CHAIN_TAG
from octome.conformance.check.cross_instance.moment import moment
from octome.conformance.check.scope import code_of
from octome.conformance.rules.sop_class import CHAIN, ENFACE
from octome.dicom.data_set import DataSet
from octome.dicom.tag import TAG

Code = tuple[str, str]
"""Coding scheme and value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A surface that bounds the slab of an en face image."""

    path: str
    instance: str
    """Of its segmentation."""
    number: int | None
    is_surface: bool
    """Whether `number` is of a surface (until 2024c), not of a segment."""
    code: Code
    offset_path: str
    offset_px: float | None
    is_upper: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Localizer:
    """The place of an en face image on another image."""

    path: str
    instance: str
    corners: tuple[float, ...]
    """Row and column of each corner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainSummary:
    """The part of a summary that only instances of an OCT angiography have."""

    eye: str
    eye_path: str
    rows: int
    columns: int
    spacing: tuple[float, ...]
    """Between rows and between columns, mm; empty if it is not stated once for all frames."""
    orientation: tuple[float, ...]
    image_type: Code
    slab: str
    """As text."""
    bounds: tuple[Bound, ...]
    localizer: Localizer | None
    segments: dict[int, Code]
    """The property type of each segment, by its number."""
    surfaces: dict[int, Code]
    """The property type of each surface, by its number."""
    segmented: tuple[str, str]
    """Path and SOP Instance UID of what a surface segmentation was derived from."""
    row_height: float | None
    """The height of a row, as a height map states it."""
    row_unit: Code
    """The unit of `row_height`."""
    content: datetime | None
    """When it was created."""
    acquired: datetime | None
    is_octomes: bool
    """Whether octome computed it, so that the text of its slab is one that octome wrote."""


def chain_summary(ds: DataSet) -> ChainSummary | None:
    """The summary of an instance; None if it is not of an OCT angiography."""
    sop_class = ds.text(TAG.SOPClassUID)
    if sop_class not in CHAIN:
        return None
    shared = _first(ds, TAG.SharedFunctionalGroupsSequence)
    eye, eye_path = _eye(ds, shared)
    measures, plane = _first(shared, TAG.PixelMeasuresSequence), shared
    is_image = TAG.PixelSpacing in ds
    oriented = ds if is_image else _first(plane, TAG.PlaneOrientationSequence)
    segments, surfaces = _segments(ds)
    zone = ds.text(TAG.TimezoneOffsetFromUTC)
    mapping = _first(shared, CHAIN_TAG.RealWorldValueMappingSequence)
    return ChainSummary(
        eye=eye,
        eye_path=eye_path,
        rows=int(ds.number(TAG.Rows) or 0),
        columns=int(ds.number(TAG.Columns) or 0),
        spacing=_numbers(ds if is_image else measures, TAG.PixelSpacing, 2),
        orientation=_numbers(oriented, TAG.ImageOrientationPatient, 6),
        image_type=_code(ds, CHAIN_TAG.OphthalmicImageTypeCodeSequence),
        slab=ds.text(CHAIN_TAG.OphthalmicImageTypeDescription),
        bounds=tuple(_bounds(ds)),
        localizer=_localizer(ds),
        segments=segments,
        surfaces=surfaces,
        segmented=_segmented(ds),
        row_height=mapping.number(CHAIN_TAG.RealWorldValueSlope) if mapping else None,
        row_unit=_code(mapping, TAG.MeasurementUnitsCodeSequence) if mapping else ("", ""),
        content=moment(ds.text(TAG.ContentDate) + ds.text(TAG.ContentTime), zone),
        acquired=moment(ds.text(CHAIN_TAG.AcquisitionDateTime), zone),
        is_octomes=any(
            item.text(CHAIN_TAG.AlgorithmSource) == "octome"
            for item in ds.items(CHAIN_TAG.DerivationAlgorithmSequence)
        ),
    )


def _first(ds: DataSet | None, tag: int) -> DataSet | None:
    items = ds.items(tag) if ds is not None else ()
    return items[0] if items else None


def _eye(ds: DataSet, shared: DataSet | None) -> tuple[str, str]:
    for tag, keyword in ((TAG.ImageLaterality, "ImageLaterality"), (TAG.Laterality, "Laterality")):
        if ds.text(tag):
            return ds.text(tag), keyword
    anatomy = _first(shared, TAG.FrameAnatomySequence)
    path = "SharedFunctionalGroupsSequence[0].FrameAnatomySequence[0].FrameLaterality"
    return (anatomy.text(TAG.FrameLaterality) if anatomy else ""), path


def _numbers(ds: DataSet | None, tag: int, count: int) -> tuple[float, ...]:
    found = [ds.number(tag, at) for at in range(count)] if ds is not None else []
    return tuple(number for number in found if number is not None) if None not in found else ()


def _code(ds: DataSet, tag: int, at: int = 0) -> Code:
    items = ds.items(tag)
    return code_of(items[at]) if at < len(items) else ("", "")


def _whole(ds: DataSet, tag: int) -> int | None:
    number = ds.number(tag)
    return None if number is None else int(number)


def _segments(ds: DataSet) -> tuple[dict[int, Code], dict[int, Code]]:
    segments: dict[int, Code] = {}
    surfaces: dict[int, Code] = {}
    for item in ds.items(TAG.SegmentSequence):
        number = _whole(item, TAG.SegmentNumber)
        code = _code(item, CHAIN_TAG.SegmentedPropertyTypeCodeSequence)
        if number is not None:
            segments[number] = code
        for surface in item.items(CHAIN_TAG.ReferencedSurfaceSequence):
            own = _whole(surface, CHAIN_TAG.ReferencedSurfaceNumber)
            if own is not None:
                surfaces[own] = code
    return segments, surfaces


def _segmented(ds: DataSet) -> tuple[str, str]:
    for at, item in enumerate(ds.items(TAG.SegmentSequence)):
        for surface in item.items(CHAIN_TAG.ReferencedSurfaceSequence):
            source = _first(surface, CHAIN_TAG.SegmentSurfaceSourceInstanceSequence)
            if source is not None:
                path = (
                    f"SegmentSequence[{at}].ReferencedSurfaceSequence[0]."
                    "SegmentSurfaceSourceInstanceSequence[0]"
                )
                return path, source.text(TAG.ReferencedSOPInstanceUID)
    return "", ""


def _bounds(ds: DataSet) -> Iterator[Bound]:
    older = ds.items(CHAIN_TAG.ReferencedSurfaceMeshIdentificationSequence)
    for at, item in enumerate(older):
        path = f"ReferencedSurfaceMeshIdentificationSequence[{at}]"
        yield Bound(
            path=path,
            instance=item.text(TAG.ReferencedSOPInstanceUID),
            number=_whole(item, CHAIN_TAG.ReferencedSurfaceNumber),
            is_surface=True,
            code=_code(item, CHAIN_TAG.SegmentedPropertyTypeCodeSequence),
            offset_path=f"{path}.SurfaceMeshZPixelOffset",
            offset_px=item.number(CHAIN_TAG.SurfaceMeshZPixelOffset),
            is_upper=at == 0 and len(older) > 1,
        )
    for at, item in enumerate(ds.items(CHAIN_TAG.OphthalmicEnFaceVolumeDescriptorSequence)):
        path = f"OphthalmicEnFaceVolumeDescriptorSequence[{at}]"
        named = item.items(CHAIN_TAG.ReferencedSegmentationSequence)
        for number, segment in enumerate(named):
            yield Bound(
                path=f"{path}.ReferencedSegmentationSequence[{number}]",
                instance=segment.text(TAG.ReferencedSOPInstanceUID),
                number=_whole(segment, TAG.ReferencedSegmentNumber),
                is_surface=False,
                code=_code(segment, CHAIN_TAG.SegmentedPropertyTypeCodeSequence),
                offset_path=f"{path}.SurfaceOffset",
                offset_px=item.number(CHAIN_TAG.SurfaceOffset),
                is_upper=item.text(CHAIN_TAG.OphthalmicEnFaceVolumeDescriptorScope) == "ANTERIOR",
            )


def _localizer(ds: DataSet) -> Localizer | None:
    item = _first(ds, CHAIN_TAG.OphthalmicFrameLocationSequence)
    if item is None or ds.text(TAG.SOPClassUID) != ENFACE:
        return None
    return Localizer(
        path="OphthalmicFrameLocationSequence[0]",
        instance=item.text(TAG.ReferencedSOPInstanceUID),
        corners=_numbers(item, CHAIN_TAG.ReferenceCoordinates, 4),
    )
