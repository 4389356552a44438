"""The pages that are offered where there is none."""

from __future__ import annotations

import pytest

from octome.errors import UnknownPath
from octome.standard.library import Library
from octome.standard.nearest import MOST


def test_unknown_path_offers_the_nearest(library: Library) -> None:
    with pytest.raises(UnknownPath) as refusal:
        library.at("/ciods/ct-imag")
    assert refusal.value.details["nearest"][0]["path"] == "/ciods/ct-image"


def test_renamed_ciod_is_offered_under_its_new_name(library: Library) -> None:
    with pytest.raises(UnknownPath) as refusal:
        library.at("/ciods/cr-image")
    nearest = refusal.value.details["nearest"]
    assert nearest[0]["path"] == "/ciods/computed-radiography-image"
    assert ("/ciods/cr-image", ["2020b"]) in [(near["path"], near["editions"]) for near in nearest]


def nearest(library: Library, path: str) -> list[str]:
    with pytest.raises(UnknownPath) as refusal:
        library.at(path)
    return [page["path"] for page in refusal.value.details["nearest"]]


def test_page_above_an_unknown_attribute_is_offered(library: Library) -> None:
    assert "/modules/patient" in nearest(library, "/modules/patient/Frog")
    assert "/ciods/ct-image/patient" in nearest(library, "/ciods/ct-image/patient/Frog")


def test_at_most_eight_pages_are_offered_each_once(library: Library) -> None:
    pages = nearest(library, "/modules/image")
    assert 1 < len(pages) <= MOST
    assert len(set(pages)) == len(pages)
