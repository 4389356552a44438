"""D2: surfaces as rows at each A-scan, a Height Map Segmentation (PS3.3 A.91).

The newer encoding of D, since edition 2024d: compact, on the volume's own grid, with holes and
fractions of a pixel. A height is measured from the upper edge of the B-scan's first row, half a row
more than in memory (`octa.surface`). (The edge, not the centre: an assumption, not read in the text
of the Standard.)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from highdicom import PixelMeasuresSequence, PlaneOrientationSequence, PlanePositionSequence
from highdicom.pm import RealWorldValueMapping
from pydicom.dataset import Dataset

from octome.errors import InstancesDisagree, InstanceUnreadable, MissingFact
from octome.instances.code import EDGE_DETECTION, SEGMENTATION, SOURCE_IMAGE, coded, unit
from octome.instances.composite import (
    Reference,
    Series,
    algorithm,
    common_instance_reference,
    composite,
)
from octome.instances.exam import Exam
from octome.instances.file import reading
from octome.instances.grid import Grid
from octome.instances.instance_kind import HEIGHT_MAP
from octome.instances.multiframe import write_dimension
from octome.instances.scan_track import ScanTrack
from octome.instances.segment import display_colour, names_in_order, segment, surface_name
from octome.instances.stored_instance import StoredInstance, reading_class
from octome.instances.surface_rating import rated_maps
from octome.instances.surface_segmentation import LABEL
from octome.octa.acquisition import Float32
from octome.octa.surface import SurfaceMaps

PADDING = -1.0  # where there is no surface: outside of 0 to Rows
EDGE = 0.5  # from the upper edge of a row to its centre


def height_map(
    surfaces: Mapping[str, Float32],
    grid: Grid,
    exam: Exam,
    series: Series,
    *,
    structure: Reference,
    method: tuple[str, dict[str, str]],
) -> Dataset:
    """The instance of some surfaces, a frame to each, pixels included.

    Parameters
    ----------
    surfaces : mapping of float32, (B, X)
        Rows by name (`octa.surface.SURFACE_NAMES`); NaN where not found.
    grid : Grid
        Of the structural volume.
    exam : Exam
    series : Series
    structure : Reference
        The volume that was segmented: it defines the coordinate space.
    method : (str, dict)
        Name and parameters of the algorithm.

    Returns
    -------
    instance : Dataset

    Raises
    ------
    MissingFact
        No surface.
    """
    names = names_in_order(surfaces)
    if not names:
        raise MissingFact("there is no surface to write", missing="surfaces")
    heights = np.stack([surfaces[name] for name in names]) + np.float32(EDGE)
    ds = composite(HEIGHT_MAP, exam, series, by_scanner=False)
    # Fixed by the Standard.
    ds.ImageType, ds.SegmentationType = ["DERIVED", "PRIMARY"], "HEIGHTMAP"
    ds.SamplesPerPixel, ds.PhotometricInterpretation, ds.BitsAllocated = 1, "MONOCHROME2", 32
    # Computed.
    ds.Laterality, ds.BodyPartExamined = exam.laterality, "EYE"
    ds.PatientOrientation = ""
    ds.ContentLabel, ds.ContentDescription, ds.ContentCreatorName = LABEL, series.description, ""
    ds.NumberOfFrames, ds.Rows, ds.Columns = heights.shape
    ds.FloatPixelPaddingValue = PADDING
    # PS3.3 C.7.6.24: required with the value, and equal to it unless padding is a range.
    ds.FloatPixelPaddingRangeLimit = PADDING
    ds.FloatPixelData = np.nan_to_num(heights, nan=PADDING).astype("<f4").tobytes()
    ds.ReferencedSeriesSequence = common_instance_reference([structure])
    ds.SegmentSequence = [_segment(n, name, method) for n, name in enumerate(names, 1)]
    ds.SharedFunctionalGroupsSequence = [_shared_groups(grid, structure)]
    ds.PerFrameFunctionalGroupsSequence = [_frame_groups(n) for n in range(1, len(names) + 1)]
    write_dimension(ds, "ReferencedSegmentNumber", "SegmentIdentificationSequence")
    return ds


@dataclass(frozen=True)
class StoredHeightMap(StoredInstance):
    """Surfaces as heights on the grid of a volume."""

    rows: Mapping[str, Float32]
    """By name: (B, X), px; NaN where there is none."""
    numbers: Mapping[str, int]
    """Segment Number by name."""

    def maps(self, placement: Grid | ScanTrack) -> SurfaceMaps:
        """The rows at each A-scan of the volume they were found in.

        Raises
        ------
        InstancesDisagree
            The volume has another size.
        """
        bscans, _, ascans = placement.shape
        for rows in self.rows.values():
            if rows.shape != (bscans, ascans):
                raise InstancesDisagree(
                    f"the height map {self.file.path} has {rows.shape[0]} x {rows.shape[1]} "
                    f"heights, the volume {bscans} B-scans of {ascans} A-scans"
                )
        with reading(self.file.path):
            return rated_maps(self.rows, self.header)


def read_height_map(path: str | Path) -> StoredHeightMap:
    """The surfaces of an instance, written by octome or other software.

    Raises
    ------
    InstanceUnreadable
        Another SOP Class, or damaged.
    """
    with reading_class(path, HEIGHT_MAP.sop_class) as file:
        header = file.header
        shape = int(header.NumberOfFrames), int(header.Rows), int(header.Columns)
        heights = np.array(file.mapped("FloatPixelData", np.dtype("<f4"), shape), np.float32)
        heights[~_is_height(heights, header)] = np.nan
        by_number = {int(item.SegmentNumber): item for item in header.SegmentSequence}
        groups = header.PerFrameFunctionalGroupsSequence
        if len(groups) != shape[0]:
            raise InstanceUnreadable(
                f"it has {shape[0]} frames and functional groups for {len(groups)}"
            )
        rows, numbers = {}, {}
        for frame, group in enumerate(groups):
            number = int(group.SegmentIdentificationSequence[0].ReferencedSegmentNumber)
            if number not in by_number:
                raise InstanceUnreadable(f"it refers to segment {number}, which it does not have")
            name = surface_name(by_number[number])
            rows[name], numbers[name] = heights[frame] - np.float32(EDGE), number
        return StoredHeightMap(file, rows, numbers)


def _is_height(
    heights: Float32, header: Dataset
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    padding = header.get("FloatPixelPaddingValue")
    is_there = np.isfinite(heights)
    return is_there if padding is None else is_there & (heights != np.float32(padding))


def _segment(number: int, name: str, method: tuple[str, dict[str, str]]) -> Dataset:
    item = segment(number, name)
    item.SegmentAlgorithmName = method[0]
    item.SegmentationAlgorithmIdentificationSequence = algorithm(
        method[0], coded(*EDGE_DETECTION), method[1]
    )
    item.RecommendedDisplayGrayscaleValue = 0xFFFF
    item.RecommendedDisplayCIELabValue = display_colour(name)
    return item


def _shared_groups(grid: Grid, structure: Reference) -> Dataset:
    g = grid.geometry
    source = structure.item()
    source.ReferencedFrameNumber = list(range(1, grid.shape[0] + 1))
    source.PurposeOfReferenceCodeSequence = [coded(*SOURCE_IMAGE)]
    derivation = Dataset()
    derivation.DerivationCodeSequence = [coded(*SEGMENTATION)]
    derivation.SourceImageSequence = [source]
    shared = Dataset()
    shared.PixelMeasuresSequence = PixelMeasuresSequence(
        pixel_spacing=(g.bscan_mm, g.ascan_mm), slice_thickness=g.axial_mm
    )
    shared.PlanePositionSequence = PlanePositionSequence("PATIENT", grid.origin)
    shared.PlaneOrientationSequence = PlaneOrientationSequence("PATIENT", grid.enface_orientation)
    shared.DerivationImageSequence = [derivation]
    # Heights are counted in rows; this gives the mm of a row.
    shared.RealWorldValueMappingSequence = [
        RealWorldValueMapping(
            lut_label="HEIGHT",
            lut_explanation="depth below the upper edge of the B-scan",
            unit=unit("mm"),
            value_range=(0.0, float(grid.shape[1])),
            slope=g.axial_mm,
            intercept=0.0,
        )
    ]
    return shared


def _frame_groups(number: int) -> Dataset:
    content = Dataset()
    content.DimensionIndexValues = [number]
    which = Dataset()
    which.ReferencedSegmentNumber = number
    group = Dataset()
    group.FrameContentSequence = [content]
    group.SegmentIdentificationSequence = [which]
    return group
