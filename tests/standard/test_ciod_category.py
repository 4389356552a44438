"""What CIODs are sorted by."""

from __future__ import annotations

import pytest

from octome.standard.ciod_category import CATEGORY_OF_ENTITY, CIOD_CATEGORIES, ciod_category
from octome.standard.library import Library


@pytest.mark.parametrize(
    ("ciod", "entities", "modules", "category"),
    [
        ("frog-image", ["Image"], ["frog"], "Image"),
        ("frog-image", ["Image"], ["frog-multi-frame-functional-groups"], "Multi-frame image"),
        ("frog-image", ["Image"], ["multi-frame"], "Multi-frame image"),
        ("frog-waveform", ["Waveform"], [], "Waveform"),
        ("rt-frog", ["Image"], [], "Radiotherapy"),
        ("frog-segmentation", ["Image"], [], "Segmentation and registration"),
        ("real-time-frog", ["Image"], [], "Real-time video and audio"),
        ("frog", ["Frog"], [], "Raw and other data"),
    ],
)
def test_category_is_that_of_the_name_or_of_what_the_ciod_holds(
    ciod: str, entities: list[str], modules: list[str], category: str
) -> None:
    assert ciod_category(ciod, entities, modules) == category


def test_entity_has_a_category_of_the_list() -> None:
    assert set(CATEGORY_OF_ENTITY.values()) <= set(CIOD_CATEGORIES)


@pytest.mark.parametrize("edition", ["2026b", "2020b"])
def test_every_category_has_a_ciod(library: Library, edition: str) -> None:
    kinds = {ciod.kind for ciod in library.ciods(edition)}
    missing = set(CIOD_CATEGORIES) - kinds
    assert missing == set()
