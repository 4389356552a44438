"""Attributes that contradict each other, planted one at a time into clean instances."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from planted import reported
from pydicom.dataset import Dataset

from octome.conformance.check.checker import Checker
from octome.conformance.synthesis.file import encoded_instance
from octome.conformance.synthesis.instance import make
from octome.dicom.part10 import read_encoded

Plant = Callable[[Dataset], None]


def beam(ds: Dataset) -> Dataset:
    return ds.BeamSequence[0]


def set_on(of: Callable[[Dataset], Dataset], keyword: str, value: object) -> Plant:
    return lambda ds: setattr(of(ds), keyword, value)


def root(ds: Dataset) -> Dataset:
    return ds


def content(ds: Dataset) -> Dataset:
    return ds.ContentSequence[0]


PLANTED: list[tuple[str, str, Plant]] = [
    ("rt-plan", "BeamSequence[0].NumberOfControlPoints", set_on(beam, "NumberOfControlPoints", 9)),
    ("rt-plan", "BeamSequence[0].NumberOfWedges", set_on(beam, "NumberOfWedges", 9)),
    (
        "rt-structure-set",
        "ROIContourSequence[0].ReferencedROINumber",
        set_on(lambda ds: ds.ROIContourSequence[0], "ReferencedROINumber", 99),
    ),
    (
        "rt-structure-set",
        "RTROIObservationsSequence[0].ReferencedROINumber",
        set_on(lambda ds: ds.RTROIObservationsSequence[0], "ReferencedROINumber", 99),
    ),
    ("rt-dose", "BitsStored", set_on(root, "BitsStored", 12)),
    ("comprehensive-sr", "ContentSequence[0].ValueType", set_on(content, "ValueType", "FROG")),
    (
        "vl-whole-slide-microscopy-image",
        "NumberOfOpticalPaths",
        set_on(root, "NumberOfOpticalPaths", 7),
    ),
    (
        "vl-whole-slide-microscopy-image",
        "PositionReferenceIndicator",
        set_on(root, "PositionReferenceIndicator", "POND"),
    ),
    (
        "vl-whole-slide-microscopy-image",
        "ImagedVolumeDepth",
        set_on(root, "ImagedVolumeDepth", 0.0),
    ),
    (
        "segmentation",
        "SegmentSequence[0].SegmentNumber",
        set_on(lambda ds: ds.SegmentSequence[0], "SegmentNumber", 5),
    ),
]


@pytest.mark.parametrize(
    ("ciod", "path", "plant"), PLANTED, ids=[f"{ciod} {path}" for ciod, path, _ in PLANTED]
)
def test_a_planted_contradiction_is_found(
    checker_2020: Checker, ciod: str, path: str, plant: Plant
) -> None:
    def found(ds: Dataset) -> set[str]:
        encoded = read_encoded(encoded_instance(ds), checker_2020.book.dictionary.vr_of)
        return {path for _, path in reported(checker_2020, encoded)}

    ds = make(checker_2020.book, ciod, all_optional=True)
    before = found(ds)
    plant(ds)
    assert path in found(ds) - before
