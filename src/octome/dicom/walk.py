"""One pass over a data set: its elements, items and fragments, as far as they can be read.

Whatever is wrong is told where it is, and reading goes on where the next thing surely begins: at
the end of the item or sequence around, if its length says where that is.
"""

from __future__ import annotations

from collections.abc import Mapping

from octome.dicom.data_set import SEQUENCE, Buffer, DataSet, Element
from octome.dicom.encoding import IMPLICIT, ITEM_GROUP, Form
from octome.dicom.header import Header, header
from octome.dicom.problem import Problems
from octome.dicom.tag import TAG
from octome.dicom.vr import SHORT, UNDEFINED, dictionary_entry, first_vr

MAY_HOLD_ITEMS = frozenset({SEQUENCE, "UN"})
# Bounds against files that are made to cost: no real one comes near them.
DEEPEST = 100
MOST_ELEMENTS = 2_000_000  # elements, items and fragments together
# How a data set or an item ends: where its length says, at a delimiter, or, since it claims more
# than there is, where what follows shows it.
AT_LENGTH, AT_DELIMITER, CUT = range(3)


class _Stop(Exception):
    """Nothing after this place can be read in what has no known end."""


class _Enough(Exception):
    """There is more than is read of one instance."""


class Walk:
    """Reads data sets of one buffer.

    Parameters
    ----------
    buffer : bytes or mmap
        What holds them.
    vr_of : mapping
        The VR of each tag of the data dictionary.
    problems : Problems
        Told whatever is wrong.
    form : Form
        The form of the elements.
    is_whole : bool
        Whether the buffer is all there is. That it stops too early is not told twice.
    """

    def __init__(
        self,
        buffer: Buffer,
        vr_of: Mapping[int, str],
        problems: Problems,
        form: Form,
        *,
        is_whole: bool = True,
    ) -> None:
        self.buffer = buffer
        self.vr_of = vr_of
        self.problems = problems
        self.form = form
        self._path: list[int] = []
        self._left = MOST_ELEMENTS
        # Ends at which something is cut short already.
        self._cut = set() if is_whole else {len(buffer)}

    def read(self, ds: DataSet, at: int, group: int | None = None) -> int:
        """Read elements into `ds` from `at` to the end, or those of one group; where it ended."""
        try:
            return self._elements(ds, at, len(self.buffer), AT_LENGTH, group)
        except _Stop:
            return len(self.buffer)
        except _Enough:
            self._path.clear()
            self._say("not-read", f"there are more than {MOST_ELEMENTS:,} elements: not read on")
            return len(self.buffer)

    def _say(self, code: str, message: str, *tag: int) -> None:
        self.problems.say(code, message, (*self._path, *tag))

    def _say_cut(self, end: int, message: str, *tag: int) -> None:
        if end not in self._cut:
            self._cut.add(end)
            self._say("truncated", message, *tag)

    def _count(self, number: int = 1) -> None:
        self._left -= number
        if self._left < 0:
            raise _Enough

    def _elements(
        self, ds: DataSet, at: int, end: int, closing: int, group: int | None = None
    ) -> int:
        """The elements of one data set or item; where it ended."""
        try:
            after = self._walked(ds, at, end, closing, group)
        except (_Stop, _Enough):
            ds.cut_at = next(reversed(ds.elements), -1)
            raise
        if after == end and end in self._cut:
            ds.cut_at = next(reversed(ds.elements), -1)
        return after

    def _walked(self, ds: DataSet, at: int, end: int, closing: int, group: int | None) -> int:
        elements, before = ds.elements, -1
        limit = ITEM_GROUP << 16 if group is None else (group + 1) << 16
        while at + 8 <= end:
            if self.form.is_explicit:
                at, before = self._ordinary(elements, at, end, before, limit)
                if at + 8 > end:
                    break
            found = header(self.buffer, at, end, self.form, self.vr_of)
            tag = found[0]
            if tag >> 16 == ITEM_GROUP:
                if tag == TAG.ItemDelimitationItem and closing == AT_DELIMITER:
                    return at + 8
                if self._ends_here(tag, at, closing):
                    return at
                at += 8
                continue
            if group is not None and tag >> 16 != group:
                return at
            at = self._element(ds, at, end, found, before)
            before = max(before, tag)
        if group is not None:
            return at
        if at < end:
            self._say_cut(end, f"{end - at} bytes are left at {at}: no element")
        elif closing == AT_DELIMITER:
            self._say_cut(end, f"the item has no end: the data stops at {at}")
        return end

    def _element(self, ds: DataSet, at: int, end: int, found: Header, before: int) -> int:
        """Any element, by its head; where the next begins."""
        tag, vr, length, start, wrong = found
        if wrong or not start or not tag >> 16:
            self._check_header(tag, vr, at, start, wrong)
        self._count()
        if tag <= before:
            self._say_order(tag, at, ds.elements)
        element = Element(tag, vr, start, length)
        ds.elements.setdefault(tag, element)
        if vr in MAY_HOLD_ITEMS or length == UNDEFINED:
            return self._within(ds, element, end)
        return self._value(element, end)

    def _ordinary(
        self, elements: dict[int, Element], at: int, end: int, before: int, limit: int
    ) -> tuple[int, int]:
        """A run of elements of which nothing is to be told; where it ends, and its last tag.

        Nearly all are so: whole, ascending, of a VR with a length of 16 bits.
        """
        head, buffer, first = self.form.head, self.buffer, at
        count = len(elements)
        while at + 8 <= end:
            high, low, code, length = head(buffer, at)
            tag = (high << 16) + low
            vr = SHORT.get(code)
            after = at + 8 + length
            if vr is None or not before < tag < limit or after > end or length & 1 or not high:
                break
            elements[tag] = Element(tag, vr, at + 8, length)
            at, before = after, tag
        if at > first:
            self._count(len(elements) - count)
        return at, before

    def _value(self, element: Element, end: int) -> int:
        """A value, which is not read; where the next element begins."""
        after = element.offset + element.length
        if after > end:
            element.length = end - element.offset
            self._say_cut(end, f"the value is cut short by {after - end:,} bytes", element.tag)
            return end
        if element.length & 1:
            self._say("odd-length", f"the value has an odd length, {element.length}", element.tag)
        return after

    def _ends_here(self, tag: int, at: int, closing: int) -> bool:
        """Whether an item's or sequence's tag, where an element should be, ends this data set."""
        if closing == CUT or (
            closing == AT_DELIMITER and tag in (TAG.Item, TAG.SequenceDelimitationItem)
        ):
            if closing != CUT:
                self._say("not-an-element", f"the item has no end: the next begins at {at}")
            return True
        (length,) = self.form.long(self.buffer, at + 4)
        self._count()
        self._say("not-an-element", f"an item or delimiter stands alone at {at}")
        if tag == TAG.Item or length:
            raise _Stop
        return False

    def _check_header(self, tag: int, vr: str, at: int, start: int, wrong: bytes) -> None:
        """Tell what is wrong with the head of an element, and stop where nothing follows it."""
        if not start:
            self._say("truncated", f"the data stops within an element at {at}", tag)
            raise _Stop
        if not tag >> 16:
            self._say("not-an-element", f"no data element stands at {at}: its group is 0000")
            raise _Stop
        if not vr:
            self._say("unknown-vr", f"no VR stands at {at + 4}, but {wrong!r}", tag)
            raise _Stop
        self._say("unknown-vr", f"no VR stands at {at + 4}, but {wrong!r}: read as {vr}", tag)

    def _say_order(self, tag: int, at: int, elements: Mapping[int, Element]) -> None:
        if tag in elements:
            self._say("repeated", f"the element stands twice, at {at}: the first is read", tag)
        else:
            self._say("not-ascending", f"the element stands after a greater tag, at {at}", tag)

    def _within(self, ds: DataSet, element: Element, end: int) -> int:
        """An element that may hold items or fragments; where the next element begins."""
        if element.vr == "UN":
            return self._unknown(ds, element, end)
        if element.vr == SEQUENCE:
            return self._sequence(ds, element, end)
        element.length = 0
        return self._fragments(element, end)

    def _unknown(self, ds: DataSet, element: Element, end: int) -> int:
        """An element encoded as UN, which is read as what the dictionary knows of it."""
        tag, is_undefined = element.tag, element.length == UNDEFINED
        if is_undefined and tag == TAG.PixelData:
            element.length = 0
            return self._fragments(element, end)
        known = first_vr(dictionary_entry(self.vr_of, tag) or "UN")
        element.is_unknown = known != "UN"
        element.vr = SEQUENCE if is_undefined else known
        if element.vr != SEQUENCE:
            return self._value(element, end)
        # PS3.5 6.2.2: an unknown sequence is encoded with Implicit VR, Little Endian.
        form, self.form = self.form, IMPLICIT
        try:
            return self._sequence(ds, element, end)
        finally:
            self.form = form

    def _sequence(self, ds: DataSet, element: Element, end: int) -> int:
        """The items of a sequence; where the next element begins."""
        tag, start, length = element.tag, element.offset, element.length
        element.items = []
        stop, closing = start + length, AT_LENGTH
        if length == UNDEFINED:
            stop, closing = end, AT_DELIMITER
        elif stop > end:
            self._say_cut(end, f"the sequence is cut short by {stop - end:,} bytes", tag)
            stop, closing = end, CUT
        depth = len(self._path)
        if depth >= 2 * DEEPEST:
            message = f"sequences nest deeper than {DEEPEST} in it: not read on"
            self.problems.say("not-read", message, tuple(self._path[:1]))
            if closing != AT_LENGTH:
                raise _Stop
            return stop
        try:
            return self._items(ds, element, stop, closing)
        except _Stop:
            if closing != AT_LENGTH:
                raise
            return stop
        finally:
            del self._path[depth:]

    def _items(self, ds: DataSet, element: Element, stop: int, closing: int) -> int:
        tag, at = element.tag, element.offset
        items = element.items if element.items is not None else []
        while at + 8 <= stop:
            high, low, size = self.form.tag_and_length(self.buffer, at)
            marker = (high << 16) + low
            if marker == TAG.SequenceDelimitationItem and closing != AT_LENGTH:
                return at + 8
            if marker != TAG.Item:
                if closing == CUT:
                    return at
                self._say("not-an-item", f"no item begins at {at}", tag)
                raise _Stop
            self._count()
            item = DataSet(self.buffer, self.form.is_little_endian, ds, tag)
            self._path += [tag, len(items)]
            items.append(item)
            at = self._item(item, at + 8, size, stop)
            del self._path[-2:]
        if at < stop:
            self._say_cut(stop, f"the sequence stops at {at}, within an item", tag)
        elif closing == AT_DELIMITER:
            self._say_cut(stop, f"the sequence has no end: the data stops at {at}", tag)
        return stop

    def _item(self, item: DataSet, at: int, size: int, stop: int) -> int:
        """The elements of an item; where the next item begins."""
        if size == UNDEFINED:
            return self._elements(item, at, stop, AT_DELIMITER)
        end = at + size
        if end > stop:
            self._say_cut(stop, f"the item is cut short by {end - stop:,} bytes")
            return self._elements(item, at, stop, CUT)
        depth = len(self._path)
        try:
            return self._elements(item, at, end, AT_LENGTH)
        except _Stop:
            del self._path[depth:]
            return end

    def _fragments(self, element: Element, end: int) -> int:
        """Encapsulated pixel data (PS3.5 A.4): only the heads of the fragments are looked at."""
        at, tag = element.offset, element.tag
        found = element.fragments = []
        while at + 8 <= end:
            high, low, size = self.form.tag_and_length(self.buffer, at)
            marker = (high << 16) + low
            at += 8
            if marker == TAG.SequenceDelimitationItem:
                return at
            if marker != TAG.Item:
                self._say("not-an-item", f"no fragment begins at {at - 8}", tag)
                raise _Stop
            self._count()
            found.append((at, min(size, end - at)))
            if at + size > end:
                missing = at + size - end
                message = f"fragment {len(found) - 1} is cut short by {missing:,} bytes"
                self._say_cut(end, message, tag)
                return end
            at += size
        self._say_cut(end, "the fragments have no end: the data stops", tag)
        return end
