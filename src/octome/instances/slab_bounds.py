"""Bounds of en face slabs as surfaces of their own, for the profile 2024c (PS3.3 A.57).

Each is a surface of a stored segmentation, moved along depth. It has a code of octome: with that of
the layer, software that picks surfaces by code would take it for the layer's own.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydicom.dataset import Dataset

from octome.instances.code import MORPHOLOGICAL_OPERATIONS
from octome.instances.composite import Series
from octome.instances.exam import Exam
from octome.instances.grid import Grid
from octome.instances.height_map import StoredHeightMap
from octome.instances.instance_kind import BOUNDS_LABEL
from octome.instances.segment import segments_by_name
from octome.instances.surface_segmentation import (
    StoredSurfaces,
    surface_segmentation,
)
from octome.octa.acquisition import Float32
from octome.octa.slab import Bound

METHOD = "surface moved along depth"


def slab_bounds_segmentation(
    surfaces: Mapping[str, Float32],
    grid: Grid,
    exam: Exam,
    series: Series,
    *,
    source: StoredSurfaces | StoredHeightMap,
) -> Dataset:
    """The instance of some bounds, derived from the surfaces of another instance.

    Parameters
    ----------
    surfaces : mapping of float32, (B, X)
        Rows by name of the bound, as `IPL-10um`.
    grid : Grid
        Of the structural volume.
    exam : Exam
    series : Series
    source : StoredSurfaces or StoredHeightMap
        The surfaces that were moved.

    Returns
    -------
    instance : Dataset
        Each segment states which segment of `source` it is derived from, and by how much it lies
        below it.

    Raises
    ------
    MissingFact
        No bound has a point.
    """
    ds = surface_segmentation(
        surfaces,
        grid,
        exam,
        series,
        structure=source.reference,
        method=(METHOD, {}),
        label=BOUNDS_LABEL,
        family=MORPHOLOGICAL_OPERATIONS,
    )
    segments = segments_by_name(source.header)
    for item in ds.SegmentSequence:
        bound = Bound.parse(item.SegmentLabel)
        number = segments[bound.surface].SegmentNumber
        offset_px = bound.offset_um / grid.geometry.axial_um
        item.SegmentDescription = (
            f"{bound.surface} (segment {number} of {source.reference.sop_instance}), moved by "
            f"{bound.offset_um:+g} um ({offset_px:+.4f} px) along depth"
        )
        (surface,) = item.ReferencedSurfaceSequence
        (used,) = surface.SegmentSurfaceGenerationAlgorithmIdentificationSequence
        used.AlgorithmParameters = (
            f"surface={bound.surface},segment={number},offset_um={bound.offset_um:g}"
        )
    return ds


def source_of_bounds(header: Dataset) -> str:
    """SOP Instance UID of the surfaces that were moved; empty if it is not stated."""
    for item in header.get("SegmentSequence") or []:
        for surface in item.get("ReferencedSurfaceSequence") or []:
            for source in surface.get("SegmentSurfaceSourceInstanceSequence") or []:
                return str(source.get("ReferencedSOPInstanceUID") or "")
    return ""
