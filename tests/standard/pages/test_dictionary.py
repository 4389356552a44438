"""The data dictionary, and where its attributes are used."""

from __future__ import annotations

from collections import Counter

import pytest

from octome.standard.library import Library
from octome.standard.model.dictionary import AttributeEntry, AttributeIndex

EN_FACE = "ophthalmic-optical-coherence-tomography-en-face-image"


def test_users_of_an_attribute_have_its_types_and_their_ciods(library: Library) -> None:
    page = library.at("/attributes/SourceImageSequence")
    assert isinstance(page, AttributeEntry)
    assert page.is_use_known
    en_face = next(user for user in page.used_by if user.table.path == f"/modules/{EN_FACE}")
    assert [occurrence.type for occurrence in en_face.occurrences] == ["1"]
    assert [use.ciod.path for use in en_face.ciods] == [f"/ciods/{EN_FACE}"]
    general = next(user for user in page.used_by if user.table.path == "/modules/general-reference")
    assert [occurrence.type for occurrence in general.occurrences] == ["3"]
    assert len(general.ciods) > 50


def test_every_row_with_an_attribute_is_counted(library: Library) -> None:
    tables = [child.path for what in ("modules", "macros") for child in library.children(what)]
    # Counted from the tree itself, module by module.
    counted = Counter(use.tag for table in tables for use in library.walk(table))
    for tag in ("00081199", "00280030", "00080100"):
        page = library.at(f"/attributes/{tag}")
        assert isinstance(page, AttributeEntry)
        assert sum(o.places for user in page.used_by for o in user.occurrences) == counted[tag]


def test_member_of_a_repeating_group_has_the_page_of_the_group(library: Library) -> None:
    assert library.at("/attributes/60020010").path == "/attributes/60xx0010"


def test_group_that_is_unknown_is_group_0008(library: Library) -> None:
    index = library.attribute_index(group="frog")
    assert index.group == "0008"
    assert {term.tag[:4] for term in index.terms} == {"0008"}
    assert len(index.terms) == dict(index.groups)["0008"]


@pytest.mark.parametrize(
    ("keyword", "module"),
    [
        ("PixelSpacing", "image-plane"),
        ("ImageType", "general-image"),
        ("NumberOfFrames", "multi-frame"),
        ("Manufacturer", "general-equipment"),  # not that of a sequence in SOP Common
        ("ConversionType", "sc-equipment"),
        ("ContourData", "roi-contour"),
        ("BeamName", "rt-beams"),  # not a module of no CIOD
        ("BeamNumber", "rt-beams"),  # in fewer sequences than in Performed CT Acquisition
        ("SegmentLabel", "segmentation-image"),
        ("KVP", "x-ray-generation"),
    ],
)
def test_module_where_people_look_for_it_leads(library: Library, keyword: str, module: str) -> None:
    entry = library.attribute(keyword)
    assert entry.used_by[0].table.path == f"/modules/{module}"
    assert entry.described_by is not None
    assert entry.described_by.path.startswith(f"/modules/{module}/")


def test_description_is_that_of_the_module_in_the_most_ciods(library: Library) -> None:
    entry = library.attribute("PatientName")
    assert entry.described_by is not None
    assert entry.described_by.path.startswith("/modules/patient/")
    assert entry.description is not None


@pytest.mark.parametrize("keyword", ["AcquisitionDate", "IrradiationEventUID", "TrackingID"])
def test_description_is_that_of_the_next_module_where_the_first_has_none(
    library: Library, keyword: str
) -> None:
    entry = library.attribute(keyword, "2026b")
    assert entry.description is not None
    assert entry.described_by is not None
    assert not entry.described_by.path.startswith(f"{entry.used_by[0].table.path}/")


@pytest.mark.parametrize("words", ["pixel spacing", "PixelSpacing", "0028,0030", "00280030"])
def test_attributes_of_all_groups_are_found_by_name_keyword_or_tag(
    library: Library, words: str
) -> None:
    page = library.at("/attributes", q=words)
    assert isinstance(page, AttributeIndex)
    assert "PixelSpacing" in [term.keyword for term in page.terms]
    assert page.group == ""
    if words == "pixel spacing":
        assert {"0018", "0028"} <= {term.tag[:4] for term in page.terms}


def test_attribute_in_no_module_says_what_the_source_leaves_out(library: Library) -> None:
    why = library.attribute("0008041d", "2026b").why_unused
    assert "leaves out what its dictionary does not know" in why
    assert "octome sync 2026b" in why
    assert not library.attribute("PixelSpacing", "2026b").why_unused


def test_element_of_no_module_says_where_it_is_instead(library: Library) -> None:
    assert "PS3.7" in library.attribute("CommandField").why_unused
    assert "PS3.10" in library.attribute("TransferSyntaxUID").why_unused
    # Retired: the source has not left out a use of it.
    assert library.attribute("ImageDimensions", "2026b").why_unused == ""
