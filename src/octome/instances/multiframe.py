"""Functional groups of the multi-frame instances (PS3.3 C.7.6.16), and the dimension (C.7.6.17)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from highdicom import PixelMeasuresSequence, PlaneOrientationSequence, PlanePositionSequence
from pydicom.dataset import Dataset
from pydicom.tag import Tag
from pydicom.valuerep import DT

from octome.errors import MissingFact
from octome.instances.grid import Float64, Grid
from octome.instances.scale import Scale
from octome.instances.scan_track import ScanTrack
from octome.instances.uid import derived_uid

STACK = "1"
SAME_DIRECTION = 1e-9  # of unit vectors


@dataclass(frozen=True)
class Timing:
    """When the B-scans of a raster were taken."""

    repeats: int
    """B-scans at each position."""
    repeat_interval_ms: float
    """From one to the next."""
    ascan_rate_hz: float | None = None

    def __post_init__(self) -> None:
        if self.repeats < 1 or not self.repeat_interval_ms > 0:
            raise MissingFact(
                f"a scan has 1 or more repeats and more than 0 ms between them; found "
                f"{self.repeats} and {self.repeat_interval_ms} ms",
                missing="timing",
            )

    @property
    def frame_ms(self) -> float:
        """All repeats at one position."""
        return self.repeats * self.repeat_interval_ms

    def begin(self, frame: int, acquired: datetime) -> datetime:
        """When the first repeat at a position began."""
        return acquired + timedelta(milliseconds=frame * self.frame_ms)


def write_groups(
    ds: Dataset,
    placement: Grid | ScanTrack,
    slice_mm: float,
    shared: Dataset,
    per_frame: Callable[[int], Dataset],
) -> None:
    """The functional groups and the one dimension of a stack of B-scans.

    Parameters
    ----------
    ds : Dataset
        To write into.
    placement : Grid or ScanTrack
        Of B-scans that are not planes, as a circle, position and orientation stay without values.
    slice_mm : float
        Nominal thickness of a B-scan: from the beam's width, not the pitch.
    shared : Dataset
        More of the shared groups.
    per_frame : callable
        Gives the groups of one frame, with the frame's time where it has one in Frame Content.
    """
    groups = [per_frame(frame) for frame in range(placement.shape[0])]
    if not write_planes(shared, groups, placement, slice_mm):
        # PS3.3 C.7.6.16.2.3 and .4: the values are required of volumes only.
        shared.PlanePositionSequence, shared.PlaneOrientationSequence = [Dataset()], [Dataset()]
    ds.SharedFunctionalGroupsSequence = [shared]
    for frame, group in enumerate(groups):
        content = group.FrameContentSequence[0]
        content.StackID, content.InStackPositionNumber = STACK, frame + 1
        content.DimensionIndexValues = [frame + 1]
    ds.PerFrameFunctionalGroupsSequence = groups
    ds.NumberOfFrames = placement.shape[0]
    write_dimension(ds, "InStackPositionNumber", "FrameContentSequence")


def write_planes(
    shared: Dataset, groups: Sequence[Dataset], placement: Grid | ScanTrack, slice_mm: float
) -> bool:
    """The functional groups that state where each B-scan lies.

    Parameters
    ----------
    shared : Dataset
        The shared groups, to write into.
    groups : sequence of Dataset
        Those of each frame, to write into.
    placement : Grid or ScanTrack
    slice_mm : float
        Nominal thickness of a B-scan.

    Returns
    -------
    has_planes : bool
        Whether the B-scans are planes; position and orientation are not written otherwise.
    """
    g = placement.geometry
    # Given by the acquisition, all of it nominal (PS3.3 A.52.4.3.1).
    shared.PixelMeasuresSequence = PixelMeasuresSequence(
        pixel_spacing=(g.axial_mm, g.ascan_mm),
        slice_thickness=slice_mm,
        # B-scans of other scans have no common distance.
        spacing_between_slices=g.bscan_mm if isinstance(placement, Grid) else None,
    )
    turns = _orientations(placement)
    if turns is None:
        return False
    is_one = bool(np.allclose(turns, turns[0], atol=SAME_DIRECTION))
    if is_one:
        shared.PlaneOrientationSequence = PlaneOrientationSequence("PATIENT", turns[0])
    for frame, (group, position) in enumerate(zip(groups, placement.positions(), strict=True)):
        group.PlanePositionSequence = PlanePositionSequence("PATIENT", position)
        if not is_one:
            group.PlaneOrientationSequence = PlaneOrientationSequence("PATIENT", turns[frame])
    return True


def _orientations(placement: Grid | ScanTrack) -> Float64 | None:
    """Image Orientation (Patient) of each B-scan, (B, 6) or (1, 6) for all; None without planes."""
    if isinstance(placement, Grid):
        return np.array([placement.orientation])
    return placement.orientations


def frame_content(frame: int, acquired: datetime, timing: Timing | None) -> Dataset:
    """The groups of one frame, so far Frame Content; with times if the scanner stated them."""
    content = Dataset()
    if timing is not None:
        begin = timing.begin(frame, acquired)
        middle = begin + timedelta(milliseconds=timing.frame_ms / 2)
        content.FrameReferenceDateTime = DT(middle)
        content.FrameAcquisitionDateTime = DT(begin)
        content.FrameAcquisitionDuration = timing.frame_ms
    group = Dataset()
    group.FrameContentSequence = [content]
    return group


def frame_anatomy(laterality: str, region: Dataset) -> list[Dataset]:
    """Frame Anatomy Sequence: which eye, and what of it."""
    item = Dataset()
    item.FrameLaterality = laterality
    item.AnatomicRegionSequence = [region]
    return [item]


def value_mapping(scale: Scale) -> list[Dataset]:
    """Real World Value Mapping Sequence: the meaning of stored values."""
    return [scale.mapping()]


def write_dimension(ds: Dataset, keyword: str, group: str) -> None:
    """The one dimension in which frames differ: an attribute of a functional group."""
    organization = Dataset()
    organization.DimensionOrganizationUID = derived_uid("dimensions", ds.SOPInstanceUID)
    ds.DimensionOrganizationSequence = [organization]
    index = Dataset()
    index.DimensionOrganizationUID = organization.DimensionOrganizationUID
    index.DimensionIndexPointer = Tag(keyword)
    index.FunctionalGroupPointer = Tag(group)
    ds.DimensionIndexSequence = [index]
