"""An attribute at its place; the facts are those of PS3.3."""

from __future__ import annotations

import pytest

from octome.standard.library import Library
from octome.standard.model.attribute import AttributePage

EDITIONS = ("2026b", "2020b")
EN_FACE = "ophthalmic-optical-coherence-tomography-en-face-image"
SOURCE_IMAGE = f"/ciods/{EN_FACE}/{EN_FACE}/00082112"


def test_source_image_sequence_is_the_page_that_it_all_began_with(library: Library) -> None:
    page = library.at(SOURCE_IMAGE)
    assert isinstance(page, AttributePage)
    attribute = page.attribute
    assert attribute.display_tag == "(0008,2112)"
    assert attribute.spelled_type == "Required (1)"
    assert (attribute.keyword, attribute.vm, attribute.vr) == ("SourceImageSequence", "1", "SQ")
    assert [section.number for section in page.sections] == ["C.12.4.1.2", "C.8.17.14.1.1"]
    assert [item.tag for item in page.items][-1] == "0040a170"
    assert page.standard_url is not None
    assert page.standard_url.startswith("https://dicom.nema.org/")


def test_text_has_the_edition_that_it_is_from(library: Library) -> None:
    page = library.at(SOURCE_IMAGE)
    assert isinstance(page, AttributePage)
    assert page.edition == "2026b"
    assert page.description is not None
    assert page.description.edition == "2020b"
    assert page.description.place is None


def test_borrowed_text_has_the_place_that_it_is_from(library: Library) -> None:
    borrowed = [
        page.description
        for use in library.walk("/modules/height-map-segmentation-image")
        for page in [library.at(use.path)]
        if isinstance(page, AttributePage) and page.description
    ]
    places = [text.place for text in borrowed if text.place]
    assert places, "a module that 2020 did not have can only have borrowed text"
    for place in places:
        assert isinstance(library.at(place.path, "2020b"), AttributePage)


def test_keyword_and_tag_lead_to_the_same_page(library: Library) -> None:
    by_tag = library.at("modules/patient/00100010")
    assert by_tag == library.at("/modules/patient/PatientName")
    assert by_tag == library.at("/modules/patient/patientname/")


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_macro_keeps_its_own_text(library: Library, edition: str) -> None:
    page = library.at("/modules/sr-document-content/00700022", edition)
    assert isinstance(page, AttributePage)
    assert page.attribute.value_types == "SCOORD"
    assert [other.attribute.value_types for other in page.alternatives] == ["SCOORD3D"]
    assert page.alternatives[0].description != page.description


@pytest.mark.parametrize("edition", EDITIONS)
def test_items_have_the_value_types_that_they_are_for(library: Library, edition: str) -> None:
    page = library.at("/modules/sr-document-content/00081199", edition)
    assert isinstance(page, AttributePage)
    types = {item.keyword: item.value_types for item in page.items}
    assert types["ReferencedSOPClassUID"] is None
    assert types["ReferencedFrameNumber"] == "IMAGE"
    assert types["ReferencedWaveformChannels"] == "WAVEFORM"


def test_group_that_an_older_ciod_did_not_use_has_the_text_of_its_macro(library: Library) -> None:
    module = "photoacoustic-image-multi-frame-functional-groups"
    page = library.at(f"/ciods/photoacoustic-image/{module}/52009229/00189341")
    assert isinstance(page, AttributePage)
    assert page.description is not None
    assert page.description.place is not None
    assert page.description.place.path == "/macros/contrast-bolus-usage/00189341"


def test_sequence_of_a_functional_group_has_its_usage(library: Library) -> None:
    module = "ophthalmic-tomography-image-multi-frame-functional-groups"
    page = library.at(f"/ciods/ophthalmic-tomography-image/{module}/52009229/00089124")
    assert isinstance(page, AttributePage)
    assert page.functional_group is not None
    assert (page.functional_group.usage, page.functional_group.usage_edition) == ("C", "2020b")
    assert page.functional_group.condition is not None
