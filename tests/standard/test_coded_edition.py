"""A fetched edition's context groups and codes, from its part 16 to pages, search and check."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pond_edition import COLOUR, EDITION, FOOD, HOME, KIND, SONG, pond_library

from octome.errors import UnknownPath
from octome.standard.json_data import page_data
from octome.standard.library import Library
from octome.standard.model.context_group import GroupCode


@pytest.fixture(scope="module")
def pond(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with pond_library(tmp_path_factory.mktemp("pond")) as library:
        assert library.edition() == EDITION
        yield library


def codes(library: Library, cid: int) -> list[tuple[str, int | None]]:
    page = library.context_group(cid)
    return [(code.value, code.included_from) for code in page.codes]


def test_group_has_what_it_states_and_its_codes_in_order(pond: Library) -> None:
    page = pond.context_group(1)
    stated = (page.title, page.uid, page.version, page.is_extensible, page.dictionary)
    assert stated == ("Frog Kinds", "1.2.840.10008.6.1.1", "20990101", False, EDITION)
    assert codes(pond, 1) == [("199001", None), ("42", 4), ("199002", None)]
    assert page.is_in_standard_order
    assert page.notes is None


def test_groups_that_include_each_other_end(pond: Library) -> None:
    first, within = pond.context_group(1).includes
    assert (first.cid, first.by, first.before, first.codes) == (4, 1, 1, 1)
    assert (within.cid, within.by, within.expansion) == (1, 4, "listed already")
    assert codes(pond, 4) == [("42", None), ("199001", 1), ("199002", 1)]
    assert [link.path for link in pond.context_group(1).included_by] == ["/context-groups/4"]


def test_codes_after_an_included_group_are_those_of_the_group_again(pond: Library) -> None:
    lines = [
        line.value if isinstance(line, GroupCode) else line.cid
        for line in pond.context_group(1).lines
    ]
    # Before 199002 CID 4 includes CID 1, which is listed already.
    assert lines == ["199001", 4, "42", 1, 1, "199002"]
    page = pond.context_group(2)
    assert page.lines == (*page.codes, *page.includes)


def test_absent_group_is_shown_as_absent(pond: Library) -> None:
    page = pond.context_group(2)
    itself, absent = page.includes
    assert (itself.cid, itself.expansion) == (2, "listed already")
    assert (absent.cid, absent.name, absent.path, absent.expansion) == (99, "", "", "absent")
    assert not page.is_complete
    assert pond.context_group(1).is_complete


def test_list_counts_codes_of_included_groups(pond: Library) -> None:
    groups = {g.cid: (g.codes, g.is_extensible) for g in pond.context_group_index().groups}
    assert groups == {1: (3, False), 2: (1, True), 3: (3, None), 4: (3, False)}


@pytest.mark.parametrize(
    ("tag", "cid", "binding", "extensible"),
    [
        (KIND, 1, "defined", False),
        (COLOUR, 2, "defined", True),
        (FOOD, 3, "baseline", None),
        (SONG, None, "none", None),
        (HOME, 1, "defined", False),
    ],
)
def test_code_sequence_has_its_group(
    pond: Library, tag: str, cid: int | None, binding: str, extensible: bool | None
) -> None:
    (group,) = pond.attribute_at(f"/modules/frog/{tag}").context_groups
    assert (group.cid, group.binding, group.is_extensible) == (cid, binding, extensible)
    assert group.edition == EDITION


def test_section_of_a_group_is_its_page(pond: Library) -> None:
    for path in ("/parts/16/CID_1", "/sections/PS3.16-CID_1"):
        assert pond.at(path) == pond.context_group(1)
    chapters = pond.part(16).chapters
    assert not [link for chapter in chapters for link in chapter.sections if "CID" in link.path]


def test_code_has_its_definition_and_groups(pond: Library) -> None:
    page = pond.code("DCM", "199001")
    assert (page.title, page.path) == ("Tree frog", "/codes/DCM/199001")
    assert page.definition
    assert page.definition.paragraphs == ["A frog in a tree."]
    assert page.notes
    assert page.notes.paragraphs == ["It may rain."]
    assert [group.cid for group in page.groups] == [1, 3]
    assert [link.path for link in page.included_in] == ["/context-groups/4"]
    assert page_data(pond.at("/codes/dcm/199001"))["value"] == "199001"


def test_code_of_no_group_and_code_without_meaning_have_pages(pond: Library) -> None:
    assert pond.code("DCM", "199003").groups == ()
    assert pond.code("99POND", "X").title == "X (99POND)"
    with pytest.raises(UnknownPath):
        pond.code("DCM", "199009")


def test_value_with_a_slash_is_one_word_of_the_path(pond: Library) -> None:
    page = pond.code("UCUM", "/min")
    assert page.path == "/codes/UCUM//min"
    assert pond.at(page.path) == page


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("199001", "/codes/DCM/199001"),
        ("DCM 199003", "/codes/DCM/199003"),
        ("cid 4", "/context-groups/4"),
        ("1.2.840.10008.6.1.1", "/context-groups/1"),
    ],
)
def test_search_leads_to_codes_and_groups(pond: Library, query: str, path: str) -> None:
    assert pond.search(query).hits[0].path == path


def test_codes_are_found_by_their_words_too(pond: Library) -> None:
    assert [hit.path for hit in pond.search("lonely frog", kind="code").hits] == [
        "/codes/DCM/199003"
    ]


def test_a_fetched_part_16_has_all_codes_of_its_scheme(pond: Library, library: Library) -> None:
    assert pond.codes_known() == (EDITION, True)
    assert not library.codes_known().has_annex_d
