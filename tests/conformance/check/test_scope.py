"""The scope of a condition: which data set an attribute is looked up in."""

from __future__ import annotations

import pytest

from octome.conformance.check.scope import Instance, Scope, code_of, is_readable
from octome.dicom.data_set import DataSet, Element
from octome.dicom.tag import TAG

SHARED, FRAMES = TAG.SharedFunctionalGroupsSequence, TAG.PerFrameFunctionalGroupsSequence


def data_set(parent: DataSet | None = None, sequence: int = 0, **values: str) -> DataSet:
    """A data set with text values by keyword; an item of a sequence of its parent."""
    raw = "".join(values.values()).encode()
    ds, at = DataSet(raw, is_little_endian=True, parent=parent, parent_sequence=sequence), 0
    for keyword, value in values.items():
        ds.elements[getattr(TAG, keyword)] = Element(getattr(TAG, keyword), "CS", at, len(value))
        at += len(value)
    if parent is not None:
        element = parent.elements.setdefault(sequence, Element(sequence, "SQ", 0, 0, items=[]))
        assert element.items is not None
        element.items.append(ds)
    return ds


def scope(root: DataSet, ds: DataSet, *siblings: int) -> Scope:
    return Scope(Instance(root), ds, frozenset(siblings))


def test_an_attribute_of_the_data_set_itself_is_meant_first() -> None:
    root = data_set(Modality="CT")
    item = data_set(root, TAG.ReferencedSOPSequence, Modality="MR")
    assert scope(root, item, TAG.Modality).values(TAG.Modality) == [("MR",)]


def test_a_sibling_that_is_missing_is_not_looked_up_elsewhere() -> None:
    root = data_set(Modality="CT")
    item = data_set(root, TAG.ReferencedSOPSequence)
    assert scope(root, item, TAG.Modality).presence(TAG.Modality) is False


def test_other_attributes_are_looked_up_in_the_parents() -> None:
    root = data_set(Modality="CT")
    item = data_set(root, TAG.ReferencedSOPSequence)
    assert scope(root, item).values(TAG.Modality) == [("CT",)]


def test_a_frame_finds_its_own_groups_then_the_shared_ones() -> None:
    root = data_set()
    shared, frame = data_set(root, SHARED), data_set(root, FRAMES)
    data_set(shared, TAG.FrameContentSequence, Modality="SHARED", BodyPartExamined="EYE")
    own = data_set(frame, TAG.FrameContentSequence, Modality="OWN")
    here = data_set(frame, TAG.PlanePositionSequence)
    assert own.parent is frame
    assert scope(root, here).values(TAG.Modality) == [("OWN",)]
    assert scope(root, here).values(TAG.BodyPartExamined) == [("EYE",)]


def test_an_attribute_only_in_an_unrelated_item_is_undecided() -> None:
    root = data_set()
    data_set(root, TAG.SourceImageSequence, Modality="CT")
    item = data_set(root, TAG.ReferencedSOPSequence)
    assert scope(root, item).presence(TAG.Modality) is None
    assert scope(root, item).presence(TAG.BodyPartExamined) is False


@pytest.mark.parametrize("keyword", ["CodeValue", "LongCodeValue", "URNCodeValue"])
def test_a_code_is_in_one_of_three_attributes(keyword: str) -> None:
    item = data_set(**{keyword: "121311", "CodingSchemeDesignator": "DCM"})
    assert code_of(item) == ("DCM", "121311")


@pytest.mark.parametrize(
    ("vr", "raw", "readable"),
    [
        ("IS", b"12", True),
        ("IS", b"1A", False),
        ("IS", b"1_0 ", False),
        ("IS", b"", True),
        ("DS", b"1.5\\-.5E3", True),
        ("DS", b"1.5\\nan", False),
        ("US", b"\x01\x00", True),
        ("US", b"\x01\x00\x00", False),
        ("FD", b"\x01\x00", False),
        ("CS", b"1A", True),
    ],
)
def test_a_number_that_cannot_be_read_decides_nothing(vr: str, raw: bytes, readable: bool) -> None:
    root = DataSet(raw, is_little_endian=True)
    root.elements[TAG.NumberOfFrames] = Element(TAG.NumberOfFrames, vr, 0, len(raw))
    assert is_readable(root, TAG.NumberOfFrames) is readable
    assert (scope(root, root).values(TAG.NumberOfFrames) is None) is not readable
    root.cut_at = TAG.NumberOfFrames
    assert scope(root, root).values(TAG.NumberOfFrames) is None
