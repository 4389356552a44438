"""The instance that is being built, in the form that rules read, without encoding it.

The rules are evaluated on a `DataSet`, which a reader builds from an encoded instance. A snapshot
is a `DataSet` built from values in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue

from octome.dicom.data_set import BULK, NUMBERS, SINGLE, DataSet, Element


@dataclass(slots=True)
class Snapshot(DataSet):
    """A data set whose values are in memory; later changes have no effect on it."""

    held: dict[int, tuple[object, ...]] = field(default_factory=dict)

    def values(self, tag: int) -> tuple[object, ...]:
        """The values of an element; empty if missing, or if it has only items or bulk data."""
        return self.held.get(tag, ())

    def has_value(self, tag: int) -> bool:
        """Whether an element is present and not empty; padding alone is not a value."""
        element = self.elements.get(tag)
        return element is not None and not element.is_empty

    def raw(self, tag: int) -> bytes:
        """A text as bytes; empty for anything else."""
        return "\\".join(one for one in self.values(tag) if isinstance(one, str)).encode()


def snapshot(ds: Dataset, parent: DataSet | None = None, sequence: int = 0) -> Snapshot:
    """The data set of an instance, or an item of the sequence with a tag, in its current state.

    Examples
    --------
    >>> ds = Dataset()
    >>> ds.ImageType, ds.Rows, ds.PatientID = ["ORIGINAL", "PRIMARY"], 4, ""
    >>> found = snapshot(ds)
    >>> found.values(0x00080008), found.number(0x00280010), found.has_value(0x00100020)
    (('ORIGINAL', 'PRIMARY'), 4.0, False)
    """
    found = Snapshot(b"", is_little_endian=True, parent=parent, parent_sequence=sequence)
    for element in ds:
        tag = int(element.tag)
        if element.VR == "SQ":
            items: list[DataSet] = [snapshot(item, found, tag) for item in element.value]
            found.elements[tag] = Element(tag, "SQ", 0, 0, items=items)
            continue
        vr = element.VR.partition(" or ")[0]
        if vr in BULK:
            found.elements[tag] = Element(tag, vr, 0, len(element.value or b""))
            continue
        values = tuple(_values(element, vr))
        found.held[tag] = values
        found.elements[tag] = Element(tag, vr, 0, sum(len(str(one)) for one in values))
    return found


def _values(element: DataElement, vr: str) -> Iterator[object]:
    """The values of an element, as a reader gives them: text without padding, or numbers."""
    value = element.value
    if value is None or value == "":
        return
    many = value if isinstance(value, list | MultiValue) else [value]
    for one in many:
        if vr == "AT":
            yield int(one)
        elif vr in NUMBERS:
            yield one
        else:
            yield str(one).rstrip(" ") if vr in SINGLE else str(one).strip(" ")
