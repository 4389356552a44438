"""Every path of both editions, and the facts that the pages state."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from octome.errors import UnknownEdition, UnknownPath
from octome.standard.library import Library
from octome.standard.model.attribute import AttributePage
from octome.standard.model.ciod import CiodPage
from octome.standard.model.page import Page
from octome.standard.model.table import TablePage
from soak import amount

EDITIONS = ("2026b", "2020b")
EVERY_MODULE = amount(6, whole=1)
EVERY_PATH, EVERY_CIOD = amount(40, whole=1), amount(16, whole=1)


def tables(library: Library, edition: str) -> list[str]:
    return [
        child.path for what in ("modules", "macros") for child in library.children(what, edition)
    ]


def test_editions_are_the_two_that_the_packages_carry(library: Library) -> None:
    assert library.editions == EDITIONS


@pytest.mark.parametrize(
    ("edition", "ciods", "modules"), [("2026b", 175, 445), ("2020b", 143, 375)]
)
def test_every_ciod_and_module_is_there(
    library: Library, edition: str, ciods: int, modules: int
) -> None:
    assert len(library.ciods(edition)) == ciods
    assert len(library.children("/modules", edition)) == modules


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_ciod_opens_with_its_modules(library: Library, edition: str) -> None:
    there = 0
    for ciod in library.ciods(edition):
        page = library.at(ciod.path, edition)
        assert isinstance(page, CiodPage)
        assert page.modules, ciod.path
        there += len(page.modules)
        for use in page.modules[there % EVERY_MODULE :: EVERY_MODULE]:
            module = library.at(use.path, edition)
            assert isinstance(module, TablePage)
            assert (module.usage, module.ciod and module.ciod.path) == (use.usage, ciod.path)
    assert there == {"2026b": 3349, "2020b": 2710}[edition]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_attribute_path_opens_as_that_attribute(library: Library, edition: str) -> None:
    there = opened = 0
    for table in tables(library, edition):
        # The same path is there once for each macro where macros are a choice.
        paths = list(dict.fromkeys(use.path for use in library.walk(table, edition)))
        there += len(paths)
        for path in paths[there % EVERY_PATH :: EVERY_PATH]:
            page = library.at(path, edition)
            assert isinstance(page, AttributePage)
            assert page.path == path
            opened += 1
    assert opened >= there // EVERY_PATH - len(tables(library, edition))
    assert there > {"2026b": 99_000, "2020b": 60_000}[edition]


@pytest.mark.parametrize("edition", EDITIONS)
def test_attributes_open_within_every_ciod(library: Library, edition: str) -> None:
    opened = 0
    for ciod in library.ciods(edition)[::EVERY_CIOD]:
        for module in library.children(ciod.path, edition):
            for use in list(library.walk(module.path, edition))[::97]:
                page = library.at(use.path, edition)
                assert isinstance(page, AttributePage)
                assert page.crumbs[0].path == ciod.path
                opened += 1
    assert opened > 3000 // EVERY_CIOD


def test_unknown_edition_names_the_known_ones(library: Library) -> None:
    with pytest.raises(UnknownEdition, match="2026b, 2020b"):
        library.at("/ciods", "1999a")


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/sections", lambda library: library.section_index()),
        ("/parts/5", lambda library: library.part(5)),
        ("/sections/C.8.17.14.1.1", lambda library: library.section("C.8.17.14.1.1")),
        ("/context-groups", lambda library: library.context_group_index()),
        ("/context-groups/4271", lambda library: library.context_group(4271)),
        ("/uids", lambda library: library.uid_index()),
        ("/sop-classes", lambda library: library.uid_index(which="sop-classes")),
        ("/uids/1.2.840.10008.1.2", lambda library: library.uid("1.2.840.10008.1.2")),
        ("/editions", lambda library: library.edition_index()),
        ("/editions/2020b..2026b", lambda library: library.edition_diff("2020b", "2026b")),
        (
            "/editions/2020b..2026b/modules/patient",
            lambda library: library.edition_diff("2020b", "2026b", "modules/patient"),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_question_has_the_answer_that_is_at_its_path(
    library: Library, path: str, page: Callable[[Library], Page]
) -> None:
    answer = page(library)
    assert answer.path == path
    assert answer == library.at(path)


@pytest.mark.parametrize(
    ("path", "question"),
    [
        ("/sections/Z.99", lambda library: library.section("Z.99")),
        ("/context-groups/-1", lambda library: library.context_group(-1)),
        ("/uids/9.9", lambda library: library.uid("9.9")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_question_without_an_answer_is_an_unknown_path_with_the_nearest(
    library: Library, path: str, question: Callable[[Library], Page]
) -> None:
    with pytest.raises(UnknownPath) as refusal:
        question(library)
    assert refusal.value.details["path"] == path
    assert isinstance(refusal.value.details["nearest"], list)


def test_unknown_order_is_refused_where_it_is_a_value_and_ignored_in_an_address(
    library: Library,
) -> None:
    with pytest.raises(ValueError, match="order is 'frog', which is not one of"):
        library.ciod_index(order="frog")  # type: ignore[arg-type]
    assert library.at("/ciods", order="frog") == library.ciod_index()


def test_requested_edition_is_the_current_one_unless_it_is_named(library: Library) -> None:
    assert [library.edition(requested) for requested in (None, *EDITIONS)] == ["2026b", *EDITIONS]
    with pytest.raises(UnknownEdition):
        library.edition("1999a")


def test_dictionary_is_whole_by_tag_and_names_its_source(library: Library) -> None:
    terms = library.dictionary("2020b")
    assert [term.tag for term in terms] == sorted(term.tag for term in terms)
    assert len(terms) > 4000
    assert library.dictionary_source("2020b") == "2020b"
