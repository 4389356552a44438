"""What changed in one code: its meaning, its definition, the context groups that list it."""

from __future__ import annotations

from octome.standard.model.code import CodePage
from octome.standard.model.edition_diff import Change
from octome.standard.model.page import Link
from octome.standard.pages.code import code_page
from octome.standard.pages.comparison.changes import Entry, changes, property_changes
from octome.standard.pages.comparison.context_groups import groups_not_comparable
from octome.standard.pages.comparison.found import Found
from octome.standard.pages.comparison.side import Sides, sentence
from octome.standard.pages.comparison.templates import templates_not_comparable
from octome.standard.pages.comparison.text import own_passages


def of_code(sides: Sides, scheme: str, value: str) -> Found | None:
    """One code; None where neither edition has it."""
    was, now = (code_page(*side, scheme, value) for side in sides)
    named = now or was
    if named is None:
        return None
    subject = Link(named.path, f"{named.value} {named.scheme} {named.title}")
    if why := groups_not_comparable(sides):
        return Found(subject, (sentence(why),), {})
    notes = tuple(
        f"{side.edition} does not have it."
        for side, page in zip(sides, (was, now), strict=True)
        if page is None
    )
    found: dict[str, tuple[object, ...]] = {
        "context_groups": changes(sides, _groups(was), _groups(now)),
        "templates": _templates(sides, was, now),
    }
    if was and now:
        meanings = {"Meaning": (was.title, now.title)}
        found["properties"] = property_changes(sides, now.path, meanings)
        found["passages"] = own_passages(sides, was.definition, now.definition)
    return Found(subject, notes, found)


def _groups(page: CodePage | None) -> dict[str, Entry]:
    return {
        group.path: Entry(group.name, group.path, number=f"CID {group.cid}")
        for group in (page.groups if page else ())
    }


def _templates(sides: Sides, was: CodePage | None, now: CodePage | None) -> tuple[Change, ...]:
    if templates_not_comparable(sides):
        return ()
    before, after = (
        {
            one.template.path: Entry(one.template.title, one.template.path)
            for one in (page.templates if page else ())
        }
        for page in (was, now)
    )
    return changes(sides, before, after)
