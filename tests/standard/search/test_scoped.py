"""Queries about images of one kind."""

from __future__ import annotations

import pytest

from octome.standard.library import Library
from octome.standard.search.scoped import scoped


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("pixel spacing of a CR image", "Pixel Spacing"),
        ("units of a PET image", "Units"),
        ("echo time MR", "Echo Time"),
        ("DSA mask", "Mask Subtraction Sequence"),
    ],
)
def test_name_comes_before_the_kind_of_image(library: Library, query: str, first: str) -> None:
    hits = library.search(query).hits
    assert hits[0].title == first
    assert "CIOD" in [hit.kind for hit in hits[:3]]


def test_only_attributes_of_such_images_are_meant(library: Library) -> None:
    reader = library._stores.reader(library.edition())
    assert scoped(reader, "2026b", ["echo", "time", "mr"])[0].title == "Echo Time"
    assert scoped(reader, "2026b", ["echo", "time", "cr"]) == []  # no module of a CR image has it


def test_query_about_a_sop_class_is_not_about_its_images(library: Library) -> None:
    assert library.search("sop class ct image").hits[0].kind == "SOP class"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("FoR UID in segmentation", "Frame of Reference UID"),
        ("frame time in ultrasound multi-frame image", "Frame Time"),
        ("modality of an RT plan", "Modality"),
        ("manufacturer of the OCT device", "Manufacturer"),
        ("PET units", "Units"),
        ("CT helical pitch", "Spiral Pitch Factor"),
    ],
)
def test_attribute_in_images_named_in_any_way(library: Library, query: str, name: str) -> None:
    assert name in [hit.title for hit in library.search(query).hits[:3]]
