"""Bounds of slabs say what they are: moved surfaces, derived from surfaces, by how much."""

from __future__ import annotations

import numpy as np
from pydicom.dataset import Dataset

from octome.instances.composite import Series
from octome.instances.instance_kind import BOUNDS_LABEL
from octome.instances.slab_bounds import slab_bounds_segmentation, source_of_bounds
from octome.instances.surface_segmentation import read_surface_segmentation


def test_a_bound_says_what_it_is_derived_from_and_by_how_much(tiny, tiny_files) -> None:
    source = read_surface_segmentation(tiny_files["surfaces"])
    rows = {"ILM+6um": np.full(tiny.rows["ILM"].shape, 3.0, np.float32)}
    ds = slab_bounds_segmentation(rows, tiny.grid, tiny.exam, Series(number=8), source=source)
    (item,) = ds.SegmentSequence
    number, um = source.numbers["ILM"], tiny.grid.geometry.axial_um
    assert ds.ContentLabel == BOUNDS_LABEL
    assert item.SegmentLabel == "ILM+6um"
    assert item.SegmentDescription == (
        f"ILM (segment {number} of {source.header.SOPInstanceUID}), moved by +6 um "
        f"({6 / um:+.4f} px) along depth"
    )
    (surface,) = item.ReferencedSurfaceSequence
    (used,) = surface.SegmentSurfaceGenerationAlgorithmIdentificationSequence
    assert used.AlgorithmFamilyCodeSequence[0].CodeValue == "123104"
    assert used.AlgorithmParameters == f"surface=ILM,segment={number},offset_um=6"
    assert source_of_bounds(ds) == source.header.SOPInstanceUID
    assert source_of_bounds(Dataset()) == ""
    (listed,) = ds.ReferencedSeriesSequence
    (instance,) = listed.ReferencedInstanceSequence
    assert instance.ReferencedSOPInstanceUID == source.header.SOPInstanceUID
