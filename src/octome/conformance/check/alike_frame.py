"""Frames that are alike: a check of one of them holds for all.

A file may have thousands of frames that differ in a position and a UID. What a check of presence
finds depends on which attributes a frame has, which of them have a value, and on the few values
that conditions and lists of terms read.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass

from octome.conformance.check.finding_collector import Recorded
from octome.conformance.check.predicates import item_is_the_first
from octome.conformance.check.presence import Presence
from octome.dicom.data_set import DataSet

MOST_KEPT = 256  # results; frames that all differ gain nothing
Content = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Checked:
    """What the check of a frame did."""

    recorded: Recorded
    allowed: list[frozenset[int] | None]


class AlikeFrames:
    """Checks frames, and repeats the result for each frame that is like a checked one.

    Parameters
    ----------
    presence : Presence
        What the frames are checked with.
    """

    def __init__(self, presence: Presence) -> None:
        self.presence = presence
        self._checked: dict[Content, _Checked] = {}

    def check(self, frame: DataSet, path: str, check: Callable[[], None]) -> None:
        """Run the check of the frame that lies at a path, unless its result is known."""
        items = _items(frame)
        if items is None or item_is_the_first(frame):  # a condition may be about the first item
            check()
            return
        collector, allowed = self.presence.collector, self.presence.allowed_tags
        values_read = self.presence.instance.values_read
        known = self._checked.get(_content(items, values_read))
        if known is not None:
            collector.repeat(known.recorded, path)
            for item, tags in zip(items, known.allowed, strict=True):
                if tags is not None:
                    allowed[id(item)] = tags
            return
        with collector.recording(path) as recorded:
            check()
        if len(self._checked) < MOST_KEPT:
            tags_of_items = [allowed.get(id(item)) for item in items]
            # Only now all attributes are known whose values the check reads.
            self._checked[_content(items, values_read)] = _Checked(recorded, tags_of_items)


def _items(frame: DataSet) -> list[DataSet] | None:
    """The frame and all items in it; None if one is incomplete."""
    found = [frame]
    for ds in found:
        if ds.cut_at is not None:
            return None
        for element in ds.elements.values():
            if element.items:
                found += element.items
    return found


def _content(items: list[DataSet], values_read: Set[int]) -> Content:
    """What a check depends on: two frames with equal content have equal findings."""
    parts: list[object] = []
    for ds in items:
        for tag, element in ds.elements.items():
            if element.items is not None:
                parts += (tag, -1 - len(element.items))
            elif tag in values_read:
                parts += (tag, element.vr, ds.raw(tag))
            else:
                parts += (tag, ds.has_value(tag))
        parts.append(None)
    return tuple(parts)
