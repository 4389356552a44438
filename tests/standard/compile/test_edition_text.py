"""The text of an edition's own source; every word is invented."""

from __future__ import annotations

from octome.standard.compile.address import Addresses
from octome.standard.compile.edition_text import GroupUse, OwnText, TextAndUrl
from octome.standard.compile.forest import Forest
from octome.standard.compile.texts import Texts
from octome.standard.sources.records import CiodRecord, EditionRecords, Fragment, Row, Table, Use

FROG = Fragment("<p>A frog.</p>")


def own_text() -> tuple[OwnText, Forest, Texts]:
    records = EditionRecords(edition="2020b", source="invented", dictionary="2020b")
    forest, texts = Forest(), Texts()
    return OwnText("2020b", forest, texts, Addresses(records, set(), [], []), {}), forest, texts


def test_equal_texts_have_one_number() -> None:
    text, _, texts = own_text()
    table = text.of_table("/modules/frog", Table("frog", "Frog", (), FROG, "http://z"))
    ciod = text.of_ciod(CiodRecord("frog-image", "Frog Image", FROG))
    assert table == TextAndUrl(1, "http://z")
    assert ciod == TextAndUrl(1, None)
    assert texts.words == {1: "A frog."}


def test_what_has_no_text_has_no_number() -> None:
    text, _, texts = own_text()
    assert text.number(None) is None
    assert text.condition("/modules/frog", Use("frog-image", "frog", "M")) is None
    assert texts.words == {}


def test_condition_is_words_and_not_markup() -> None:
    text, _, texts = own_text()
    use = Use("frog-image", "frog", "C", None, "Required if wet & legs < 4")
    number = text.condition("/modules/frog", use)
    assert number is not None
    assert texts.words[number] == "Required if wet & legs < 4"


def test_table_is_as_the_source_has_it() -> None:
    text, forest, _ = own_text()
    rows = [Row(0, "00990002", "1", FROG), Row(0, "00990001", "2")]
    level = text.level("/modules/frog", Table("frog", "Frog", rows))
    assert [line.tag for line in forest.levels[level]] == ["00990002", "00990001"]


def test_names_and_groups_are_left_to_the_source() -> None:
    text, _, _ = own_text()
    assert text.names() == {}
    assert text.group("frog-image", "00990009") == GroupUse()
