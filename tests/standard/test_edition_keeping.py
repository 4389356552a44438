"""Replacing an edition: what would be lost, and that no files are left behind."""

from __future__ import annotations

import pytest

from octome.standard.edition_keeping import what_is_lost
from octome.standard.edition_manifest import KeptEdition, KeptFile, Layout

FILE = KeptFile(file="frog", size=1, sha256="")
JSON = ("ciods.json", "ciod_to_modules.json", "module_to_attributes.json", "attributes.json")


def edition(layout: Layout, *parts: str, figures: int = 0) -> KeptEdition:
    return KeptEdition(
        edition="2024a",
        origin="pond",
        date="2026-01-31",
        layout=layout,
        parts=dict.fromkeys(parts, FILE),
        figures={f"3/figures/{number}.svg": FILE for number in range(figures)},
    )


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [
        (edition("docbook", "3", "6"), edition("docbook", "3", "5", "6"), ""),
        (edition("docbook", "3", "5", "6"), edition("docbook", "3"), "parts 5, 6"),
        (edition("docbook", "3", figures=1), edition("docbook", "3"), "1 figure"),
        (
            edition("docbook", "3", figures=2),
            edition("json", *JSON),
            "1 part of text and 2 figures",
        ),
        (edition("json", *JSON), edition("docbook", "3", "6"), ""),
        (edition("json", *JSON), edition("docbook", "6"), "text"),
        (
            edition("json", "ciods.json", "sops.json"),
            edition("json", "sops.json"),
            "file ciods.json",
        ),
        (edition("json", *JSON), edition("facts", "facts"), "text"),
        (edition("facts", "facts"), edition("json", *JSON), ""),
        (edition("facts", "facts"), edition("docbook", "3"), "the data dictionary"),
    ],
)
def test_what_has_less_is_named(before: KeptEdition, after: KeptEdition, lost: str) -> None:
    assert what_is_lost(before, after) == lost
