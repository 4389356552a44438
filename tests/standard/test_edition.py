"""Names and order of editions, and which one another borrows text from."""

from __future__ import annotations

import pytest

from octome.errors import UnknownEdition
from octome.standard.edition import current_edition, edition_key, fallback_edition

EDITIONS = ["2013", "2014a", "2015b", "2020b", "2020c", "2026b"]


def test_years_come_before_letters_and_none_before_a() -> None:
    assert sorted(["2020b", "2014a", "2013", "2013a", "2020a"], key=edition_key) == [
        "2013",
        "2013a",
        "2014a",
        "2020a",
        "2020b",
    ]


def test_edition_without_a_name_is_the_newest() -> None:
    assert current_edition(["2026b", "current", "2031e"]) == "current"


@pytest.mark.parametrize("name", ["", "2020 b", "20b", "2020B", "2020ab", "latest", "2020b/"])
def test_what_is_not_the_name_of_an_edition_is_an_error(name: str) -> None:
    with pytest.raises(UnknownEdition, match="not the name of an edition"):
        edition_key(name)


@pytest.mark.parametrize(
    ("edition", "fallback"),
    [
        ("2013", None),  # only newer ones have text
        ("2014a", None),  # has its own
        ("2015b", "2014a"),
        ("2020b", None),
        ("2020c", "2020b"),
        ("2026b", "2020b"),
        ("current", "2020b"),
    ],
)
def test_text_is_borrowed_from_the_nearest_older_edition_that_has_any(
    edition: str, fallback: str | None
) -> None:
    assert fallback_edition(edition, ["2020b", "2014a"]) == fallback
