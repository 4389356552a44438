"""What pages in the terminal are written with."""

from __future__ import annotations

from octome.standard.block import Block
from octome.standard.model.page import Link
from octome.standard.model.text import Text
from octome.terminal.sheet import Sheet

CROAK = (Block(kind="paragraph", words="Frogs croak."),)


def test_text_says_first_whose_it_is_if_it_is_borrowed() -> None:
    pond = Link("/modules/pond", "Pond")
    assert Sheet().text(Text(CROAK, "2020b"), "2020b") == ["Frogs croak."]
    assert Sheet().text(Text(CROAK, "2019a"), "2020b") == ["[text of 2019a]", "Frogs croak."]
    assert Sheet().text(Text(CROAK, "2019a", pond), "2020b", 1) == [
        " [text of 2019a, from Pond: /modules/pond]",
        " Frogs croak.",
    ]


def test_what_is_not_there_has_no_lines() -> None:
    sheet = Sheet()
    assert sheet.text(None, "2020b") == sheet.described(None, "2020b") == []
    assert sheet.inclusions(()) == sheet.citations(()) == sheet.url(None) == []


def test_details_are_those_that_are_known() -> None:
    lines = list(Sheet().details("(0010,0010)", "PatientName", "", "1", None))
    assert lines == [
        "Tag                 (0010,0010)",
        "Keyword             PatientName",
        "Value multiplicity  1",
    ]
