"""Instances in the DICOM JSON Model, read into data sets."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest

from octome.dicom.model_reader import read_model
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG
from octome.errors import InstanceUnreadable

ROWS, NAME, ID, PIXELS = "00280010", "00100010", "00100020", "7FE00010"


def read(model: dict[str, Any]) -> Encoded:
    return read_model(model, {TAG.PatientID: "LO"}, name="a", size=1)


def one(vr: str, *values: object) -> Encoded:
    """An instance with one attribute."""
    return read({ROWS: {"vr": vr, "Value": list(values)}})


@pytest.mark.parametrize(
    ("vr", "values", "raw"),
    [
        ("US", (1, 258), b"\x01\x00\x02\x01"),
        ("UV", ("258",), b"\x02\x01\0\0\0\0\0\0"),
        ("FL", (1,), b"\x00\x00\x80?"),
        ("AT", ("00281052",), b"\x28\x00\x52\x10"),
        ("DS", (0.1, "1.50", 0.30000000000000004), b"0.1\\1.50\\0.3"),
        ("IS", (5, "a frog"), b"5\\a frog"),
        ("CS", ("not a code", None), b"not a code\\"),
        ("LO", ("H\u00e4ndel",), b"H\xc3\xa4ndel"),
        ("PN", ({"Alphabetic": "A^B", "Phonetic": "C"},), b"A^B==C"),
    ],
)
def test_values_are_kept_as_they_are_written(
    vr: str, values: tuple[object, ...], raw: bytes
) -> None:
    found = one(vr, *values)
    assert (found.data_set.raw(TAG.Rows), found.problems) == (raw, [])


@pytest.mark.parametrize(
    ("vr", "value"),
    [("US", 65536), ("US", 1.5), ("US", True), ("AT", "frog"), ("CS", 5), ("OB", 1), ("FD", "x")],
)
def test_a_value_that_cannot_be_written_is_a_problem_and_not_judged(vr: str, value: object) -> None:
    found = one(vr, value)
    assert [each.code for each in found.problems] == ["json-model"]
    assert found.unread == ((TAG.Rows,),)
    assert found.data_set.has_value(TAG.Rows)
    assert found.data_set.values(TAG.Rows) == ()


def test_text_is_utf8_whatever_the_character_set() -> None:
    found = read(
        {
            "00080005": {"vr": "CS", "Value": ["ISO_IR 100"]},
            NAME: {"vr": "PN", "Value": [{"Alphabetic": "H\u00e4ndel"}]},
        }
    )
    assert found.data_set.text(TAG.PatientName) == "H\u00e4ndel"


def test_bulk_data_is_not_read() -> None:
    found = read({PIXELS: {"vr": "OW", "BulkDataURI": "https://pond.example/frog"}})
    assert found.unread == ((TAG.PixelData,),)
    assert found.data_set.has_value(TAG.PixelData)


def test_inline_bytes_are_those_of_the_value() -> None:
    found = read({PIXELS: {"vr": "OB", "InlineBinary": b64encode(b"frog").decode()}})
    assert found.data_set.raw(TAG.PixelData) == b"frog"
    found = read({ID: {"vr": "UN", "InlineBinary": b64encode(b"frog").decode()}})
    assert found.data_set.text(TAG.PatientID) == "frog"
    [problem] = read({PIXELS: {"vr": "OB", "InlineBinary": "frog!"}}).problems
    assert "not Base64" in problem.message


def test_attributes_of_items_are_found_and_their_problems_have_a_path() -> None:
    items = [None, {ID: {"Value": ["frog"]}}]
    found = read({"00081140": {"vr": "SQ", "Value": items}})
    [empty, full] = found.data_set.items(TAG.ReferencedImageSequence)
    assert (empty.elements, full.text(TAG.PatientID)) == ({}, "frog")
    [problem] = found.problems
    assert (problem.path, problem.message) == ((0x00081140, 1, TAG.PatientID), "it has no VR")


def test_a_key_that_is_not_a_tag_is_a_problem() -> None:
    [problem] = read({"PatientID": {"vr": "LO"}}).problems
    assert "'PatientID' is not a tag" in problem.message


@pytest.mark.parametrize("vr", [None, 5, ["US"], {"US": 1}, "XX"])
def test_what_is_not_a_vr_is_a_problem(vr: object) -> None:
    [problem] = read({ID: {"vr": vr, "Value": ["frog"]}}).problems
    assert problem.path == (TAG.PatientID,)


def test_too_many_levels_are_refused() -> None:
    model: dict[str, Any] = {}
    for _ in range(70):
        model = {"00081140": {"vr": "SQ", "Value": [model]}}
    with pytest.raises(InstanceUnreadable, match="nested more than 64 deep"):
        read(model)
