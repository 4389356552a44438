"""Which content items a structured report may have, and how they may be related (PS3.3 A.35).

`relationships.tsv` has the tables of 2016, the additions of later editions that are known, and
where each row comes from. An edition whose section of the class is at hand has its own table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from octome.standard.block import Block, walk

RELATIONSHIPS = frozenset(
    {
        "CONTAINS",
        "HAS OBS CONTEXT",
        "HAS ACQ CONTEXT",
        "HAS CONCEPT MOD",
        "HAS PROPERTIES",
        "INFERRED FROM",
        "SELECTED FROM",
    }
)
HERE = Path(__file__).parent
ANY = "*"
EXCEPT = "*-"  # any but this: `*-CONTAINER`
TABLES_OF = "2016"
HEADS = ("source value type", "relationship type", "target value type")
NAME = re.compile(r"[A-Z]+(?:3D)?")

SR = "1.2.840.10008.5.1.4.1.1."
SECTIONS = {
    SR + "88.11": "A.35.1",
    SR + "88.22": "A.35.2",
    SR + "88.33": "A.35.3",
    SR + "88.59": "A.35.4",
    SR + "88.50": "A.35.5",
    SR + "88.65": "A.35.6",
    SR + "88.40": "A.35.7",
    SR + "88.67": "A.35.8",
    SR + "78.6": "A.35.9",
    SR + "88.69": "A.35.10",
    SR + "79.1": "A.35.11",
    SR + "88.70": "A.35.12",
    SR + "88.34": "A.35.13",
    SR + "88.68": "A.35.14",
    SR + "88.35": "A.35.15",
    SR + "88.71": "A.35.16",
    SR + "88.72": "A.35.17",
    SR + "88.73": "A.35.18",
}
# Whose tables have not changed but for the additions that `relationships.tsv` has.
UNCHANGED = frozenset({"A.35.1", "A.35.2", "A.35.3", "A.35.4", "A.35.13"})
# Which may have references by place. Of A.35.12 it is not known.
BY_REFERENCE = frozenset({"A.35.3", "A.35.5", "A.35.6", "A.35.10", "A.35.13", "A.35.15"})
NOT_KNOWN = frozenset({"A.35.12"})


class Row(NamedTuple):
    """A row of a table: value types by their names, `*` for any."""

    sources: frozenset[str]
    relationship: str
    targets: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationships:
    """The table of a SOP Class.

    `is_of_edition` is whether it is the edition's own; `is_certain` whether what it does not have
    is not allowed, or later editions may have added it. `by_reference` is whether items may be
    referred to by their place; None if that is not known.
    """

    section: str
    rows: tuple[Row, ...]
    is_certain: bool
    is_of_edition: bool = False
    by_reference: bool | None = None

    @property
    def value_types(self) -> frozenset[str]:
        """Every value type that a row names."""
        return frozenset(name for row in self.rows for name in row.sources | row.targets)

    def targets(self, source: str, relationship: str) -> frozenset[str]:
        """The value types that may be related in this way to an item of a value type."""
        return frozenset(
            target
            for row in self.rows
            if _is_one_of(relationship, {row.relationship}) and _is_one_of(source, row.sources)
            for target in row.targets
        )


def _is_one_of(name: str, names: Iterable[str]) -> bool:
    return any(
        one in (name, ANY) or (one.startswith(EXCEPT) and one != EXCEPT + name) for one in names
    )


def relationships_known(sop_class_uid: str) -> Relationships | None:
    """The packaged table for a SOP Class; None if there is none."""
    section = SECTIONS.get(sop_class_uid)
    rows = _packaged().get(section or "")
    if section is None or rows is None:
        return None
    return Relationships(
        section=f"PS3.3 {section}",
        rows=rows,
        is_certain=section in UNCHANGED,
        by_reference=None if section in NOT_KNOWN else section in BY_REFERENCE,
    )


@cache
def _packaged() -> dict[str, tuple[Row, ...]]:
    found: dict[str, tuple[Row, ...]] = {}
    lines = (HERE / "relationships.tsv").read_text("utf-8").splitlines()
    for line in lines[1:]:
        section, sources, relationship, targets, _ = line.split("\t")
        row = Row(frozenset(sources.split()), relationship, frozenset(targets.split()))
        found[section] = (*found.get(section, ()), row)
    return found


def rows_in(blocks: tuple[Block, ...]) -> tuple[Row, ...]:
    """The rows of the first table of relationships in a section's text; none if it has none."""
    for block in walk(blocks):
        if block.kind == "table":
            lines = [[_words(cell) for cell in row.blocks] for row in _rows(block)]
            if lines and _is_head(lines[0]):
                return tuple(_read(line) for line in lines[1:] if len(line) == len(HEADS))
    return ()


def _rows(table: Block) -> Iterator[Block]:
    for block in table.blocks:
        if block.kind == "row":
            yield block
        else:
            yield from _rows(block)


def _words(cell: Block) -> str:
    return " ".join(" ".join(one.words for one in walk((cell,))).split())


def _is_head(cells: list[str]) -> bool:
    return len(cells) == len(HEADS) and all(
        cell.casefold().startswith(head) for cell, head in zip(cells, HEADS, strict=True)
    )


def _read(cells: list[str]) -> Row:
    source, relationship, target = cells
    other = relationship.casefold().partition("other than")[2].strip().upper()
    return Row(
        _value_types(source),
        f"{EXCEPT}{other}" if other else relationship.upper(),
        _value_types(target),
    )


def _value_types(words: str) -> frozenset[str]:
    """The value types of a cell: names in capitals, with the digits of footnotes; or any."""
    if words.casefold().startswith("any"):
        excluded = NAME.search(words)
        return frozenset({EXCEPT + excluded[0] if excluded else ANY})
    return frozenset(NAME.findall(words))
