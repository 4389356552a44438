"""Rows of the store: lines of attribute tables, the tables themselves, dictionary terms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from octome.standard.model.attribute import AttributeType, AttributeUse


class StoredLine(NamedTuple):
    """One attribute in a level of the store, joined with its dictionary entry."""

    tag: str
    type: AttributeType | None
    text: int | None
    place: str | None
    value_types: str | None
    items: int | None
    keyword: str
    name: str
    vr: str
    vm: str

    def use(self, path: str) -> AttributeUse:
        """This line as the attribute at `path`."""
        # Imported here: the check reads lines without pages.
        from octome.standard.model.attribute import AttributeUse

        return AttributeUse(
            tag=self.tag,
            keyword=self.keyword,
            name=self.name,
            vr=self.vr,
            vm=self.vm,
            type=self.type,
            path=path,
            has_items=self.items is not None,
            value_types=self.value_types,
        )


class StoredTable(NamedTuple):
    """A module or macro in the store."""

    path: str
    id: str
    name: str
    level: int
    text: int | None
    url: str | None


class StoredTerm(NamedTuple):
    """A line of the data dictionary in the store."""

    tag: str
    keyword: str
    name: str
    vr: str
    vm: str
    is_retired: bool


def merged(lines: Iterable[StoredLine]) -> list[StoredLine]:
    """Lines with those of one tag as one, for all their Value Types; where paths must differ."""
    by_tag: dict[str, list[StoredLine]] = {}
    for line in lines:
        by_tag.setdefault(line.tag, []).append(line)
    return [
        first if not others else first._replace(value_types=any_of(first, *others))
        for first, *others in by_tag.values()
    ]


def any_of(*lines: StoredLine) -> str | None:
    """The Value Types of some lines, as words; None if one of them is for every Value Type."""
    types = [line.value_types for line in lines]
    return None if None in types else " or ".join(dict.fromkeys(filter(None, types)))
