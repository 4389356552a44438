"""The attributes that decide a condition."""

from __future__ import annotations

import pytest
from small_instance import dataset, encoded

from octome.conformance.check.scope import Instance, Scope
from octome.conformance.rules.condition.expression import (
    Compares,
    Constant,
    Demanded,
    Equals,
    Expression,
    Predicate,
    Present,
)
from octome.conformance.rules.condition.logic import All, AnyOf, Not
from octome.conformance.rules.condition.reason import deciding
from octome.dicom.part10 import read_encoded
from octome.dicom.tag import TAG

FRAMES = Compares(TAG.NumberOfFrames, ">", 1)
MODALITY, STUDY = Equals(TAG.Modality, ("MR",)), Present(TAG.StudyID)


@pytest.mark.parametrize(
    ("condition", "tags"),
    [
        (FRAMES, [TAG.NumberOfFrames]),
        (Not(MODALITY), [TAG.Modality]),
        (All((FRAMES, Not(STUDY))), [TAG.NumberOfFrames, TAG.StudyID]),
        (All((FRAMES, MODALITY)), [TAG.Modality]),  # it is false, and the reason
        (AnyOf((MODALITY, FRAMES)), [TAG.NumberOfFrames]),
        (AnyOf((MODALITY, STUDY)), [TAG.Modality, TAG.StudyID]),
        (Constant(True), []),
        (Demanded(TAG.Modality), []),
        (Predicate("referenced-image-has-frames"), [TAG.ReferencedSOPClassUID]),
        (Predicate("item-is-the-root"), []),
    ],
)
def test_what_decides_a_condition(condition: Expression, tags: list[int]) -> None:
    ds = read_encoded(encoded(dataset(NumberOfFrames=2, Modality="CT"))).data_set
    scope = Scope(Instance(ds), ds, frozenset(ds.elements))
    assert list(deciding(condition, scope)) == tags
