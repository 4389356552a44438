"""Items of one shape: equal headers, and values of equal lengths.

A file may have thousands of frames that differ in nothing but their values. The first of a shape is
read element by element. Those after it are recognised by their headers, and share its elements.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from struct import Struct

from octome.dicom.data_set import Buffer, DataSet, Element, Shape

# That are tried at most: of all items of a sequence, and of those that state the same size.
MOST_SHAPES, MOST_OF_A_SIZE = 128, 8


@dataclass(frozen=True, slots=True)
class _Part:
    """A data set of the first item, and the items of its sequences."""

    ds: DataSet
    sequences: list[tuple[int, Element, list[_Part]]]


class ShapeReader:
    """Reads items of one shape.

    Parameters
    ----------
    item : DataSet
        The first, which has been read without a problem. It and all items in it get the shape.
    start, end : int
        Where it begins, with its header, and where it ends.
    """

    def __init__(self, item: DataSet, start: int, end: int) -> None:
        inside = item.walk.data_sets
        self.shape = Shape([tuple(ds.elements) for ds in inside])
        self.start, self.length = start, end - start
        self.size = len(inside) + sum(map(len, self.shape.tags))
        """How many elements and items there are in one, with itself."""
        self._first = _part(item)
        values = [(ds.start(one), one.length) for ds in inside for one in ds if one.items is None]
        headers = Struct(_format_of_headers(values, start, end))
        self._headers = headers.unpack_from
        self._expected = headers.unpack_from(item.buffer, start)
        for ds in inside:
            ds.shape, ds.inside = self.shape, None
        item.inside = inside

    def fits(self, buffer: Buffer, at: int) -> bool:
        """Whether the item that begins there, as long as the first, has this shape."""
        return self._headers(buffer, at) == self._expected

    def read(self, at: int, parent: DataSet, number: int) -> DataSet:
        """The item of this shape that begins there."""
        inside: list[DataSet] = []
        item = self._copied(self._first, parent, number, at - self.start, inside)
        item.inside = inside
        return item

    def _copied(
        self, part: _Part, parent: DataSet, number: int, shift: int, inside: list[DataSet]
    ) -> DataSet:
        """A data set like one of the first item; only the elements with items are its own."""
        first, elements = part.ds, part.ds.elements
        ds = DataSet(
            first.buffer,
            first.is_little_endian,
            parent=parent,
            parent_sequence=first.parent_sequence,
            item_number=number,
            elements=elements.copy() if part.sequences else elements,
            base=first.base + shift,
            shape=self.shape,
        )
        inside.append(ds)
        for tag, element, parts in part.sequences:
            items = [self._copied(one, ds, at, shift, inside) for at, one in enumerate(parts)]
            own = Element(tag, element.vr, element.offset, element.length, items=items)
            ds.elements[tag] = own
        return ds


class KnownShapes:
    """The shapes of the items of one sequence."""

    def __init__(self) -> None:
        self._by_size: defaultdict[int, list[ShapeReader]] = defaultdict(list)
        self._left = MOST_SHAPES

    def find(self, buffer: Buffer, at: int, size: int, stop: int) -> ShapeReader | None:
        """The shape of the item that begins there, with the size that it states, if known."""
        for reader in self._by_size.get(size, ()):
            if at + reader.length <= stop and reader.fits(buffer, at):
                return reader
        return None

    def learn(self, item: DataSet, start: int, end: int, size: int) -> None:
        """Know the shape of an item that has been read without a problem."""
        of_size = self._by_size[size]
        if self._left and len(of_size) < MOST_OF_A_SIZE:
            self._left -= 1
            if _has_shape(item):
                of_size.append(ShapeReader(item, start, end))


def _has_shape(item: DataSet) -> bool:
    """Whether the headers in an item decide how it is read, and all of it is of the Standard.

    They do not if a value is of VR UN: its content may decide that it is a sequence.
    """
    return not any(
        element.vr == "UN"
        or element.is_unknown
        or element.fragments is not None
        or (element.items is not None and element.tag >> 16 & 1)
        for ds in item.walk.data_sets
        for element in ds
    )


def _part(ds: DataSet) -> _Part:
    sequences = [
        (tag, element, [_part(item) for item in element.items])
        for tag, element in ds.elements.items()
        if element.items
    ]
    return _Part(ds, sequences)


def _format_of_headers(values: list[tuple[int, int]], start: int, end: int) -> str:
    """What is between the values, of which offset and length are given, as `struct` writes it."""
    parts, at = ["="], start
    for offset, length in sorted(values):
        parts.append(f"{offset - at}s{length}x")
        at = offset + length
    return "".join([*parts, f"{end - at}s"])
