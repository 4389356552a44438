"""Context groups as rows for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from octome.standard.model.attribute import GROUP_BINDINGS

if TYPE_CHECKING:
    from octome.standard.model.attribute import AttributePage
    from octome.standard.model.context_group import (
        ContextGroupIndex,
        ContextGroupPage,
        GroupInclusion,
    )

NO_MEANING = "(no meaning given)"
EXTENSIBLE = {
    None: "not known",
    True: "yes: codes may be added",
    False: "no: only these codes",
}
SORTED = "sorted by scheme and meaning; codes of included groups are among them"


def group_rows(page: ContextGroupIndex) -> list[tuple[str, ...]]:
    """The list of groups."""
    if not page.groups:
        return [(f"Part 16 has not been fetched: octome sync {page.edition} --parts 16",)]
    return [(f"CID {g.cid}", f"{g.codes} codes", g.name) for g in page.groups]


def stated_rows(page: ContextGroupPage) -> list[tuple[str, str]]:
    """What is stated of a group above its codes."""
    rows = [
        ("CID", str(page.cid)),
        ("Edition", page.dictionary),
        ("Extensible", EXTENSIBLE[page.is_extensible]),
        ("Version", page.version),
        ("UID", page.uid),
        ("Order", "" if page.is_in_standard_order else SORTED),
        ("Included by", ", ".join(group.title for group in page.included_by)),
    ]
    return [row for row in rows if row[1]]


def code_rows(page: ContextGroupPage) -> list[tuple[str, ...]]:
    """The codes of a group in order, with a row above those of each group that it includes."""
    rows: list[tuple[str, ...]] = []
    for at in range(len(page.codes) + 1):
        rows += (_inclusion(one, page.cid) for one in page.includes if one.before == at)
        rows += _code(page, at)
    return rows


def _code(page: ContextGroupPage, at: int) -> Iterator[tuple[str, ...]]:
    for code in page.codes[at : at + 1]:
        yield (code.scheme, code.value, code.meaning or NO_MEANING)


def _inclusion(one: GroupInclusion, cid: int) -> tuple[str, ...]:
    why = {"expanded": f"{one.codes} codes", "absent": "not in this edition"}
    lead = "includes" if one.by == cid else f"CID {one.by} includes"
    return (lead, f"CID {one.cid}", f"{one.name} ({why.get(one.expansion, one.expansion)})".strip())


def bound_rows(page: AttributePage) -> list[tuple[str, ...]]:
    """The context groups of a code sequence."""
    rows: list[tuple[str, ...]] = []
    for group in page.context_groups:
        how = GROUP_BINDINGS[group.binding]
        if group.is_extensible is not None:
            how += "; extensible" if group.is_extensible else "; not extensible"
        if group.edition != page.edition:
            how += f" (text of {group.edition})"
        rows.append((group.title, how, group.path))
    return rows
