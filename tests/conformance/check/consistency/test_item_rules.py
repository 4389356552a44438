"""Numbers of items and values, numbering, ranges: a row of the table, good and bad."""

from __future__ import annotations

from importlib.resources import files

import pytest
from pydicom.datadict import keyword_for_tag
from pydicom.dataset import Dataset
from small_instance import dataset, encoded, found_by

from octome.conformance.check.consistency.item_rules import RULES, item_rules
from octome.dicom.part10 import read_encoded

TABLE = files("octome.conformance.check.consistency").joinpath("item_rules.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines()[1:]]


def beams(*numbers: int) -> Dataset:
    return dataset(BeamSequence=[dataset(BeamNumber=number) for number in numbers])


def slabs(*numbers: int, stated: int = 2) -> Dataset:
    slabs = [dataset(BlockSlabNumber=number) for number in numbers]
    return dataset(
        IonBlockSequence=[dataset(NumberOfBlockSlabItems=stated, BlockSlabSequence=slabs)]
    )


@pytest.mark.parametrize(
    ("ds", "expected"),
    [
        (beams(1, 2, 3), []),
        (beams(1, 2, 1), ["violation numbering BeamSequence[0].BeamNumber"]),
        (slabs(1, 2), []),
        (
            slabs(1, 3),
            ["violation numbering IonBlockSequence[0].BlockSlabSequence[1].BlockSlabNumber"],
        ),
        (slabs(1, 2, stated=3), ["violation count IonBlockSequence[0].NumberOfBlockSlabItems"]),
        (dataset(NumberOfBlockSlabItems=3), []),  # its absence is another finding
        (dataset(OperatorsName=["A", "B"], OperatorIdentificationSequence=[Dataset()]), []),
        (
            dataset(OperatorsName=["A"], OperatorIdentificationSequence=[Dataset(), Dataset()]),
            ["violation count OperatorIdentificationSequence"],
        ),
        (
            dataset(LossyImageCompressionMethod="ISO_10918_1", LossyImageCompressionRatio=[2, 3]),
            ["violation count LossyImageCompressionMethod"],
        ),
        (dataset(LossyImageCompressionMethod="ISO_10918_1", LossyImageCompressionRatio=2), []),
        (dataset(BlockNumberOfPoints=2, BlockData=[1, 2, 3, 4]), []),
        (dataset(BlockNumberOfPoints=2, BlockData=[1, 2, 3]), ["violation count BlockData"]),
        (dataset(NumberOfFrames=0), ["violation range NumberOfFrames"]),
        (dataset(NumberOfFrames=1), []),
        (dataset(RadiationType="PHOTON", NominalBeamEnergyUnit="MV"), []),
        (
            dataset(RadiationType="ELECTRON", NominalBeamEnergyUnit="MV"),
            ["violation enumerated NominalBeamEnergyUnit"],
        ),
        (dataset(ImageType=["DERIVED", "PRIMARY", "TOMO"], NumberOfDetectors=2), []),
        (
            dataset(ImageType=["DERIVED", "PRIMARY", "RECON TOMO"], NumberOfDetectors=2),
            ["violation enumerated NumberOfDetectors"],
        ),
        (dataset(RotationAngle=361.0), ["violation range RotationAngle"]),
    ],
)
def test_a_data_set_follows_the_table(ds: Dataset, expected: list[str]) -> None:
    assert found_by(item_rules, ds) == expected


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (2**31 - 1, "it is 2,147,483,647, but BlockSlabSequence has 1 item"),
        (2, "it is 2, but BlockSlabSequence has 1 item"),
    ],
)
def test_numbers_are_shown_in_full(number: int, message: str) -> None:
    [found] = item_rules(read_encoded(encoded(slabs(1, stated=number))))
    assert found.message == message


@pytest.mark.parametrize(("label", "is_wrong"), [("YES", False), ("NO", True)])
def test_an_overview_of_a_slide_has_its_label(label: str, is_wrong: bool) -> None:
    ds = dataset(ImageType=["ORIGINAL", "PRIMARY", "OVERVIEW"], SpecimenLabelInImage=label)
    assert found_by(item_rules, ds) == ["violation enumerated SpecimenLabelInImage"] * is_wrong


def test_every_row_names_its_attributes_and_a_rule() -> None:
    assert len(ROWS) > 140
    for rule, tag, keyword, other, other_keyword, *_ in ROWS:
        assert rule in RULES
        assert keyword_for_tag(int(tag, 16)) == keyword
        assert (keyword_for_tag(int(other, 16)) if other else "") == other_keyword
