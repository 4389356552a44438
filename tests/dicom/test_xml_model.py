"""Instances in the Native DICOM Model."""

from __future__ import annotations

import pytest

from octome.dicom.xml_model import xml_instance
from octome.errors import InstanceUnreadable

SPACE = "http://dicom.nema.org/PS3.19/models/NativeDICOM"


def read(attributes: str) -> dict[str, dict[str, object]]:
    content = f'<NativeDicomModel xmlns="{SPACE}">{attributes}</NativeDicomModel>'
    return xml_instance(content.encode(), "a")


def test_values_are_in_the_order_of_their_numbers() -> None:
    found = read(
        '<DicomAttribute tag="00280030" vr="DS"><Value number="2">1</Value>'
        '<Value number="1"> 0.5</Value></DicomAttribute>'
        '<DicomAttribute tag="00280010" vr="US"><Value number="1"> 4 </Value></DicomAttribute>'
    )
    assert found["00280030"] == {"vr": "DS", "Value": [" 0.5", "1"]}
    assert found["00280010"] == {"vr": "US", "Value": ["4"]}


def test_a_number_that_is_missing_is_an_empty_value() -> None:
    found = read(
        '<DicomAttribute tag="00080005" vr="CS"><Value number="2">FROG</Value></DicomAttribute>'
        '<DicomAttribute tag="00080008" vr="CS"><Value number="999999999">A</Value>'
        "</DicomAttribute>"
    )
    assert found["00080005"]["Value"] == [None, "FROG"]
    assert found["00080008"]["Value"] == ["A"]


def test_a_name_has_groups_of_parts() -> None:
    found = read(
        '<DicomAttribute tag="00100010" vr="PN"><PersonName number="1"><Alphabetic>'
        "<FamilyName>Frog</FamilyName><MiddleName>T</MiddleName></Alphabetic></PersonName>"
        "</DicomAttribute>"
    )
    assert found["00100010"]["Value"] == [{"Alphabetic": "Frog^^T"}]


def test_items_and_bytes_and_bulk_data_are_found() -> None:
    found = read(
        '<DicomAttribute tag="00081140" vr="SQ"><Item number="1"><DicomAttribute tag="00081150" '
        'vr="UI"/></Item></DicomAttribute><DicomAttribute tag="00420011" vr="OB"><InlineBinary>\n'
        'AAAA</InlineBinary></DicomAttribute><DicomAttribute tag="7FE00010" vr="OW">'
        '<BulkData uri="frog"/></DicomAttribute>'
    )
    assert found == {
        "00081140": {"vr": "SQ", "Value": [{"00081150": {"vr": "UI"}}]},
        "00420011": {"vr": "OB", "InlineBinary": "AAAA"},
        "7FE00010": {"vr": "OW", "BulkDataURI": "frog"},
    }


def test_private_attributes_get_a_block_of_their_creator() -> None:
    private = '<DicomAttribute tag="000900{}" vr="LO" privateCreator="{}"/>'
    found = read(private.format("01", "FROG") + private.format("01", "TEA"))
    assert list(found) == ["00090010", "00091001", "00090011", "00091101"]
    assert found["00090011"] == {"vr": "LO", "Value": ["TEA"]}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<NativeDicomModel>", "not well-formed"),
        (b"<frog/>", "its root is frog"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><NativeDicomModel>&b;</NativeDicomModel>', "a document"),
    ],
)
def test_all_else_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(InstanceUnreadable, match=why):
        xml_instance(content, "a")
