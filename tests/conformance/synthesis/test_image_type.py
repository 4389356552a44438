"""Image Type and Presentation Intent Type."""

from __future__ import annotations

import pytest
from slots import SlotAt

from octome.conformance.synthesis.image_type import TYPES, image_type, presentation_intent
from octome.standard.library import Library


@pytest.mark.parametrize(
    ("ciod", "values"),
    [
        ("ct-image", ["ORIGINAL", "PRIMARY", "AXIAL"]),
        ("enhanced-ct-image", ["ORIGINAL", "PRIMARY", "VOLUME", "NONE"]),
        ("segmentation", ["DERIVED", "PRIMARY"]),
        ("vl-photographic-image", ["ORIGINAL", "PRIMARY"]),
    ],
)
def test_the_image_type_is_that_of_the_ciod(slot_at: SlotAt, ciod: str, values: list[str]) -> None:
    assert image_type(slot_at(ciod, "ImageType")) == values


def test_each_row_names_a_ciod(library: Library) -> None:
    ciods = {ciod.id for edition in library.editions for ciod in library.ciods(edition)}
    assert TYPES.keys() - ciods == set()


@pytest.mark.parametrize(
    ("sop_class", "intent"),
    [
        ("1.2.840.10008.5.1.4.1.1.1.1", "FOR PRESENTATION"),
        ("1.2.840.10008.5.1.4.1.1.1.1.1", "FOR PROCESSING"),
    ],
)
def test_the_sop_class_decides_what_an_image_is_for(
    slot_at: SlotAt, sop_class: str, intent: str
) -> None:
    slot = slot_at("digital-x-ray-image", "PresentationIntentType", sop_class=sop_class)
    assert presentation_intent(slot) == intent
