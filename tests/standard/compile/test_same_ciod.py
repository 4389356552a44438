"""The same CIOD in several editions, by invented ones."""

from __future__ import annotations

from octome.standard.compile.same_ciod import SameCiods
from octome.standard.sources.records import CiodRecord, EditionRecords


def edition(name: str, **ciod_of_sop_class: str) -> EditionRecords:
    ids = dict.fromkeys(ciod_of_sop_class.values())
    return EditionRecords(
        edition=name,
        source="",
        dictionary="",
        ciods=[CiodRecord(id_, None) for id_ in ids],
        sop_classes=ciod_of_sop_class,
    )


def test_same_id_is_the_same_ciod() -> None:
    same = SameCiods()
    assert same.add(edition("2013", a="frog")) == {"frog": "frog"}
    assert same.add(edition("2014a", b="frog", c="toad")) == {"frog": "frog", "toad": "toad"}


def test_renamed_twice_is_the_same_by_its_sop_class() -> None:
    same = SameCiods()
    for name, id_ in (("2013", "frog"), ("2014a", "frog-image"), ("2015a", "image-of-frog")):
        assert same.add(edition(name, a=id_)) == {id_: "frog"}


def test_id_counts_more_than_sop_class() -> None:
    same = SameCiods()
    same.add(edition("2013", a="frog", b="toad"))
    assert same.add(edition("2014a", b="frog"))["frog"] == "frog"


def test_one_ciod_that_became_two_is_not_the_same_as_both() -> None:
    same = SameCiods()
    same.add(edition("2013", a="frog", b="frog"))
    assert same.add(edition("2014a", a="left-frog", b="right-frog")) == {
        "left-frog": "frog",
        "right-frog": "right-frog",
    }
    assert same.add(edition("2015a", a="frog", b="new-frog")) == {
        "frog": "frog",
        "new-frog": "right-frog",
    }
