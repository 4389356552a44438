"""Every path of both editions, and the facts that the pages state."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from octome.errors import UnknownEdition, UnknownPath
from octome.standard.library import Library
from octome.standard.model.attribute import AttributePage
from octome.standard.model.ciod import CiodPage
from octome.standard.model.dictionary import AttributeEntry
from octome.standard.model.page import Page
from octome.standard.model.section import SectionPage
from octome.standard.model.table import TablePage

EDITIONS = ("2026b", "2020b")
EN_FACE = "ophthalmic-optical-coherence-tomography-en-face-image"
SOURCE_IMAGE = f"/ciods/{EN_FACE}/{EN_FACE}/00082112"


def tables(library: Library, edition: str) -> list[str]:
    return [
        child.path for what in ("modules", "macros") for child in library.children(what, edition)
    ]


def test_editions_are_the_two_that_the_packages_carry(library: Library) -> None:
    assert library.editions == EDITIONS


@pytest.mark.parametrize(
    ("edition", "ciods", "modules"), [("2026b", 175, 445), ("2020b", 143, 375)]
)
def test_every_ciod_and_module_is_there(
    library: Library, edition: str, ciods: int, modules: int
) -> None:
    assert len(library.ciods(edition)) == ciods
    assert len(library.children("/modules", edition)) == modules


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_ciod_opens_with_its_modules(library: Library, edition: str) -> None:
    opened = 0
    for ciod in library.ciods(edition):
        page = library.at(ciod.path, edition)
        assert isinstance(page, CiodPage)
        assert page.modules, ciod.path
        for use in page.modules:
            module = library.at(use.path, edition)
            assert isinstance(module, TablePage)
            assert (module.usage, module.ciod and module.ciod.path) == (use.usage, ciod.path)
            opened += 1
    assert opened == {"2026b": 3349, "2020b": 2710}[edition]


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_attribute_path_opens_as_that_attribute(library: Library, edition: str) -> None:
    opened = 0
    for table in tables(library, edition):
        # The same path stands once for each macro where macros are a choice.
        for path in dict.fromkeys(use.path for use in library.walk(table, edition)):
            page = library.at(path, edition)
            assert isinstance(page, AttributePage)
            assert page.path == path
            opened += 1
    assert opened > {"2026b": 99_000, "2020b": 60_000}[edition]


@pytest.mark.parametrize("edition", EDITIONS)
def test_attributes_open_within_every_ciod(library: Library, edition: str) -> None:
    opened = 0
    for ciod in library.ciods(edition):
        for module in library.children(ciod.path, edition):
            for use in list(library.walk(module.path, edition))[::97]:
                page = library.at(use.path, edition)
                assert isinstance(page, AttributePage)
                assert page.crumbs[0].path == ciod.path
                opened += 1
    assert opened > 3000


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


def test_text_says_which_edition_it_is_from(library: Library) -> None:
    page = library.at(SOURCE_IMAGE)
    assert isinstance(page, AttributePage)
    assert page.edition == "2026b"
    assert page.description is not None
    assert page.description.edition == "2020b"
    assert page.description.place is None


def test_lent_text_says_where_it_stands(library: Library) -> None:
    lent = [
        page.description
        for use in library.walk("/modules/height-map-segmentation-image")
        for page in [library.at(use.path)]
        if isinstance(page, AttributePage) and page.description
    ]
    places = [text.place for text in lent if text.place]
    assert places, "a module that 2020 did not have can only have lent text"
    for place in places:
        assert isinstance(library.at(place.path, "2020b"), AttributePage)


def test_modules_keep_the_standards_order(library: Library) -> None:
    # The source of the current edition has the order of tags, 2020b the Standard's own.
    compared = 0
    for child in library.children("/modules", "2020b"):
        new = [attribute.tag for attribute in library.children(child.path)]
        old = [attribute.tag for attribute in library.children(child.path, "2020b")]
        if "functional-groups" in child.path or len(set(old)) < len(old):
            continue
        assert [tag for tag in new if tag in old] == [tag for tag in old if tag in new], child.path
        compared += len(new) > 1
    assert compared > 280


def test_keyword_and_tag_lead_to_the_same_page(library: Library) -> None:
    by_tag = library.at("modules/patient/00100010")
    assert by_tag == library.at("/modules/patient/PatientName")
    assert by_tag == library.at("/modules/patient/patientname/")


def test_where_used_tells_types_and_ciods(library: Library) -> None:
    page = library.at("/attributes/SourceImageSequence")
    assert isinstance(page, AttributeEntry)
    en_face = next(user for user in page.used_by if user.table.path == f"/modules/{EN_FACE}")
    assert [occurrence.type for occurrence in en_face.occurrences] == ["1"]
    assert [use.ciod.path for use in en_face.ciods] == [f"/ciods/{EN_FACE}"]
    general = next(user for user in page.used_by if user.table.path == "/modules/general-reference")
    assert [occurrence.type for occurrence in general.occurrences] == ["3"]
    assert len(general.ciods) > 50


def test_where_used_counts_every_row(library: Library) -> None:
    # Counted from the tree itself, module by module.
    for tag in ("00081199", "00280030", "00080100"):
        counted = sum(
            use.tag == tag for table in tables(library, "2026b") for use in library.walk(table)
        )
        page = library.at(f"/attributes/{tag}")
        assert isinstance(page, AttributeEntry)
        assert sum(o.places for user in page.used_by for o in user.occurrences) == counted


def test_section_tells_what_cites_it(library: Library) -> None:
    page = library.at("/sections/C.8.17.14.1.1")
    assert isinstance(page, SectionPage)
    assert f"/modules/{EN_FACE}/00082112" in [citation.path for citation in page.cited_by]


def test_functional_groups_have_usage_and_place(library: Library) -> None:
    page = library.at("/ciods/ophthalmic-tomography-image")
    assert isinstance(page, CiodPage)
    groups = {group.tag: group for group in page.functional_groups}
    frame_content, pixel_measures = groups["00209111"], groups["00289110"]
    assert (frame_content.usage, frame_content.placement) == ("M", "per frame")
    assert (pixel_measures.usage, pixel_measures.usage_edition) == ("M", "2020b")
    assert pixel_measures.placement == "shared or per frame"
    for path in (*frame_content.paths, *pixel_measures.paths):
        assert isinstance(library.at(path), AttributePage)


def test_content_items_are_a_choice_by_value_type(library: Library) -> None:
    for edition in EDITIONS:
        page = library.at("/modules/sr-document-content", edition)
        assert isinstance(page, TablePage)
        chosen = {
            attribute.tag: attribute.value_types
            for attribute in page.attributes
            if attribute.value_types
        }
        assert chosen["0040a300"] == "NUM"
        assert chosen["0040a130"] == "TCOORD"
        assert "0040a040" not in chosen, "Value Type itself is always there"


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_macro_keeps_its_own_text(library: Library, edition: str) -> None:
    page = library.at("/modules/sr-document-content/00700022", edition)
    assert isinstance(page, AttributePage)
    assert page.attribute.value_types == "SCOORD"
    assert [other.attribute.value_types for other in page.alternatives] == ["SCOORD3D"]
    assert page.alternatives[0].description != page.description


@pytest.mark.parametrize("edition", EDITIONS)
def test_items_say_for_which_value_type_they_are(library: Library, edition: str) -> None:
    page = library.at("/modules/sr-document-content/00081199", edition)
    assert isinstance(page, AttributePage)
    types = {item.keyword: item.value_types for item in page.items}
    assert types["ReferencedSOPClassUID"] is None
    assert types["ReferencedFrameNumber"] == "IMAGE"
    assert types["ReferencedWaveformChannels"] == "WAVEFORM"


def test_groups_that_an_older_ciod_did_not_use_lend_from_elsewhere(library: Library) -> None:
    module = "photoacoustic-image-multi-frame-functional-groups"
    page = library.at(f"/ciods/photoacoustic-image/{module}/52009229/00189341")
    assert isinstance(page, AttributePage)
    assert page.description is not None
    assert page.description.place is not None
    assert page.description.place.path == "/macros/contrast-bolus-usage/00189341"


def test_sequence_of_a_functional_group_tells_its_usage(library: Library) -> None:
    module = "ophthalmic-tomography-image-multi-frame-functional-groups"
    page = library.at(f"/ciods/ophthalmic-tomography-image/{module}/52009229/00089124")
    assert isinstance(page, AttributePage)
    assert page.functional_group is not None
    assert (page.functional_group.usage, page.functional_group.usage_edition) == ("C", "2020b")
    assert page.functional_group.condition is not None


def test_sparse_groups_are_found_beside_the_ciod(library: Library) -> None:
    page = library.at("/ciods/enhanced-continuous-rt-image")
    assert isinstance(page, CiodPage)
    assert len(page.functional_groups) == 16
    for group in page.functional_groups:
        assert isinstance(library.at(group.paths[0]), AttributePage)


def test_functional_groups_are_sequences(library: Library) -> None:
    for edition in EDITIONS:
        for ciod in library.ciods(edition):
            page = library.at(ciod.path, edition)
            assert isinstance(page, CiodPage)
            for group in page.functional_groups:
                entry = library.at(f"/attributes/{group.tag}", edition)
                assert isinstance(entry, AttributeEntry)
                assert entry.vr == "SQ", f"{group.tag} in {ciod.path}"


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


@pytest.mark.parametrize(
    "path",
    [
        "/x",
        "/ciods/ct-image/x",
        "/ciods/ct-image/patient/00080008",
        "/modules/patient/Rows/Rows",
        "/sections/Q.1",
        "/uids/1.2",
        "/context-groups/-1",
        "/context-groups/4271/x",
        "/attributes/x/y",
        "/editions/2020b..2026b/ciods/x",
        "/ciods/ct-image/patient/00100010/00100010",
        "/%00/'\"",
    ],
)
def test_no_path_but_a_page(library: Library, path: str) -> None:
    with pytest.raises(UnknownPath):
        library.at(path)


def test_unknown_edition_names_the_known_ones(library: Library) -> None:
    with pytest.raises(UnknownEdition, match="2026b, 2020b"):
        library.at("/ciods", "1999a")


def test_repeating_group_answers_for_its_members(library: Library) -> None:
    assert library.at("/attributes/60020010").path == "/attributes/60xx0010"


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/ciods", lambda library: library.ciod_index()),
        ("/ciods/ct-image", lambda library: library.ciod("ct-image")),
        ("/modules", lambda library: library.module_index()),
        ("/modules/patient", lambda library: library.module("patient")),
        (
            "/ciods/ct-image/image-plane",
            lambda library: library.module("image-plane", ciod="ct-image"),
        ),
        ("/macros", lambda library: library.macro_index()),
        (
            "/ciods/ct-image/image-plane/00280030",
            lambda library: library.attribute_at("ciods/ct-image/image-plane/PixelSpacing"),
        ),
        (
            "/modules/patient/00100010",
            lambda library: library.attribute_at("/modules/patient/PatientName"),
        ),
        ("/attributes", lambda library: library.attribute_index()),
        ("/attributes/00280030", lambda library: library.attribute("PixelSpacing")),
        ("/sections", lambda library: library.section_index()),
        ("/sections/C.8.17.14.1.1", lambda library: library.section("C.8.17.14.1.1")),
        ("/context-groups", lambda library: library.context_group_index()),
        ("/context-groups/4271", lambda library: library.context_group(4271)),
        ("/uids", lambda library: library.uid_index()),
        ("/sop-classes", lambda library: library.uid_index(which="sop-classes")),
        ("/uids/1.2.840.10008.1.2", lambda library: library.uid("1.2.840.10008.1.2")),
        ("/editions", lambda library: library.edition_index()),
        ("/editions/2020b..2026b", lambda library: library.edition_diff("2020b", "2026b")),
        (
            "/editions/2020b..2026b/modules/patient",
            lambda library: library.edition_diff("2020b", "2026b", "modules/patient"),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_question_has_the_answer_that_is_at_its_path(
    library: Library, path: str, page: Callable[[Library], Page]
) -> None:
    answer = page(library)
    assert answer.path == path
    assert answer == library.at(path)


@pytest.mark.parametrize(
    ("path", "question"),
    [
        ("/ciods/ct-imag", lambda library: library.ciod("ct-imag")),
        ("/modules/patien", lambda library: library.module("patien")),
        ("/ciods/ct-image/frog", lambda library: library.module("frog", ciod="ct-image")),
        ("/macros/frog", lambda library: library.macro("frog")),
        ("/attributes/Frog", lambda library: library.attribute("Frog")),
        ("/modules/patient", lambda library: library.attribute_at("/modules/patient")),
        ("/modules/patient/Frog", lambda library: library.attribute_at("modules/patient/Frog")),
        ("/sections/Z.99", lambda library: library.section("Z.99")),
        ("/context-groups/-1", lambda library: library.context_group(-1)),
        ("/uids/9.9", lambda library: library.uid("9.9")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_question_without_an_answer_is_an_unknown_path_with_the_nearest(
    library: Library, path: str, question: Callable[[Library], Page]
) -> None:
    with pytest.raises(UnknownPath) as refusal:
        question(library)
    assert refusal.value.details["path"] == path
    assert isinstance(refusal.value.details["nearest"], list)


def test_unknown_order_is_refused_where_it_is_a_value_and_ignored_in_an_address(
    library: Library,
) -> None:
    with pytest.raises(ValueError, match="order is 'frog', which is not one of"):
        library.ciod_index(order="frog")  # type: ignore[arg-type]
    assert library.at("/ciods", order="frog") == library.ciod_index()
