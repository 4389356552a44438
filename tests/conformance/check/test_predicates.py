"""Predicates of an instance, on data sets built here."""

from __future__ import annotations

import pytest

from octome.conformance.check import predicates
from octome.dicom.data_set import DataSet, Element
from octome.dicom.tag import TAG


def data_set(values: dict[int, tuple[str, bytes]]) -> DataSet:
    """A data set of encoded values: VR and bytes by tag."""
    ds = DataSet(b"".join(raw for _, raw in values.values()), is_little_endian=True)
    at = 0
    for tag, (vr, raw) in values.items():
        ds.elements[tag] = Element(tag, vr, at, len(raw))
        at += len(raw)
    return ds


@pytest.mark.parametrize(
    ("code", "is_short"),
    [(b"T-D3000", True), (b"x" * 17, False), (b"urn:oid:1.2", False)],
)
def test_a_short_code_has_16_characters_and_is_not_a_urn(code: bytes, is_short: bool) -> None:
    assert predicates.code_is_short(data_set({TAG.LongCodeValue: ("UC", code)})) is is_short


def test_a_scheme_that_only_adds_codes_has_no_versions() -> None:
    scheme = TAG.CodingSchemeDesignator
    assert predicates.coding_scheme_has_versions(data_set({scheme: ("SH", b"DCM ")})) is False
    assert predicates.coding_scheme_has_versions(data_set({scheme: ("SH", b"99X ")})) is None


@pytest.mark.parametrize(
    ("species", "is_animal"), [(b"Homo sapiens", False), (b"Canis lupus ", True)]
)
def test_the_species_decides_whether_it_is_an_animal(species: bytes, is_animal: bool) -> None:
    ds = data_set({TAG.PatientSpeciesDescription: ("LO", species)})
    assert predicates.patient_is_an_animal(ds) is is_animal


def test_without_species_only_a_breed_decides() -> None:
    ds = data_set({TAG.PatientBreedDescription: ("LO", b"Beagle")})
    assert predicates.patient_is_an_animal(ds) is True
    assert predicates.patient_is_an_animal(data_set({})) is None


@pytest.mark.parametrize(("ratio", "answer"), [(b"1\\1 ", False), (b"1\\2 ", True), (b"", None)])
def test_the_aspect_ratio_decides_whether_pixels_are_square(
    ratio: bytes, answer: bool | None
) -> None:
    ds = data_set({TAG.PixelAspectRatio: ("IS", ratio)})
    assert predicates.pixels_are_not_square(ds) is answer


@pytest.mark.parametrize(("part", "answer"), [(b"KNEE", True), (b"CHEST ", False), (b"X ", None)])
def test_the_body_part_decides_whether_it_is_paired(part: bytes, answer: bool | None) -> None:
    assert predicates.body_part_is_paired(data_set({TAG.BodyPartExamined: ("CS", part)})) is answer


def test_text_needs_a_character_set_where_it_has_one_or_is_not_ascii() -> None:
    name = TAG.PatientName
    assert not predicates.text_is_not_ascii(data_set({name: ("PN", b"Made")}))
    assert predicates.text_is_not_ascii(data_set({name: ("PN", b"M\xfcller")}))
    assert predicates.text_is_not_ascii(data_set({TAG.SpecificCharacterSet: ("CS", b"ISO_IR 100")}))


def test_only_the_first_item_is_the_first() -> None:
    root, sequence = data_set({}), TAG.ReferencedSOPSequence
    items = [
        DataSet(b"", is_little_endian=True, parent=root, parent_sequence=sequence) for _ in range(2)
    ]
    root.elements[sequence] = Element(sequence, "SQ", 0, 0, items=items)
    assert [predicates.item_is_the_first(item) for item in items] == [True, False]
    assert [predicates.item_is_the_root(ds) for ds in (root, items[0])] == [True, False]


@pytest.mark.parametrize(("frames", "answer"), [(b"2 ", True), (b"1 ", None), (b"2A", None)])
def test_one_frame_or_no_number_leaves_open_whether_an_image_is_of_several(
    frames: bytes, answer: bool | None
) -> None:
    ds = data_set({TAG.NumberOfFrames: ("IS", frames)})
    assert predicates.image_has_frames(ds) is answer
    assert predicates.image_has_frames(data_set({})) is False


@pytest.mark.parametrize(("frames", "answer"), [(b"2 ", True), (b"3 ", False), (b"2A", None)])
def test_fragments_are_compared_with_a_number_of_frames(frames: bytes, answer: bool | None) -> None:
    ds = data_set({TAG.NumberOfFrames: ("IS", frames)})
    pixels = Element(TAG.PixelData, "OB", 0, 0, fragments=[(0, 0), (0, 2), (2, 2)])
    ds.elements[TAG.PixelData] = pixels
    assert predicates.frames_are_single_fragments(ds) is answer


@pytest.mark.parametrize(
    ("code", "answer"), [(b"337915000 ", False), (b"448771007 ", True), (b"", None)]
)
def test_a_species_without_a_code_does_not_decide(code: bytes, answer: bool | None) -> None:
    values = {TAG.CodeValue: ("SH", code), TAG.CodingSchemeDesignator: ("SH", b"SCT ")}
    root, sequence = data_set({}), TAG.PatientSpeciesCodeSequence
    root.elements[sequence] = Element(sequence, "SQ", 0, 0, items=[data_set(values)])
    assert predicates.patient_is_an_animal(root) is answer
