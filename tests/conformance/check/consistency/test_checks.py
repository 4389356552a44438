"""Rules of one kind of instance, broken one at a time."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pydicom import dcmread
from pydicom.data import get_testdata_file
from pydicom.dataset import Dataset
from small_instance import WrongIn

from octome.conformance.check.checker import Checker
from octome.conformance.check.consistency.checks import NEEDED, checks_of
from octome.conformance.synthesis.file import encoded_instance
from octome.conformance.synthesis.instance import make
from octome.dicom.part10 import read_encoded


def wrong_values(name: str, ds: Dataset) -> None:
    """Plant a wrong value of a kind."""
    surface = ds.SurfaceSequence[0] if "SurfaceSequence" in ds else Dataset()
    groups = ds.get("PerFrameFunctionalGroupsSequence") or [Dataset()]
    match name:
        case "surfaces":
            ds.NumberOfSurfaces = 9
        case "surface":
            surface.SurfaceNumber = 7
        case "points":
            surface.SurfacePointsSequence[0].NumberOfSurfacePoints = 77
        case "segment":
            identification = Dataset()
            identification.ReferencedSegmentNumber = 9
            groups[0].SegmentIdentificationSequence = [identification]
        case "window":
            ds.WindowCenter, ds.WindowWidth = [1, 2], [1]
        case "timezone":
            ds.TimezoneOffsetFromUTC = "+2500"
        case "document":
            ds.MIMETypeOfEncapsulatedDocument = "text/plain"
        case "title":
            del ds.ConceptNameCodeSequence


@pytest.mark.parametrize(
    ("name", "ciod", "found"),
    [
        ("surfaces", "surface-segmentation", "surfaces NumberOfSurfaces"),
        ("surface", "surface-segmentation", "surfaces SurfaceSequence[0].SurfaceNumber"),
        (
            "points",
            "surface-segmentation",
            "surfaces SurfaceSequence[0].SurfacePointsSequence[0].PointCoordinatesData",
        ),
        (
            "segment",
            "segmentation",
            "segment-number PerFrameFunctionalGroupsSequence[0].SegmentIdentificationSequence[0]"
            ".ReferencedSegmentNumber",
        ),
        ("window", "mr-image", "multiplicity WindowWidth"),
        ("timezone", "mr-image", "value-format TimezoneOffsetFromUTC"),
        ("document", "encapsulated-pdf", "enumerated MIMETypeOfEncapsulatedDocument"),
        ("title", "basic-text-sr", "missing ConceptNameCodeSequence"),
    ],
)
def test_the_rules_for_one_kind_are_checked(
    wrong_in: WrongIn,
    checker_2020: Checker,
    name: str,
    ciod: str,
    found: str,
) -> None:
    ds = dcmread(BytesIO(encoded_instance(make(checker_2020.book, ciod))))
    assert wrong_in(ds) == []
    wrong_values(name, ds)
    assert f"violation {found}" in wrong_in(ds)


@pytest.mark.parametrize("name", ["CT_small.dcm", "rtdose.dcm", "rtplan.dcm", "MR_small.dcm"])
def test_a_check_that_is_left_out_would_find_nothing(name: str) -> None:
    path = get_testdata_file(name)
    assert isinstance(path, str)
    encoded = read_encoded(Path(path))
    left_out = set(NEEDED) - set(checks_of(encoded))
    assert left_out
    assert not [found for check in left_out for found in check(encoded)]
