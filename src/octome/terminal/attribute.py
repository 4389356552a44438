"""Attributes as lines for the terminal: in their places, and in the dictionary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from octome.standard.block import Block
from octome.standard.counted import counted
from octome.terminal.codes import bound_rows
from octome.terminal.confidentiality import protection_lines
from octome.terminal.prose import prose

if TYPE_CHECKING:
    from octome.standard.model.attribute import AttributePage
    from octome.standard.model.dictionary import AttributeEntry, AttributeIndex
    from octome.terminal.sheet import Sheet


def attribute_lines(sheet: Sheet, page: AttributePage) -> list[str]:
    """An attribute in its place: details, text, items, and the sections it refers to."""
    a = page.attribute
    lines = ["", *sheet.details(a.display_tag, a.keyword, a.vr, a.vm, a.spelled_type)]
    lines += protection_lines(page.protection, sheet.width)
    if group := page.functional_group:
        usage = f"usage {group.usage}" if group.usage else "usage not known"
        if group.usage_edition:
            usage += f" (from edition {group.usage_edition})"
        lines.append(
            f"Functional group      {usage}, {group.placement}; the type applies if it is used"
        )
        lines += sheet.condition(group.usage, group.condition, page.edition, 22)
    if not page.is_condition_known:
        lines.append(f"Condition not known in edition {page.edition}")
    lines += sheet.described(page.description, page.edition)
    lines += sheet.noted(page.why_no_description)
    for other in page.alternatives:
        lines += sheet.head(other.attribute.spelled_type)
        lines += sheet.text(other.description, page.edition, 2)
    if page.items:
        lines += [*sheet.head("Items"), *sheet.attributes(page.items)]
    if page.repeats:
        lines += ["", f"Repeats {page.repeats.title}, to any depth: {page.repeats.path}"]
    lines += sheet.inclusions(page.includes)
    if page.context_groups:
        lines += [
            *sheet.head("Context groups"),
            *sheet.columns(bound_rows(page)),
        ]
    elif page.lacks_context_group:
        lines += [*sheet.head("Context group"), "  Not known in this edition"]
    for section in page.sections:
        lines += sheet.head(f"Section {section.number} {section.title}")
        lines += sheet.text(section.text, page.edition, 2)
    return [*lines, *sheet.url(page.standard_url)]


def entry_lines(sheet: Sheet, page: AttributeEntry) -> list[str]:
    """An attribute in the dictionary, with its uses."""
    about = page.display_tag, page.keyword, page.vr, page.vm, None
    lines = ["", *sheet.details(*about, dictionary=page.dictionary)]
    lines += ["Retired"] if page.is_retired else []
    lines += protection_lines(page.protection, sheet.width)
    if page.described_by and page.description:
        lines += sheet.head(f"From {page.described_by.title}")
        lines += sheet.text(page.description, page.edition, 2)
    lines += sheet.noted(page.why_no_description)
    tables = "1 module" if len(page.used_by) == 1 else f"{len(page.used_by)} modules and macros"
    used = f"Used by {tables}, in {counted(page.ciods, 'CIOD')}"
    unknown = "Uses not known: the edition's source has no attributes of modules"
    lines += sheet.head(used if page.is_use_known else unknown)
    lines += sheet.noted(page.why_unused)
    lines += sheet.columns(
        [
            (
                ", ".join(o.type or "-" for o in user.occurrences),
                user.table.title,
                f"{sum(o.places for o in user.occurrences)} x",
                f"{len(user.ciods)} CIODs",
                user.occurrences[0].path,
            )
            for user in page.used_by
        ]
    )
    return lines


def attribute_index_lines(sheet: Sheet, page: AttributeIndex) -> list[str]:
    """The attributes of a group, of a Value Representation, or with some words; then the groups."""
    lines = sheet.head(
        page.vr.title
        if page.vr
        else f"With {page.words!r} in name, keyword or tag: {len(page.terms)}"
        if page.words
        else f"Group {page.group}"
    )
    lines += sheet.columns(
        [
            (
                t.display_tag,
                t.vr,
                t.vm,
                t.name + ("  [retired]" if t.is_retired else ""),
                t.keyword,
            )
            for t in page.terms
        ]
    )
    groups = " ".join(f"{group}({count})" for group, count in page.groups)
    return [
        *lines,
        *sheet.head("Groups (choose one with --group)"),
        *prose((Block(kind="paragraph", words=groups),), sheet.width, 2),
    ]
