"""What an instance claims about its own de-identification."""

from __future__ import annotations

from pydicom.dataset import Dataset
from rewritten_instance import encoded

from octome.deidentification.attribute_type import Level
from octome.deidentification.mark import DATES_MODIFIED, METHOD, METHOD_CODES, marks
from octome.deidentification.options import Options
from octome.dicom.part10 import read_encoded


def added(ds: Dataset, *, is_identified: bool = False) -> dict[int, object]:
    ds.SOPClassUID, ds.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.7", "1.2.3"
    read = read_encoded(encoded(ds)).data_set
    options = Options(retain=frozenset({"dates"}))
    made = marks(read, Level(()), options, "2020b", is_identified=is_identified)
    return {element.tag: element.value for element in made}


def test_claims_of_others_are_not_taken_over() -> None:
    ds = Dataset()
    ds.DeidentificationMethod = ["octome, PS3.15 Table E.1-1 of 2020b for Kermit", "by Piggy"]
    items = [Dataset(), Dataset()]
    for item, value in zip(items, ("113101", "113108"), strict=True):
        item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, "DCM", "Kermit"
    ds.DeidentificationMethodCodeSequence = items
    new = added(ds)
    assert new[METHOD] == b"octome, PS3.15 Table E.1-1 of 2020b"
    codes = [[part.value for part in each] for each in new[METHOD_CODES]]  # type: ignore[attr-defined]
    assert [each[0] for each in codes] == [b"113100", b"113106", b"113108"]
    assert b"Kermit" not in codes[2]


def test_modified_dates_are_never_unmodified_again() -> None:
    ds = Dataset()
    assert added(ds)[DATES_MODIFIED] == b"UNMODIFIED"
    ds.LongitudinalTemporalInformationModified = "MODIFIED"
    assert added(ds)[DATES_MODIFIED] == b"MODIFIED"


def test_instance_that_identifies_somebody_claims_nothing() -> None:
    new = added(Dataset(), is_identified=True)
    assert new[0x00120062] == b"NO"
    assert METHOD_CODES not in new
