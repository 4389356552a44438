"""Attributes that are in both editions, but one sequence deeper in one of them.

Some packaged sources nest wrongly: attributes within one that is not a sequence, or next to the
sequence that they belong to. Such an attribute has neither come nor gone.
"""

from __future__ import annotations

from collections import defaultdict

from octome.standard.model.edition_diff import Change
from octome.standard.pages.comparison.changes import Entries, Entry
from octome.standard.pages.comparison.side import Sides


def nested_otherwise(before: Entries, after: Entries) -> dict[str, str]:
    """The older key of each newer one that only has one attribute more or less above it.

    The same type, and only where that attribute is in both: one that has come or gone itself is a
    change of the Standard. Keys are paths of tags.
    """
    gone: dict[str, list[str]] = defaultdict(list)
    for key in before:
        if key not in after:
            gone[key.rpartition("/")[2]].append(key)
    candidates: dict[str, list[str]] = defaultdict(list)
    for key in after:
        for old in gone[key.rpartition("/")[2]] if key not in before else ():
            shorter, longer = sorted((old, key), key=len)
            is_same = before[old].state == after[key].state
            if is_same and _is_one_deeper(shorter, longer, before, after):
                candidates[key].append(old)
    claimed = [old for found in candidates.values() for old in found]
    return {
        key: found[0]
        for key, found in candidates.items()
        if len(found) == 1 and claimed.count(found[0]) == 1
    }


def _is_one_deeper(shorter: str, longer: str, before: Entries, after: Entries) -> bool:
    *above, _ = longer.split("/")
    outer = shorter.rpartition("/")[0].split("/")
    for at in range(1, len(above)):
        extra = "/".join(above[: at + 1])
        if above[:at] + above[at + 1 :] == outer and extra in before and extra in after:
            return True
    return False


def nesting_changes(
    sides: Sides, before: Entries, after: Entries, pairs: dict[str, str]
) -> tuple[Change, ...]:
    """The attributes that are nested otherwise, each with what it is in."""
    return tuple(
        Change(
            what="nested otherwise",
            title=after[key].title,
            path=after[key].path,
            edition=sides.after.edition,
            before=_parent(before, old),
            after=_parent(after, key),
        )
        for key, old in pairs.items()
    )


def _parent(entries: Entries, key: str) -> str:
    parent = entries.get(key.rpartition("/")[0])
    return f"in {bare_title(parent)}" if parent else "in no sequence"


def bare_title(entry: Entry) -> str:
    """The title of an attribute without the marks of its depth."""
    return entry.title.lstrip(">")
