"""What a reader has reported, and how much more it may read."""

from __future__ import annotations

from encoded_bytes import element

from octome.dicom.data_set import DataSet
from octome.dicom.encoding import EXPLICIT
from octome.dicom.problem import Problems
from octome.dicom.reader import DataSetReader
from octome.dicom.reading import Reading
from octome.dicom.tag import TAG


def test_cut_that_has_been_reported_is_not_reported_again() -> None:
    content = element(TAG.Modality, "CS", b"OT")[:-1]
    problems = Problems()
    reader = DataSetReader(content, {}, problems, EXPLICIT, is_cut=True)
    reader.read(DataSet(content, is_little_endian=True), 0)
    assert not problems.found
    assert not reader.is_whole


def test_reading_is_whole_until_something_is_cut() -> None:
    assert Reading(b"", {}, Problems(), EXPLICIT).is_whole
    assert not Reading(b"", {}, Problems(), EXPLICIT, is_cut=True).is_whole
