"""Texts while they are compiled. All sentences are invented."""

from __future__ import annotations

from invented_source import whole_edition

from octome.standard.block import Block
from octome.standard.compile.address import Addresses
from octome.standard.compile.markup import read_html
from octome.standard.compile.texts import Texts, plain_fragment


def test_words_without_markup_are_not_changed() -> None:
    words = "If A & B < C, &amp; not <p>."
    assert read_html(plain_fragment(words)) == (Block(kind="phrase", words=words),)


def test_context_group_has_its_first_name_in_the_newest_edition_that_names_it() -> None:
    texts = Texts()
    addresses = Addresses(whole_edition("2020b"), kept=(), cids=(), sections=())
    for edition, words in (
        ("2013", "See CID 7 “Teas” and CID 8 “Leaves”."),
        ("2020b", "See CID 7 “Hot Teas”, also CID 7 “Teas again”."),
    ):
        texts.add(edition, (Block(kind="paragraph", words=words),), addresses)
    assert texts.context_group_names() == {7: "Hot Teas", 8: "Leaves"}
