"""Items that are alike: a check of one of them holds for all.

A file may have thousands of frames that differ in a position and a UID. What a check of presence
finds depends on which attributes an item has, which of them have a value, and on the few values
that conditions and lists of terms read.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Set
from dataclasses import dataclass

from octome.conformance.check.finding_collector import FindingCollector, Recorded
from octome.conformance.check.predicates import item_is_the_first
from octome.dicom.data_set import LONGEST_READ, NUMBERS, DataSet, Shape

MOST_KEPT = 256  # results; items that all differ gain nothing
PADDING = b" \0"  # a value that begins with anything else is a value
Content = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Checked:
    """What the check of an item did."""

    recorded: Recorded
    allowed: list[frozenset[int] | None]


class AlikeItems:
    """Checks the items of a sequence, and repeats the result for each that is like a checked one.

    Parameters
    ----------
    values_read : set of int
        The attributes whose values the checks have read so far.
    collector : FindingCollector
        Where findings go.
    allowed_tags : mapping
        For each data set that was checked, by `id`, the tags that are allowed in it.
    """

    def __init__(
        self,
        values_read: Set[int],
        collector: FindingCollector,
        allowed_tags: MutableMapping[int, frozenset[int]],
    ) -> None:
        self.values_read = values_read
        self.collector = collector
        self.allowed_tags = allowed_tags
        self._checked: dict[Content, _Checked] = {}
        self._depends: dict[Shape, tuple[int, _Depends]] = {}

    def check(self, item: DataSet, path: str, check: Callable[[], None]) -> None:
        """Run the check of the item that lies at a path, unless its result is known."""
        items = _items(item)
        if items is None or item_is_the_first(item):  # a condition may be about the first item
            check()
            return
        collector, allowed = self.collector, self.allowed_tags
        known = self._checked.get(self._content(item, items))
        if known is not None:
            if known.recorded.added or known.recorded.allowed:
                collector.repeat(known.recorded, path)
            for ds, tags in zip(items, known.allowed, strict=True):
                if tags is not None:
                    allowed[id(ds)] = tags
            return
        with collector.recording(path) as recorded:
            check()
        if recorded.is_whole and len(self._checked) < MOST_KEPT:
            tags_of_items = [allowed.get(id(ds)) for ds in items]
            # Only now all attributes are known whose values the check reads.
            self._checked[self._content(item, items)] = _Checked(recorded, tags_of_items)

    def _content(self, item: DataSet, items: list[DataSet]) -> Content:
        """What a check depends on: two items with equal content have equal findings."""
        if item.shape is None or item.inside is None:
            return _content(items, self.values_read)
        count, depends = self._depends.get(item.shape, (0, None))
        if depends is None or count != len(self.values_read):
            depends = _Depends(item, self.values_read)
            self._depends[item.shape] = len(self.values_read), depends
        return depends.content(item)


class _Depends:
    """What the content of items of one shape depends on, apart from the shape itself.

    Parameters
    ----------
    item : DataSet
        Any of them.
    values_read : set of int
        The attributes whose values the checks have read.
    """

    def __init__(self, item: DataSet, values_read: Set[int]) -> None:
        self._values: list[tuple[int, int]] = []
        """Where values begin and end, counted from the base of the item."""
        self._presence: list[tuple[int, int, int]] = []
        """Where values begin that may be padding alone, in which data set, and their tags."""
        for number, ds in enumerate(item.inside or ()):
            for tag, element in ds.elements.items():
                if tag >> 16 & 1 or element.items is not None or not element.length:
                    continue
                begin = ds.start(element) - item.base
                if tag in values_read:
                    self._values.append((begin, begin + min(element.length, LONGEST_READ)))
                elif element.vr not in NUMBERS:
                    self._presence.append((begin, number, tag))

    def content(self, item: DataSet) -> Content:
        """The content of an item of the shape."""
        buffer, base, inside = item.buffer, item.base, item.inside or []
        values = [buffer[base + begin : base + end] for begin, end in self._values]
        presence = [
            buffer[base + begin] not in PADDING or inside[number].has_value(tag)
            for begin, number, tag in self._presence
        ]
        return (item.shape, *values, *presence)


def _items(item: DataSet) -> list[DataSet] | None:
    """The item and all items in it that are not private; None if one is incomplete."""
    if item.inside is not None:
        return item.inside
    found = [item]
    for ds in found:
        if ds.cut_at is not None:
            return None
        for tag, element in ds.elements.items():
            if element.items and not tag >> 16 & 1:
                found += element.items
    return found


def _content(items: list[DataSet], values_read: Set[int]) -> Content:
    """What a check depends on: two items with equal content have equal findings."""
    parts: list[object] = []
    for ds in items:
        for tag, element in ds.elements.items():
            if tag >> 16 & 1:
                continue  # no table or condition names a private attribute
            if element.items is not None:
                parts += (tag, -1 - len(element.items))
            elif tag in values_read:
                parts += (tag, element.vr, ds.raw(tag))
            elif element.length and ds.buffer[ds.start(element)] not in PADDING:
                parts += (tag, True)
            else:
                parts += (tag, ds.has_value(tag))
        parts.append(None)
    return tuple(parts)
