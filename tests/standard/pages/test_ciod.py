"""CIODs: their list, their modules and their functional groups."""

from __future__ import annotations

from octome.standard.library import Library

EDITIONS = ("2026b", "2020b")


def test_orders_of_the_list_hold_the_same_ciods(library: Library) -> None:
    by_name, by_kind = library.ciod_index(order="name"), library.ciod_index(order="kind")
    names = [ciod.name.casefold() for ciod in by_name.ciods]
    assert names == sorted(names)
    kinds = list(dict.fromkeys(ciod.kind for ciod in by_kind.ciods))
    assert len(kinds) == len({ciod.kind for ciod in by_name.ciods})
    assert set(by_name.ciods) == set(by_kind.ciods) == set(library.ciods())


def test_sop_class_and_other_editions_of_a_ciod(library: Library) -> None:
    page = library.ciod("ct-image")
    assert [sop_class.uid for sop_class in page.sop_classes] == ["1.2.840.10008.5.1.4.1.1.2"]
    assert [(edition, link.path) for edition, link in page.elsewhere] == [
        ("2020b", "/ciods/ct-image")
    ]


def test_page_of_another_edition_has_the_ciod_under_its_new_name(library: Library) -> None:
    new = "/ciods/computed-radiography-image/patient"
    assert library.counterpart("/ciods/cr-image/patient", "2026b") == new


def test_ciod_whose_section_is_not_known_leads_to_its_part(library: Library) -> None:
    known, new = library.ciod("ct-image"), library.ciod("height-map-segmentation")
    assert known.part_url is None
    assert known.standard_url is not None
    assert new.standard_url is None
    assert new.part_url is not None
    assert new.part_url.endswith("/2026b/output/chtml/part03/PS3.3.html")


def test_ciod_newer_than_the_text_has_the_address_of_its_section(library: Library) -> None:
    page = library.ciod("enhanced-rt-image", "2026b")
    assert page.standard_url is not None
    assert page.standard_url.endswith("/2026b/output/chtml/part03/sect_A.86.html#sect_A.86.1.15")
    # Newer than the list of sections: no address is guessed.
    lacking = {one.id for one in library.ciods("2026b") if not library.ciod(one.id).standard_url}
    assert lacking == {
        "height-map-segmentation",
        "waveform-acquisition-presentation-state",
        "waveform-annotation-sr",
        "waveform-presentation-state",
    }
