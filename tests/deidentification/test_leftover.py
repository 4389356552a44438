"""What is searched for, and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydicom.dataset import Dataset
from pydicom.uid import CTImageStorage
from rewritten_instance import encoded

from octome.deidentification.leftover import Searched
from octome.dicom.part10 import read_encoded

VOCABULARY = {"left", "macula"}


def found(tmp_path: Path, removed: dict[str, str], kept: dict[str, str]) -> list[str]:
    """The attributes whose value is in an instance with some other attributes."""
    original, new = Dataset(), Dataset()
    for ds, values in ((original, removed), (new, kept)):
        ds.SOPClassUID, ds.SOPInstanceUID = CTImageStorage, "2.25.1"
        ds.SpecificCharacterSet = "ISO_IR 192"
        for keyword, value in values.items():
            setattr(ds, keyword, value)
    searched = Searched(VOCABULARY, {CTImageStorage})
    read = read_encoded(encoded(original)).data_set
    for keyword in removed:
        searched.add(read, read.elements[original[keyword].tag], "original")
    path = tmp_path / "new.dcm"
    path.write_bytes(encoded(new))
    left = searched.leftovers(path, "new", "original", {"19000101"})
    return sorted({original[each.attribute].keyword for each in left})


@pytest.mark.parametrize(
    ("removed", "kept", "is_found"),
    [
        ({"PatientName": "Frog^Kermit"}, {"StudyDescription": "KERMIT came"}, True),
        ({"PatientName": "Frog^Kermit"}, {"StudyDescription": "Kermitage"}, True),
        ({"PatientName": "Müller^Jérôme"}, {"StudyDescription": "MUELLER"}, True),
        ({"PatientName": "Müller^Jérôme"}, {"StudyDescription": "Jerome"}, True),
        ({"PatientName": "Wu^Li"}, {"StudyDescription": "scan of Li Wu"}, True),
        ({"PatientName": "Wu^Li"}, {"StudyDescription": "wuli"}, True),
        ({"PatientName": "Wu^Li"}, {"StudyDescription": "Li came"}, False),
        ({"PatientName": "King-Stone^May"}, {"StudyDescription": "KINGSTONE"}, True),
        ({"PatientName": "Left^Kermit"}, {"StudyDescription": "Macula"}, False),
        ({"PatientID": "QX77441"}, {"StudyDescription": "QX 77441"}, True),
        ({"PatientID": "77441"}, {"SliceThickness": "77441"}, True),
        ({"PatientID": "7744"}, {"SliceThickness": "7744"}, False),
        ({"PatientBirthDate": "19470512"}, {"StudyDescription": "born 12.05.1947"}, True),
        ({"PatientBirthDate": "19470512"}, {"StudyDescription": "born 1947-05-12"}, True),
        ({"PatientBirthDate": "19470512"}, {"StudyDescription": "born 12/05/47"}, True),
        ({"PatientBirthDate": "19470512"}, {"StudyDescription": "born 1947"}, False),
        ({"StudyDate": "20260214"}, {"ContentDate": "20260214"}, True),
        ({"StudyDate": "20260214"}, {"AcquisitionDateTime": "20260214101112"}, True),
        ({"StudyDate": "20260214"}, {"SeriesInstanceUID": "1.2.20260214.3"}, True),
        ({"StudyDate": "19000101"}, {"ContentDate": "19000101"}, False),
        ({"StudyInstanceUID": "1.2.3"}, {"SeriesInstanceUID": "1.2.3"}, True),
        ({"StudyInstanceUID": "1.2.3"}, {"SeriesInstanceUID": "1.2.3.4"}, False),
        ({"PatientID": "4711"}, {"SeriesInstanceUID": "1.2.4711.3"}, False),
        ({"PatientID": "4711"}, {"StudyDescription": "No. 4711"}, True),
        ({"CodingSchemeDesignator": "99POND"}, {"StudyDescription": "99POND"}, False),
        ({"PatientName": "octome"}, {"DeidentificationMethod": "octome, 1"}, True),
        (
            {"PatientName": "octome"},
            {"DeidentificationMethod": "octome, PS3.15 Table E.1-1 of 2020b"},
            False,
        ),
        ({"SeriesDescription": "Left macula"}, {"StudyDescription": "Left macula"}, False),
        ({"SeriesDescription": "Pond no. 7"}, {"StudyDescription": "at pond no. 7"}, True),
    ],
)
def test_value_is_found_where_it_says_the_same(
    tmp_path: Path, removed: dict[str, str], kept: dict[str, str], *, is_found: bool
) -> None:
    assert found(tmp_path, removed, kept) == (list(removed) if is_found else [])


def test_name_of_two_characters_is_found_in_running_text(tmp_path: Path) -> None:
    removed = {"PatientName": "Wang^XiaoDong=王^小東"}
    assert found(tmp_path, removed, {"StudyDescription": "患者王小東様"}) == ["PatientName"]
    assert found(tmp_path, removed, {"StudyDescription": "患者"}) == []
