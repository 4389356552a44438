"""Items of one shape: read by their headers as they are read element by element."""

from __future__ import annotations

import random

import pytest
from encoded_bytes import ITEM, ITEM_END, UNDEFINED, element, implicit, marker

from octome.dicom import reader
from octome.dicom.data_set import DataSet
from octome.dicom.dictionary import pydicom_vrs
from octome.dicom.encoding import EXPLICIT, IMPLICIT, Encoding
from octome.dicom.problem import Problems
from octome.dicom.reader import DataSetReader
from octome.dicom.tag import TAG

FRAMES, POSITION = TAG.PerFrameFunctionalGroupsSequence, TAG.PlanePositionSequence
NEVER = 10**9


def frame(text: str, *, is_undefined: bool = False) -> bytes:
    """A frame with a position; its text varies, and has the length that it needs."""
    value = element(TAG.ImagePositionPatient, "DS", text.encode())
    inside = marker(ITEM, UNDEFINED if is_undefined else len(value)) + value
    inside += marker(ITEM_END) if is_undefined else b""
    group = element(0x00189004, "CS", b"1 ") + element(POSITION, "SQ", inside)
    if is_undefined:
        return marker(ITEM, UNDEFINED) + group + marker(ITEM_END)
    return marker(ITEM, len(group)) + group


def read(
    content: bytes, encoding: Encoding = EXPLICIT, most: int = 10_000
) -> tuple[DataSet, list[object]]:
    problems, ds = Problems(), DataSet(content, encoding.is_little_endian)
    one = DataSetReader(content, pydicom_vrs(), problems, encoding, most_elements=most)
    return ds, [one.read(ds, 0), one.is_whole, *problems.found]


def described(ds: DataSet) -> list[object]:
    """All that a data set has, with where it is."""
    return [
        (each.place, each.cut_at, one.tag, one.vr, each.start(one), one.length, one.is_empty)
        for each in ds.walk.data_sets
        for one in each
    ] + [{tag: [ds.place for ds in having] for tag, having in ds.walk.by_tag.items()}]


@pytest.mark.parametrize("is_undefined", [False, True])
def test_alike_items_share_their_elements(*, is_undefined: bool) -> None:
    frames = [frame(f"{n:02}", is_undefined=is_undefined) for n in range(30)]
    ds, _ = read(element(FRAMES, "SQ", b"".join(frames)))
    inside = [one.items(POSITION)[0] for one in ds.items(FRAMES)]
    assert [one.text(TAG.ImagePositionPatient) for one in inside] == [f"{n:02}" for n in range(30)]
    assert inside[20].elements is inside[29].elements
    assert inside[29].place == ((FRAMES, 29), (POSITION, 0))
    assert [len(items) for items in ds.walk.alike.values()] == [23]


def test_damaged_items_are_read_as_they_are_without_shapes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = random.Random(4)
    for _ in range(400):
        frames = [
            frame("7" * chance.choice((2, 2, 4)), is_undefined=chance.random() < 0.1)
            for _ in range(24)
        ]
        content = bytearray(element(FRAMES, "SQ", b"".join(frames)))
        for _ in range(chance.choice((0, 1, 1, 3))):
            content[chance.randrange(12, len(content))] = chance.choice((0, 1, 65, 255))
        whole = bytes(content[: chance.choice((len(content), chance.randrange(20, len(content))))])
        most = chance.choice((10_000, chance.randrange(150)))
        monkeypatch.setattr(reader, "WORTH_COMPARING", 2)
        with_shapes, found = read(whole, most=most)
        monkeypatch.setattr(reader, "WORTH_COMPARING", NEVER)
        without, expected = read(whole, most=most)
        assert found == expected
        assert described(with_shapes) == described(without)


def test_items_in_implicit_vr_have_shapes_too() -> None:
    value = implicit(TAG.ImagePositionPatient, b"12")
    ds, _ = read(implicit(POSITION, (marker(ITEM, len(value)) + value) * 20), IMPLICIT)
    assert ds.items(POSITION)[19].text(TAG.ImagePositionPatient) == "12"
    assert ds.items(POSITION)[19].shape is ds.items(POSITION)[10].shape is not None


def test_items_with_unknown_vrs_have_no_shape() -> None:
    value = element(TAG.ImagePositionPatient, "UN", b"12")
    ds, _ = read(element(POSITION, "SQ", (marker(ITEM, len(value)) + value) * 20))
    assert {item.shape for item in ds.items(POSITION)} == {None}
