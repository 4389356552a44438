"""Templates in the store: links on what their cells name, and who refers to whom."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from invented_source import InventedSource, compiled
from invented_templates import with_templates

from octome.standard.block import Block, Span
from octome.standard.compile.templates import with_links


def test_reference_is_one_link_with_its_letter() -> None:
    block = Block(
        kind="paragraph", words="DCID 7 “Tea” is green", spans=(Span("link", 1, 12, "PS3.16#x"),)
    )
    (linked,) = with_links((block,))
    assert linked.spans == (Span("link", 0, 12, "PS3.16#sect_CID_7"),)


def test_what_the_source_has_not_linked_is_linked_inside_a_list_too() -> None:
    item = Block(kind="item", words="$Leg = DTID 10B")
    (linked,) = with_links((Block(kind="list", blocks=(item,)),))
    assert linked.blocks[0].spans == (Span("link", 7, 15, "PS3.16#sect_TID_10B"),)


def test_codes_of_rows_are_in_the_store(tmp_path: Path) -> None:
    with compiled(tmp_path / "s.sqlite", InventedSource(editions=(with_templates(),))):
        db = sqlite3.connect(tmp_path / "s.sqlite")
        rows = db.execute("SELECT scheme, value, tid, position FROM template_code").fetchall()
        db.close()
    assert rows == [("99FROG", "1", "9", 0), ("UCUM", "mm", "9", 1)]


def test_code_leads_to_its_page_and_nowhere_else() -> None:
    words = 'EV (1, 99FROG, "Frog")'
    block = Block(
        kind="paragraph", words=words, spans=(Span("link", 3, 22, "http://frogs.example"),)
    )
    (linked,) = with_links((block,))
    assert linked.spans == (Span("link", 3, 22, "/codes/99FROG/1"),)
