"""One pass over a data set: its elements, items and fragments, as far as they can be read.

Every problem is reported with its path. Reading continues where the next element is certain to
begin: at the end of the enclosing item or sequence, if its length is known.
"""

from __future__ import annotations

from octome.dicom.data_set import SEQUENCE, DataSet, Element
from octome.dicom.element_header import ElementHeader, element_header
from octome.dicom.encoding import ITEM_GROUP, unknown_item_encoding
from octome.dicom.item_shape import KnownShapes
from octome.dicom.reading import Enough, Reading, Stop
from octome.dicom.tag import TAG
from octome.dicom.vr import SHORT, UNDEFINED, assumed_vr, dictionary_entry

# Bounds against hostile files: no real file comes near them.
DEEPEST = 100
SEQUENCE_CODE = b"SQ"
# How a data set or an item ends: at its length; at a delimiter; or, if it claims more bytes than
# there are, at an item or delimiter of the enclosing sequence.
AT_LENGTH, AT_DELIMITER, CUT = range(3)
WORTH_COMPARING = 8  # items of a sequence; from then on they are compared with each other


class DataSetReader(Reading):
    """Reads data sets of one buffer; the parameters are those of `Reading`."""

    def read(
        self, ds: DataSet, at: int, *, group: int | None = None, below: int | None = None
    ) -> int:
        """Read elements into `ds`.

        Parameters
        ----------
        ds : DataSet
        at : int
            Where the first element begins.
        group : int, optional
            Stop before the first element of another group.
        below : int, optional
            Stop before the first element with this or a greater tag.

        Returns
        -------
        end : int
            Where reading stopped.
        """
        try:
            return self._elements(ds, at, len(self.buffer), AT_LENGTH, group=group, below=below)
        except Stop:
            return len(self.buffer)
        except Enough:
            message = f"there are more than {self._most:,} elements: the rest is not read"
            self.problems.add("not-read", message)
            return len(self.buffer)

    def _elements(
        self,
        ds: DataSet,
        at: int,
        end: int,
        closing: int,
        *,
        group: int | None = None,
        below: int | None = None,
    ) -> int:
        """Read the elements of one data set or item; returns where it ended."""
        try:
            after = self._all_elements(ds, at, end, closing, group=group, below=below)
        except (Stop, Enough):
            self.is_whole = False
            ds.cut_at = next(reversed(ds.elements), -1)
            raise
        if after == end and end in self._cut:
            ds.cut_at = next(reversed(ds.elements), -1)
        return after

    def _all_elements(
        self,
        ds: DataSet,
        at: int,
        end: int,
        closing: int,
        *,
        group: int | None,
        below: int | None,
    ) -> int:
        before = -1
        limit = below or (ITEM_GROUP << 16 if group is None else (group + 1) << 16)
        while at + 8 <= end:
            if self.encoding.is_explicit:
                at, before = self._ordinary(ds, at, end, before, limit)
            elif group is None:
                at, before = self._ordinary_implicit(ds, at, end, before, limit)
            if at + 8 > end:
                break
            found = element_header(self.buffer, at, end, self.encoding, self.vr_of)
            tag = found[0]
            if tag >> 16 == ITEM_GROUP:
                if tag == TAG.ItemDelimitationItem and closing == AT_DELIMITER:
                    return at + 8
                if self._ends_here(ds, tag, at, closing):
                    return at
                at += 8
                continue
            if (group is not None and tag >> 16 != group) or (below is not None and tag >= below):
                return at
            at = self._element(ds, at, end, found, before)
            before = max(before, tag)
        if group is not None:
            return at
        if at < end:
            self._report_cut(ds, end, f"the last {end - at} bytes, at {at}, are not an element")
        elif closing == AT_DELIMITER:
            self._report_cut(ds, end, f"the item has no end: the data stops at {at}")
        return end

    def _ordinary(self, ds: DataSet, at: int, end: int, before: int, limit: int) -> tuple[int, int]:
        """Read a run of elements without problems; returns where it ends, and its last tag.

        Nearly all elements are like this: complete, ascending, of a VR with a length of 16 bits, or
        a sequence.
        """
        head, buffer, elements = self.encoding.head, self.buffer, ds.elements
        while at + 8 <= end:
            high, low, code, length = head(buffer, at)
            tag = (high << 16) + low
            if not before < tag < limit or not high:
                break
            if code in SHORT:
                after = at + 8 + length
                if after > end or length & 1:
                    break
                self._left -= 1
                if self._left < 0:
                    raise Enough
                elements[tag] = Element(tag, SHORT[code], at + 8, length)
                at = after
            elif code == SEQUENCE_CODE and at + 12 <= end:
                self._count()
                element = Element(tag, SEQUENCE, at + 12, *self.encoding.long(buffer, at + 8))
                elements[tag] = element
                at = self._sequence(ds, element, end)
            else:
                break
            before = tag
        return at, before

    def _ordinary_implicit(
        self, ds: DataSet, at: int, end: int, before: int, limit: int
    ) -> tuple[int, int]:
        """The same in Implicit VR: complete, ascending, in the dictionary, and not a sequence."""
        head, buffer, elements = self.encoding.tag_and_length, self.buffer, ds.elements
        while at + 8 <= end:
            high, low, length = head(buffer, at)
            tag = (high << 16) + low
            after = at + 8 + length
            if not before < tag < limit or not high or length & 1 or after > end:
                break
            vr = assumed_vr(self.vr_of.get(tag, ""))
            if vr in (SEQUENCE, "UN"):
                break
            self._count()
            elements[tag] = Element(tag, vr, at + 8, length)
            at, before = after, tag
        return at, before

    def _element(self, ds: DataSet, at: int, end: int, found: ElementHeader, before: int) -> int:
        """Read any element, by its header; returns where the next begins."""
        tag, vr, length, start, wrong = found
        if wrong or not start or not tag >> 16:
            self._check_header(ds, at, found)
        self._count()
        if tag <= before:
            self._report_order(ds, tag, at)
        element = Element(tag, vr, start, length)
        ds.elements.setdefault(tag, element)
        if vr == SEQUENCE:
            return self._sequence(ds, element, end)
        if vr == "UN" or length == UNDEFINED:
            return self._within(ds, element, end)
        return self._value(ds, element, end)

    def _value(self, ds: DataSet, element: Element, end: int) -> int:
        """Skip a value; returns where the next element begins."""
        after = element.offset + element.length
        if after > end:
            element.length = end - element.offset
            message = f"the value is cut short by {after - end:,} bytes"
            self._report_cut(ds, end, message, element.tag)
            return end
        if element.length & 1:
            message = f"the value has an odd length, {element.length}"
            self._report(ds, "odd-length", message, element.tag)
        return after

    def _ends_here(self, ds: DataSet, tag: int, at: int, closing: int) -> bool:
        """Whether an item's or sequence's tag, where an element should be, ends this data set."""
        if closing == CUT or (
            closing == AT_DELIMITER and tag in (TAG.Item, TAG.SequenceDelimitationItem)
        ):
            if closing != CUT:
                message = f"the item has no end: the next begins at {at}"
                self._report(ds, "not-an-element", message)
            return True
        (length,) = self.encoding.long(self.buffer, at + 4)
        self._count()
        message = f"there is an item or delimiter outside of a sequence at {at}"
        self._report(ds, "not-an-element", message)
        if tag == TAG.Item or length:
            raise Stop
        return False

    def _within(self, ds: DataSet, element: Element, end: int) -> int:
        """Read an element that may hold items or fragments; returns where the next begins."""
        if element.vr == "UN":
            return self._unknown(ds, element, end)
        element.length = 0
        return self._fragments(ds, element, end)

    def _unknown(self, ds: DataSet, element: Element, end: int) -> int:
        """Read an element encoded as UN, with the dictionary's VR."""
        tag, is_undefined = element.tag, element.length == UNDEFINED
        if is_undefined and tag == TAG.PixelData:
            element.length = 0
            return self._fragments(ds, element, end)
        known = assumed_vr(dictionary_entry(self.vr_of, tag) or "UN")
        element.is_unknown = known != "UN"
        element.vr = SEQUENCE if is_undefined else known
        if element.vr != SEQUENCE:
            return self._value(ds, element, end)
        encoding, first_item = self.encoding, element.offset + 8
        self.encoding = unknown_item_encoding(self.buffer, first_item, self.vr_of)
        try:
            return self._sequence(ds, element, end)
        finally:
            self.encoding = encoding

    def _sequence(self, ds: DataSet, element: Element, end: int) -> int:
        """Read the items of a sequence; returns where the next element begins."""
        tag, start, length = element.tag, element.offset, element.length
        element.items = []
        stop, closing = start + length, AT_LENGTH
        if length == UNDEFINED:
            stop, closing = end, AT_DELIMITER
        elif stop > end:
            self._report_cut(ds, end, f"the sequence is cut short by {stop - end:,} bytes", tag)
            stop, closing = end, CUT
        if self._depth >= DEEPEST:
            self.is_whole = False
            message = f"sequences nest deeper than {DEEPEST} in it: the rest is not read"
            self.problems.add("not-read", message, ds.place[0][:1])
            if closing != AT_LENGTH:
                raise Stop
            return stop
        self._depth += 1
        try:
            return self._items(ds, element.items, element, stop, closing)
        except Stop:
            self.is_whole = False
            if closing != AT_LENGTH:
                raise
            return stop
        finally:
            self._depth -= 1

    def _items(
        self, ds: DataSet, items: list[DataSet], element: Element, stop: int, closing: int
    ) -> int:
        tag, at = element.tag, element.offset
        shapes: KnownShapes | None = None
        while at + 8 <= stop:
            high, low, size = self.encoding.tag_and_length(self.buffer, at)
            marker = (high << 16) + low
            if marker == TAG.SequenceDelimitationItem and closing != AT_LENGTH:
                return at + 8
            if marker != TAG.Item:
                if closing == CUT:
                    return at
                self._report(ds, "not-an-item", f"no item begins at {at}", tag)
                raise Stop
            like = shapes.find(self.buffer, at, size, stop) if shapes and not self._cut else None
            if like is not None and like.size <= self._left:
                self._left -= like.size
                items.append(like.read(at, ds, len(items)))
                at += like.length
                continue
            self._count()
            item = DataSet(
                self.buffer,
                self.encoding.is_little_endian,
                parent=ds,
                parent_sequence=tag,
                item_number=len(items),
            )
            items.append(item)
            if not size:
                at += 8
                continue
            start, problems = at, self.problems.count
            at = self._item(item, at + 8, size, stop)
            if len(items) >= WORTH_COMPARING and problems == self.problems.count:
                shapes = shapes or KnownShapes()
                shapes.learn(item, start, at, size)
        if at < stop:
            self._report_cut(ds, stop, f"the sequence stops at {at}, within an item", tag)
        elif closing == AT_DELIMITER:
            self._report_cut(ds, stop, f"the sequence has no end: the data stops at {at}", tag)
        return stop

    def _item(self, item: DataSet, at: int, size: int, stop: int) -> int:
        """Read the elements of an item; returns where the next item begins."""
        if size == UNDEFINED:
            return self._elements(item, at, stop, AT_DELIMITER)
        end = at + size
        if end > stop:
            self._report_cut(item, stop, f"the item is cut short by {end - stop:,} bytes")
            return self._elements(item, at, stop, CUT)
        try:
            return self._elements(item, at, end, AT_LENGTH)
        except Stop:
            return end

    def _fragments(self, ds: DataSet, element: Element, end: int) -> int:
        """Read encapsulated pixel data (PS3.5 A.4): only the headers of the fragments."""
        at, tag = element.offset, element.tag
        found = element.fragments = []
        while at + 8 <= end:
            high, low, size = self.encoding.tag_and_length(self.buffer, at)
            marker = (high << 16) + low
            at += 8
            if marker == TAG.SequenceDelimitationItem:
                return at
            if marker != TAG.Item:
                self._report(ds, "not-an-item", f"no fragment begins at {at - 8}", tag)
                raise Stop
            self._count()
            found.append((at, min(size, end - at)))
            if at + size > end:
                missing = at + size - end
                message = f"fragment {len(found) - 1} is cut short by {missing:,} bytes"
                self._report_cut(ds, end, message, tag)
                return end
            at += size
        self._report_cut(ds, end, "the fragments have no end: the data stops", tag)
        return end
