"""What changed in the templates of PS3.16: which there are, and the rows of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from octome.standard.counted import counted
from octome.standard.model.edition_diff import Change
from octome.standard.model.page import Link
from octome.standard.pages.comparison.changes import Entry, changes, property_changes
from octome.standard.pages.comparison.found import Found
from octome.standard.pages.comparison.side import TEMPLATES, Side, Sides, none_here, sentence
from octome.standard.pages.comparison.text import own_passages
from octome.standard.pages.reader import Reader
from octome.standard.pages.template import template_page
from octome.standard.same_words import folded

ROWS = (
    "SELECT tid, number, depth, relationship, value_type, vm, requirement, included, concept, "
    "condition, value_set FROM template_row WHERE edition = ?1 AND (?2 IS NULL OR tid = ?2) "
    "ORDER BY tid, position"
)
WORDS = (
    "SELECT b.text, b.words FROM block b WHERE b.words <> '' AND b.text IN ("
    "SELECT {} FROM template_row WHERE edition = ?1 AND (?2 IS NULL OR tid = ?2)) "
    "ORDER BY b.text, b.position"
)


class Row(NamedTuple):
    """A row of a template, its cells as words; `number` is not compared, rows before shift it."""

    number: str
    depth: int
    relationship: str
    value_type: str
    vm: str
    requirement: str
    included: str
    concept: str
    condition: str
    value_set: str

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes it the same row in another edition, even if other cells differ."""
        return self.depth, self.value_type, self.included, folded(self.concept)

    @property
    def cells(self) -> dict[str, str]:
        """The cells that may differ, by the heading of their column."""
        return {
            "Relationship": self.relationship,
            "VM": self.vm,
            "Requirement": self.requirement,
            "Condition": self.condition,
            "Value set": self.value_set,
        }

    @property
    def title(self) -> str:
        """Its number, and what it is about."""
        about = " ".join(filter(None, (self.value_type, self.concept or self.included)))
        return " ".join(filter(None, (self.number, ">" * self.depth, about)))


def templates_not_comparable(sides: Sides) -> str:
    """Why the templates do not show what changed; empty where they do."""
    lacking = sides.lacking(TEMPLATES)
    return none_here(lacking) if lacking else ""


def template_changes(sides: Sides) -> tuple[Change, ...]:
    """Templates that came, went, have another name, or other rows."""
    if templates_not_comparable(sides):
        return ()
    were, are = _rows(sides.before, sides), _rows(sides.after, sides)
    differing = {tid for tid, rows in are.items() if not _is_same(were[tid], rows)}

    def entries(side: Side, rows: dict[str, list[Row]]) -> dict[str, Entry]:
        return {
            tid: Entry(
                name,
                f"/templates/{tid}",
                counted(len(rows[tid]), "row"),
                side is sides.after and tid in differing,
                f"TID {tid}",
            )
            for tid, name in side.reader.rows(
                "SELECT tid, name FROM template WHERE edition = ? ORDER BY position", side.edition
            )
        }

    return changes(sides, entries(sides.before, were), entries(sides.after, are))


def of_template(sides: Sides, word: str) -> Found | None:
    """One template, row by row; None where neither edition has it."""
    pages = [template_page(side.reader, side.edition, word) for side in sides]
    was, now = pages
    named = now or was
    if named is None:
        return None
    subject = Link(named.path, f"TID {named.tid} {named.title}")
    if why := templates_not_comparable(sides):
        return Found(subject, (sentence(why),), {})
    notes = tuple(
        f"{side.edition} does not have it."
        for side, page in zip(sides, pages, strict=True)
        if page is None
    )
    before, after = (_rows(side, sides, named.tid)[named.tid] for side in sides)
    found: dict[str, tuple[object, ...]] = {
        "template_rows": tuple(_row_changes(sides, named.path, before, after))
    }
    if was and now:
        facts = [
            {
                "Name": page.title,
                "Extensible": _yes_or_no(page.is_extensible),
                "Order significant": _yes_or_no(page.is_order_significant),
                "Root": _yes_or_no(page.is_root),
                "Parameters": ", ".join(parameter.name for parameter in page.parameters),
            }
            for page in (was, now)
        ]
        found["properties"] = property_changes(
            sides, named.path, {name: (facts[0][name], facts[1][name]) for name in facts[0]}
        )
        found["passages"] = (
            *own_passages(sides, was.description, now.description),
            *own_passages(sides, was.notes, now.notes),
        )
    return Found(subject, notes, found)


def _yes_or_no(known: bool | None) -> str | None:  # noqa: FBT001
    return None if known is None else "yes" if known else "no"


def _is_same(were: Sequence[Row], are: Sequence[Row]) -> bool:
    return len(were) == len(are) and all(
        was[1:] == now[1:] or _state(was) == _state(now) for was, now in zip(were, are, strict=True)
    )


def _state(row: Row) -> tuple[object, ...]:
    return (*row.identity, *(folded(cell) for cell in row.cells.values()))


def _row_changes(
    sides: Sides, path: str, before: Sequence[Row], after: Sequence[Row]
) -> Iterator[Change]:
    """The rows that differ, in the order of the newer template; removed ones where they were."""
    olds, news = ([row.identity for row in rows] for rows in (before, after))
    for kind, i, j, k, m in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        if kind == "equal":
            for was, now in zip(before[i:j], after[k:m], strict=True):
                old, new = was.cells, now.cells
                names = [name for name in old if folded(old[name]) != folded(new[name])]
                if names:
                    yield Change(
                        what="changed",
                        title=now.title,
                        path=path,
                        edition=sides.after.edition,
                        before=_shown(old, names),
                        after=_shown(new, names),
                    )
            continue
        for what, side, rows in (
            ("removed", sides.before, before[i:j]),
            ("added", sides.after, after[k:m]),
        ):
            for row in rows:
                words = _shown(row.cells, [name for name, cell in row.cells.items() if cell])
                yield Change(
                    what="removed" if what == "removed" else "added",
                    title=row.title,
                    path=path,
                    edition=side.edition,
                    before=words if what == "removed" else None,
                    after=words if what == "added" else None,
                )


def _shown(cells: dict[str, str], names: Sequence[str]) -> str:
    return "; ".join(f"{name} {cells[name] or 'none'}" for name in names)


def _rows(side: Side, sides: Sides, only: str | None = None) -> dict[str, list[Row]]:
    """The rows of each template; without sentences where one of the editions has none."""
    words = {
        cell: _words(side.reader, side.edition, cell, only)
        for cell in ("concept", "condition", "value_set")
    }
    if not all(each.has_text for each in sides):
        words["condition"] = {}
    found: dict[str, list[Row]] = defaultdict(list)
    for tid, *cells, concept, condition, value_set in side.reader.rows(ROWS, side.edition, only):
        texts = ((concept, "concept"), (condition, "condition"), (value_set, "value_set"))
        found[tid].append(Row(*cells, *(words[cell].get(text, "") for text, cell in texts)))
    return found


def _words(reader: Reader, edition: str, cell: str, only: str | None) -> dict[int, str]:
    """The words of all texts that are cells of one column, by number."""
    found: dict[int, list[str]] = defaultdict(list)
    for text, words in reader.rows(WORDS.format(cell), edition, only):
        found[text].append(words)
    return {text: ", ".join(lines) for text, lines in found.items()}
