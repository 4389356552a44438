"""Numbers of items and of values, and how items are numbered: rows of the table, good and bad."""

from __future__ import annotations

import pytest
from pydicom.dataset import Dataset
from small_instance import dataset, encoded, found_by

from octome.conformance.check.consistency.item_rules import item_rules
from octome.dicom.part10 import read_encoded


def beams(*numbers: int) -> Dataset:
    return dataset(BeamSequence=[dataset(BeamNumber=number) for number in numbers])


def slabs(*numbers: int, stated: int = 2) -> Dataset:
    slabs = [dataset(BlockSlabNumber=number) for number in numbers]
    return dataset(
        IonBlockSequence=[dataset(NumberOfBlockSlabItems=stated, BlockSlabSequence=slabs)]
    )


def levels(*values: int) -> Dataset:
    return dataset(LuminanceResponseSequence=[dataset(DDLValue=value) for value in values])


def tasks(*orders: int | None) -> Dataset:
    items = [Dataset() if order is None else dataset(BeamOrderIndex=order) for order in orders]
    return dataset(BeamTaskSequence=items)


def powers(*chosen: str) -> Dataset:
    return dataset(IOLPowerSequence=[dataset(PreSelectedForImplantation=one) for one in chosen])


def boxes(*layouts: str) -> Dataset:
    return dataset(ImageBoxesSequence=[dataset(ImageBoxLayoutType=layout) for layout in layouts])


def dose(summation: str, plans: int) -> Dataset:
    return dataset(DoseSummationType=summation, ReferencedRTPlanSequence=[Dataset()] * plans)


def leaves(pairs: int, *boundaries: int) -> Dataset:
    device = dataset(NumberOfLeafJawPairs=pairs, LeafPositionBoundaries=list(boundaries))
    return dataset(BeamSequence=[dataset(BeamLimitingDeviceSequence=[device])])


def components(classified: int, composed: int) -> Dataset:
    return dataset(
        PresentationStateClassificationComponentSequence=[Dataset()] * classified,
        PresentationStateCompositorComponentSequence=[Dataset()] * composed,
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
        (levels(0, 3, 7), []),
        (levels(1, 3), ["violation numbering LuminanceResponseSequence[0].DDLValue"]),
        (levels(0, 3, 3), ["violation numbering LuminanceResponseSequence[2].DDLValue"]),
        (tasks(1, 2), []),
        (tasks(None, None), []),
        (tasks(1, None), ["violation missing BeamTaskSequence[1].BeamOrderIndex"]),
        (powers("NO", "YES"), []),
        (powers("YES", "YES"), ["violation count IOLPowerSequence"]),
        (boxes("TILED", "TILED"), []),
        (boxes("STACK"), []),
        (boxes("STACK", "TILED"), ["violation count ImageBoxesSequence"]),
        (dose("PLAN", 1), []),
        (dose("PLAN", 2), ["violation count ReferencedRTPlanSequence"]),
        (dose("MULTI_PLAN", 2), []),
        (dose("MULTI_PLAN", 1), ["violation count ReferencedRTPlanSequence"]),
        (dose("RECORD", 0), []),
        (leaves(2, -1, 0, 1), []),
        (
            leaves(2, -1, 0),
            [
                "violation count BeamSequence[0].BeamLimitingDeviceSequence[0]"
                ".LeafPositionBoundaries"
            ],
        ),
        (components(3, 2), []),
        (components(3, 3), ["violation count PresentationStateCompositorComponentSequence"]),
        (dataset(ShutterShape=["RECTANGULAR", "CIRCULAR"]), []),
        (
            dataset(ShutterShape=["BITMAP", "CIRCULAR"]),
            ["violation count ShutterShape"],
        ),
        (dataset(CollimatorShape=["CIRCULAR", "CIRCULAR"]), ["violation count CollimatorShape"]),
        (
            dataset(DeformableRegistrationSequence=[Dataset()]),
            ["violation missing DeformableRegistrationSequence"],
        ),
        *(
            (dataset(DataFrameAssignmentSequence=[Dataset()] * count), expected)
            for count, expected in (
                (3, []),
                (4, ["violation count DataFrameAssignmentSequence"]),
            )
        ),
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
