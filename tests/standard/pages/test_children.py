"""The pages one step below a path."""

from __future__ import annotations

import pytest

from octome.standard.library import Library
from octome.standard.pages.children import ROOTS


def test_roots_are_pages(library: Library) -> None:
    children = library.children("/")
    assert [child.path for child in children] == [f"/{root}" for root in ROOTS]
    for child in children:
        assert library.at(child.path).path == child.path


def test_modules_of_a_ciod_are_those_of_its_page(library: Library) -> None:
    children = library.children("/ciods/ct-image")
    modules = library.ciod("ct-image").modules
    assert [(c.path, c.mark, c.group) for c in children] == [
        (module.path, module.usage, module.information_entity) for module in modules
    ]


@pytest.mark.parametrize("above", ["/modules/patient", "/ciods/ct-image/patient"])
def test_attributes_have_type_tag_and_vr(library: Library, above: str) -> None:
    name = library.children(above)[0]
    assert name.path == f"{above}/00100010"
    assert (name.mark, name.tag, name.vr) == ("2", "(0010,0010)", "PN")


def test_items_are_below_their_sequence(library: Library) -> None:
    sequence = "/modules/general-reference/00081140"  # Referenced Image Sequence
    children = library.children(sequence)
    assert f"{sequence}/00081150" in [child.path for child in children]


@pytest.mark.parametrize("root", ["sections", "sop-classes", "transfer-syntaxes", "context-groups"])
def test_page_is_at_the_path_of_each_child(library: Library, root: str) -> None:
    children = library.children(f"/{root}")
    assert len(children) > 20
    for child in children[::40]:
        number = child.path.rpartition("/")[2]
        assert library.at(child.path).path.endswith(f"/{number}")


@pytest.mark.parametrize("path", ["/frogs", "/modules/frog", "/ciods/frog", "/uids/1.2/3"])
def test_nothing_is_below_a_path_that_is_not_a_page(library: Library, path: str) -> None:
    assert library.children(path) == ()


@pytest.mark.parametrize(("edition", "id_"), [("2020b", "cr-image"), (None, "rt-structure-set")])
def test_short_names_are_known_under_the_ids_of_every_edition(
    library: Library, edition: str | None, id_: str
) -> None:
    short = {child.path: child.short for child in library.children("/ciods", edition)}
    assert short[f"/ciods/{id_}"].split()[0] in ("cr", "rtstruct")
    assert short["/ciods/ct-image"].split()[0] == "ct"
