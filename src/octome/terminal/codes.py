"""Context groups and codes as rows for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from octome.standard.model.attribute import GROUP_BINDINGS
from octome.standard.model.context_group import GroupCode, GroupInclusion

if TYPE_CHECKING:
    from octome.standard.model.attribute import AttributePage
    from octome.standard.model.code import CodeIndex, CodePage
    from octome.standard.model.context_group import ContextGroupIndex, ContextGroupPage

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


def scheme_rows(page: CodeIndex) -> list[tuple[str, ...]]:
    """The coding schemes, and which page of the list is shown."""
    if not page.schemes:
        return [(f"Part 16 has not been fetched: octome sync {page.edition} --parts 16",)]
    shown = f"{page.count:,} codes, page {page.number} of {page.pages}"
    how = '(others: octome show "codes/DCM?q=WORDS&page=2")'
    return [*((scheme, f"{count:,} codes") for scheme, count in page.schemes), (shown, how)]


def summary_rows(page: CodeIndex) -> list[tuple[str, ...]]:
    """The codes of a page of the list."""
    return [(code.scheme, code.value, code.meaning) for code in page.codes]


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
    """The codes of a group in order; if it includes others, each with the group that lists it."""
    if not page.includes:
        return [(code.scheme, code.value, code.meaning or NO_MEANING) for code in page.codes]
    rows: list[tuple[str, ...]] = []
    for line in page.lines:
        if isinstance(line, GroupCode):
            listed_in = f"CID {line.included_from or page.cid}"
            rows.append((listed_in, line.scheme, line.value, line.meaning or NO_MEANING))
        elif isinstance(line, GroupInclusion):
            rows.append(_inclusion(line))
    return rows


def _inclusion(one: GroupInclusion) -> tuple[str, ...]:
    why = {"expanded": f"{one.codes} codes", "absent": "not in this edition"}
    name = f"{one.name} ({why.get(one.expansion, one.expansion)})".strip()
    return (f"CID {one.by}", "includes", f"CID {one.cid}", name)


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


def listing_rows(page: CodePage) -> list[tuple[str, ...]]:
    """The context groups that list a code."""
    return [(f"CID {g.cid}", g.name, g.meaning or NO_MEANING, g.path) for g in page.groups]


def naming_rows(page: CodePage) -> list[tuple[str, ...]]:
    """The templates that name a code, with the numbers of their rows."""
    return [(one.template.title, ", ".join(one.rows), one.template.path) for one in page.templates]
