"""The content tree of a structured report: its items, their places and names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from octome.conformance.check.scope import code_of
from octome.dicom.data_set import DataSet
from octome.dicom.tag import TAG

LONGEST_NAME = 60  # characters


@dataclass(slots=True, eq=False, kw_only=True)
class ContentItem:
    """A content item. The root is the report itself; `at` counts the items of its parent from 0."""

    ds: DataSet
    parent: ContentItem | None
    at: int
    children: list[ContentItem] = field(default_factory=list)
    value_type: str = ""
    relationship: str = ""
    concept: tuple[str, str] = ("", "")
    """The coding scheme and value of its concept name; empty if it has none."""

    @property
    def name(self) -> str:
        """The meaning of its concept name; its value type if it has none."""
        for code in self.ds.items(TAG.ConceptNameCodeSequence):
            meaning = code.text(TAG.CodeMeaning)
            if meaning:
                return meaning[:LONGEST_NAME]
        return self.value_type or "by reference"

    @property
    def reference(self) -> tuple[int, ...]:
        """The place that it refers to; empty for an item by value."""
        place = self.ds.values(TAG.ReferencedContentItemIdentifier)
        return tuple(number for number in place if isinstance(number, int))

    @property
    def above(self) -> Iterator[ContentItem]:
        """The item itself, then what it is in, up to the root."""
        item: ContentItem | None = self
        while item is not None:
            yield item
            item = item.parent

    @property
    def place(self) -> str:
        """Its place as people count: the root is 1, its third item 1.3."""
        return ".".join(reversed([str(item.at + 1) for item in self.above]))

    @property
    def path(self) -> str:
        """Its place in keywords; empty for the root."""
        places = [item.at for item in self.above if item.parent is not None]
        return ".".join(f"ContentSequence[{at}]" for at in reversed(places))

    @property
    def label(self) -> str:
        """Its place and the names on the way to it: `1.2.1 (Findings > Length)`."""
        names = [item.name for item in self.above if item.parent is not None] or [self.name]
        return f"{self.place} ({' > '.join(reversed(names))})"

    def inside(self, keyword: str) -> str:
        """The path of one of its attributes."""
        return f"{self.path}.{keyword}".lstrip(".")


@dataclass(slots=True, eq=False)
class ContentTree:
    """A whole tree; `items` has the root first, then each item in reading order."""

    root: ContentItem
    items: list[ContentItem]

    def at(self, place: tuple[int, ...]) -> ContentItem | None:
        """The item at a place, counted from 1 at each level; None if there is none."""
        if not place or place[0] != 1:
            return None
        item = self.root
        for number in place[1:]:
            if not 1 <= number <= len(item.children):
                return None
            item = item.children[number - 1]
        return item


def content_tree(ds: DataSet) -> ContentTree:
    """The content tree of a structured report."""
    root = _item(ds, None, 0)
    items: list[ContentItem] = []
    waiting = [root]
    while waiting:
        item = waiting.pop()
        items.append(item)
        for at, child in enumerate(item.ds.items(TAG.ContentSequence)):
            item.children.append(_item(child, item, at))
        waiting += reversed(item.children)
    return ContentTree(root, items)


def _item(ds: DataSet, parent: ContentItem | None, at: int) -> ContentItem:
    name = next(iter(ds.items(TAG.ConceptNameCodeSequence)), None)
    return ContentItem(
        ds=ds,
        parent=parent,
        at=at,
        value_type=ds.text(TAG.ValueType),
        relationship=ds.text(TAG.RelationshipType),
        concept=code_of(name) if name is not None else ("", ""),
    )
