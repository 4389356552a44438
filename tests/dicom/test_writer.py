"""What is written is read again by octome and by pydicom."""

from __future__ import annotations

import io

from pydicom import dcmread

from octome.dicom.part10 import read_encoded
from octome.dicom.writer import NewElement, Stored, file_meta, write_data_set


def test_elements_items_and_copied_values_are_read_again() -> None:
    item = [NewElement(0x00080104, "LO", b"tea")]
    elements = [
        NewElement(0x00080016, "UI", b"1.2.3"),
        NewElement(0x00081140, "SQ", iter([iter(item), iter([])])),
        NewElement(0x00100010, "PN", Stored(b"..Frog..", 2, 4)),
        NewElement(0x00102000, "LO", b"a" * 70_000),  # more than 16 bits can count
        NewElement(0x7FE00010, "OB", (Stored(b"", 0, 0), Stored(b"12345678", 2, 4))),
    ]
    file = io.BytesIO()
    file.write(file_meta("1.2.3", "1.2.4", "1.2.840.10008.1.2.4.80", "1.2.5"))
    write_data_set(file, elements)
    read = read_encoded(file.getvalue())
    assert (read.is_whole, read.problems) == (True, [])
    ds = dcmread(io.BytesIO(file.getvalue()))
    assert ds.file_meta.FileMetaInformationGroupLength == 86
    assert (ds.PatientName, ds.SOPClassUID, len(ds[0x00102000].value)) == ("Frog", "1.2.3", 70_000)
    assert [dict(each) for each in ds.ReferencedImageSequence][1] == {}
    assert ds.ReferencedImageSequence[0].CodeMeaning == "tea"
    assert ds.PixelData.endswith(b"3456")
