"""The path of an item."""

from __future__ import annotations

from octome.conformance.check.place import path_of
from octome.dicom.data_set import DataSet


def test_the_path_begins_at_the_instance() -> None:
    names = {1: "Frogs", 2: "Tea"}
    image = DataSet(b"", is_little_endian=True)
    pond = DataSet(b"", is_little_endian=True, parent=image, parent_sequence=1, item_number=3)
    cup = DataSet(b"", is_little_endian=True, parent=pond, parent_sequence=2)
    assert path_of(cup, names.__getitem__) == "Frogs[3].Tea[0]"
    assert path_of(image, names.__getitem__) == ""
