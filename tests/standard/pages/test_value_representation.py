"""Value representations: their row of a table, our own words, and the attributes that have them."""

from __future__ import annotations

from octome.standard.block import Block
from octome.standard.library import Library
from octome.standard.model.dictionary import AttributeIndex
from octome.standard.model.text import Text
from octome.standard.model.value_representation import CONTENTS, VALUE_REPRESENTATIONS
from octome.standard.pages.value_representation import row_of


def row(kind: str, *words: str) -> Block:
    cells = tuple(Block(kind=kind, words=word) for word in words)  # type: ignore[arg-type]
    return Block(kind="row", blocks=cells)


def test_row_has_its_cells_under_their_headings() -> None:
    head = Block(kind="head", blocks=(row("heading cell", "VR", "Frogs", "Length"),))
    table = Block(kind="table", blocks=(head, row("cell", "AE", "a", "b"), row("cell", "AS")))
    text = Text((Block(kind="figure", blocks=(table,)),), "2024a")
    found = [(name, cell.paragraphs) for name, cell in row_of("AE", text)]
    assert found == [("Frogs", ["a"]), ("Length", ["b"])]
    assert row_of("AS", text) == row_of("ZZ", text) == ()


def test_every_value_representation_has_our_own_words() -> None:
    assert CONTENTS.keys() == VALUE_REPRESENTATIONS.keys()


def test_attributes_of_a_value_representation_may_have_others_too(library: Library) -> None:
    page = library.at("/attributes/ow")
    assert isinstance(page, AttributeIndex)
    assert page.vr is not None
    assert (page.vr.title, page.vr.row, page.group) == ("Other Word (OW)", (), "")
    assert {"OW", "OB or OW"} <= {term.vr for term in page.terms}
    assert all("OW" in term.vr.split(" or ") for term in page.terms)
