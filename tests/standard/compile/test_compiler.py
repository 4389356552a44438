"""Any number of sources and editions in one store, on a Standard that is invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from invented_source import (
    LEGS,
    NAME,
    POND,
    InventedSource,
    compiled,
    facts_edition,
    registries,
    whole_edition,
)

from octome.errors import StoreUnavailable
from octome.standard.compile.compiler import compile_store
from octome.standard.json_data import page_data
from octome.standard.library import Library
from octome.standard.sources.listed import SOURCES

# In no order, and from two sources.
FIRST = InventedSource(
    name="first", editions=(facts_edition("2026b", "frog"), whole_edition("2015b", legs="3"))
)
SECOND = InventedSource(
    name="second",
    editions=(
        whole_edition("2020b"),
        facts_edition("2013"),
        facts_edition("2018a", legs="1"),
        whole_edition("2030a", "frog"),
        registries("2024c"),
    ),
)
EDITIONS = ["2013", "2015b", "2018a", "2020b", "2026b", "2030a"]


@pytest.fixture(scope="module")
def frogs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with compiled(tmp_path_factory.mktemp("frogs") / "s.sqlite", FIRST, SECOND) as library:
        yield library


def page(library: Library, path: str, edition: str | None = None) -> dict[str, Any]:
    return page_data(library.at(path, edition))


def test_editions_of_all_sources_are_sorted_and_the_newest_is_current(frogs: Library) -> None:
    assert list(reversed(frogs.editions)) == EDITIONS
    assert page(frogs, "/ciods")["edition"] == "2030a"
    index = page(frogs, "/editions")
    assert [one["id"] for one in index["editions"] if one["is_current"]] == ["2030a"]
    assert len(index["comparisons"]) == 15


@pytest.mark.parametrize(
    ("edition", "text_edition"),
    [
        ("2013", None),  # nothing older has text, and what is newer may not yet have been so
        ("2015b", "2015b"),
        ("2018a", "2015b"),
        ("2020b", "2020b"),
        ("2026b", "2020b"),  # not from the nearer but newer 2030a
        ("2030a", "2030a"),
    ],
)
def test_text_is_the_editions_own_or_of_its_fallback(
    frogs: Library, edition: str, text_edition: str | None
) -> None:
    ciod = frogs.ciods(edition)[0].id
    texts = {
        "ciod": page(frogs, f"/ciods/{ciod}", edition)["description"],
        "module": page(frogs, "/modules/frog", edition)["description"],
        "attribute": page(frogs, f"/modules/frog/{LEGS}", edition)["description"],
        "condition": page(frogs, f"/ciods/{ciod}/pond", edition)["condition"],
    }
    for what, text in texts.items():
        assert (text and text["edition"]) == text_edition, what
        assert text is None or f"as of {text_edition}" in text["html"], what


def test_section_that_is_cited_is_from_the_same_edition_as_the_text(frogs: Library) -> None:
    for edition, text_edition in (("2018a", "2015b"), ("2026b", "2020b"), ("2030a", "2030a")):
        (cited,) = page(frogs, f"/modules/frog/{NAME}", edition)["sections"]
        assert cited["text"]["edition"] == text_edition
        section = page(frogs, "/sections/Z.1", edition)
        assert section["section"]["text"]["edition"] == text_edition
        assert [one["path"] for one in section["cited_by"]] == [f"/modules/frog/{NAME}"]
        parts = page(frogs, "/sections", edition)["parts"]
        assert [one["path"] for part in parts for one in part["chapters"]] == ["/sections/Z.1"]
    assert not any(one["chapters"] for one in page(frogs, "/sections", "2013")["parts"])


def test_order_is_the_fallbacks(frogs: Library) -> None:
    def order(edition: str) -> list[str]:
        return [one["tag"] for one in page(frogs, "/modules/frog", edition)["attributes"]]

    assert order("2013") == [NAME, LEGS]
    assert order("2026b") == order("2020b") == [LEGS, NAME]


def test_names_come_from_the_fallback_or_from_the_id(frogs: Library) -> None:
    assert page(frogs, "/modules/frog", "2026b")["title"] == "The Frog's Own"
    assert page(frogs, "/modules/frog", "2013")["title"] == "Frog"


def test_any_two_editions_can_be_compared(frogs: Library) -> None:
    legs = {"2013": "2", "2015b": "3", "2018a": "1", "2020b": "2", "2026b": "2", "2030a": "2"}
    for older, newer in combinations(EDITIONS, 2):
        changes = page(frogs, f"/editions/{older}..{newer}/modules/frog")["attributes"]
        found = [(one["what"], one["before"], one["after"]) for one in changes]
        same = legs[older] == legs[newer]
        assert found == ([] if same else [("changed", legs[older], legs[newer])]), (older, newer)


def test_renamed_ciod_is_the_same_in_every_edition(frogs: Library) -> None:
    changes = page(frogs, "/editions/2013..2030a")["ciods"]
    assert [(one["what"], one["path"]) for one in changes] == []
    assert dict(page(frogs, "/ciods/frog", "2026b")["elsewhere"]).keys() == {*EDITIONS} - {"2026b"}


def test_registries_are_the_newest_that_a_source_has(tmp_path: Path) -> None:
    source = InventedSource(
        editions=(whole_edition("2020b"), registries("2024c"), registries("2013"))
    )
    with compiled(tmp_path / "s.sqlite", source) as library:
        assert library.editions == ("2020b",)
        assert page(library, "/uids")["uids"][0]["name"] == "Frog Storage 2024c"
        group = page(library, "/context-groups/7")
        assert (group["title"], group["dictionary"]) == ("Pond Frogs", "2024c of frogs")


def test_edition_of_two_sources_is_read_from_the_first(tmp_path: Path) -> None:
    plain = InventedSource(editions=(facts_edition("2026b"), whole_edition("2015b")))
    whole = InventedSource(editions=(whole_edition("2026b"),))
    for sources, text_edition in (((plain, whole), "2015b"), ((whole, plain), "2026b")):
        with compiled(tmp_path / "s.sqlite", *sources) as library:
            assert library.editions == ("2026b", "2015b")
            description = page(library, "/modules/frog", "2026b")["description"]
            assert description["edition"] == text_edition


def test_functional_groups_of_facts_have_the_fallbacks_usage(frogs: Library) -> None:
    (group,) = page(frogs, "/ciods/frog", "2026b")["functional_groups"]
    assert (group["usage"], group["usage_edition"]) == ("C", "2020b")
    assert "as of 2020b" in group["condition"]["html"]
    (alone,) = page(frogs, "/ciods/frog-image", "2013")["functional_groups"]
    assert (alone["usage"], alone["condition"]) == (None, None)


def test_same_sources_make_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        compile_store(tmp_path / name, "key", sources=(FIRST, SECOND))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_source_that_fails_does_not_change_the_store(tmp_path: Path) -> None:
    class Broken(InventedSource):
        def read(self, _edition: str) -> Any:
            raise StoreUnavailable("the frogs have gone")

    path = tmp_path / "s.sqlite"
    path.write_bytes(b"before")
    with pytest.raises(StoreUnavailable, match="the frogs have gone"):
        compile_store(path, "key", sources=(Broken(editions=FIRST.editions),))
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [
        ("s.sqlite", b"before")
    ]


def test_third_source_is_compiled_with_the_packaged_ones(tmp_path: Path, library: Library) -> None:
    oldest_first = tuple(reversed(library.editions))
    older, newer = oldest_first
    between = facts_edition("2023a", legs="1")
    newest = replace(whole_edition("2030a"), source="the third source")
    third = InventedSource(editions=(between, newest))
    with compiled(tmp_path / "s.sqlite", *SOURCES, third) as four:
        assert four.editions == ("2030a", newer, "2023a", older)
        assert "as of 2030a" in page(four, "/modules/frog")["description"]["html"]
        # The packaged edition without text borrows from the packaged one, not from the newest.
        path = "/modules/image-pixel/00280010"
        assert page(four, path, newer)["description"] == page(library, path)["description"]
        assert page(four, path, newer)["description"]["edition"] == older
        assert page(four, "/ciods/frog-image", "2023a")["description"] is None
        # The third source's pond is unknown to the packaged text, but its dictionary is its own.
        assert page(four, f"/modules/pond/{POND}", "2023a")["title"] == "Pond Sequence"
        for a, b in combinations((older, "2023a", newer, "2030a"), 2):
            diff = page(four, f"/editions/{a}..{b}")
            assert diff["ciods"] or diff["modules"], (a, b)
        unchanged = page(four, f"/editions/{older}..{newer}")
        assert unchanged == page(library, f"/editions/{older}..{newer}")
