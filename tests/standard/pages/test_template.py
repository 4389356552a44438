"""Pages of templates, from invented ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from invented_source import InventedSource, compiled
from invented_templates import with_templates

from octome.errors import UnknownPath
from octome.standard.block import words_of
from octome.standard.library import Library
from octome.standard.model.code import CodeInTemplate
from octome.standard.model.page import Link
from octome.standard.model.template import NamedCode, NamedGroup


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with compiled(tmp_path / "s.sqlite", InventedSource(editions=(with_templates(),))) as opened:
        yield opened


def test_rows_say_what_their_cells_name(library: Library) -> None:
    page = library.template("9")
    first, second = page.rows[:2]
    assert first.concept_lines[0].codes == (
        NamedCode(term="EV", scheme="99FROG", value="1", meaning="Frog", path="/codes/99FROG/1"),
    )
    assert second.concept_lines[0].groups == (NamedGroup("7", "defined"),)
    assert [line.name for line in second.value_set_lines] == ["UNITS", ""]
    assert (second.relationship, second.is_by_reference, second.depth) == ("INFERRED FROM", True, 1)
    assert second.condition
    assert words_of(second.condition.blocks) == "IF it rains"


def test_include_links_both_ways_and_its_rows_are_there_one_level_deep(library: Library) -> None:
    page = library.template("9")
    assert page.rows[2].included == page.includes[0].template
    assert page.rows[2].concept
    assert [link.target for link in page.rows[2].concept.blocks[0].links] == ["/templates/10B"]
    # The template that includes itself is not among them.
    assert [one.template.path for one in page.includes] == ["/templates/10B"]
    assert page.includes[0].rows[0].concept_lines[0].parameters == ("$Leg",)
    assert [link.title for link in library.template("10B").included_by] == ["TID 9 Frog"]


def test_number_may_be_spelled_as_in_the_standard(library: Library) -> None:
    for path in ("/templates/TID 10B", "/templates/tid10b", "/templates/10b"):
        assert library.at(path).path == "/templates/10B"
    with pytest.raises(UnknownPath):
        library.template("11")


def test_list_counts_rows_and_states_what_is_known(library: Library) -> None:
    assert [(one.tid, one.rows, one.is_root) for one in library.template_index().templates] == [
        ("9", 4, None),
        ("10B", 1, None),
    ]


@pytest.mark.parametrize("query", ["TID 9", "tid9", "TID10B", "Tea"])
def test_template_is_found_by_number_and_name(library: Library, query: str) -> None:
    assert library.search(query).hits[0].kind == "template"


def test_template_is_found_by_its_name_and_kind(library: Library) -> None:
    # The part of templates is the other answer.
    assert "template" in [hit.kind for hit in library.search("frog template").hits[:2]]


def test_number_that_the_edition_lacks_is_said_to_be_not_there(library: Library) -> None:
    assert library.search("TID 11").notes == ("TID 11 is not in edition 2020b.",)


def test_code_knows_the_templates_that_name_it(library: Library) -> None:
    page = library.code("99FROG", "1")
    assert page.title == "Frog"
    assert page.templates == (CodeInTemplate(Link("/templates/9", "TID 9 Frog"), ("1",)),)
    assert library.code("UCUM", "MM").title == "mm"
