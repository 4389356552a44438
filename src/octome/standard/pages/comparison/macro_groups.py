"""Changes that are the attributes of one macro, which came or went as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from octome.standard.model.edition_diff import FOLDING, Change
from octome.standard.pages.comparison.changes import Entries
from octome.standard.pages.comparison.nesting import bare_title
from octome.standard.pages.comparison.side import Sides

FEWEST = 3  # attributes of a macro that are grouped
LINES = (
    "SELECT t.name, l.tag FROM attribute_table t JOIN line l ON l.level = t.level "
    "WHERE t.edition = ? AND t.path LIKE '/macros/%'"
)


def grouped_by_macro(
    sides: Sides, found: Sequence[Change], before: Entries, after: Entries
) -> tuple[Change, ...]:
    """The changes of a table, with the macro and sequence that several of them are of.

    A macro is recognised by its attributes: all are there, and several of them changed alike. The
    keys of `before` and `after` are paths of tags below the table.
    """
    entries = {**before, **after}
    below: dict[str, set[str]] = defaultdict(set)
    for key in entries:
        parent, _, tag = key.rpartition("/")
        below[parent].add(tag)
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    listed = {(change.what, change.path) for change in found if change.what in FOLDING}
    for at, change in enumerate(found):
        parent = change.path.rpartition("/")[0]
        if (change.what, parent) not in listed:
            alike[change.what, parent].append(at)
    macros = _macros(sides) if any(len(group) >= FEWEST for group in alike.values()) else []
    grouped = list(found)
    for (_, parent), group in alike.items():
        key = "".join(f"/{tag}" for tag in parent.split("/")[3:])
        for name, tags in macros:
            own = [at for at in group if found[at].path.rpartition("/")[2] in tags]
            if len(own) < FEWEST or not tags <= below[key]:
                continue
            where = f" in {bare_title(entries[key])}" if key in entries else ""
            for at in own:
                grouped[at] = replace(
                    found[at], group=f"{name.removesuffix(' Macro')} Macro{where}"
                )
            group = [at for at in group if at not in own]
    return tuple(grouped)


def _macros(sides: Sides) -> list[tuple[str, frozenset[str]]]:
    """Each macro that one of the editions has, with its attributes; the largest first."""
    tags: dict[tuple[str, str], set[str]] = defaultdict(set)
    for reader, edition in sides:
        for name, tag in reader.rows(LINES, edition):
            tags[edition, name].add(tag)
    named = ((name, frozenset(found)) for (_, name), found in tags.items())
    return sorted(named, key=lambda one: -len(one[1]))
