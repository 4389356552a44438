"""How an attribute, a module, a CIOD or a section changed over the editions at hand.

An edition counts only where its source has the whole of that kind of thing: what a source has lost
was not taken out of the Standard.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from octome.standard.edition import edition_key
from octome.standard.model.history import History
from octome.standard.names import FUNCTIONAL_GROUPS, base_module
from octome.standard.pages.comparison.side import Side, Sides
from octome.standard.pages.comparison.tables import changes_in_words
from octome.standard.pages.history_words import NOTHING, State, history
from octome.standard.pages.newer import attributes_not_known
from octome.standard.pages.reader import Reader
from octome.standard.pages.stored import StoredTable
from octome.standard.same_words import is_same_name

Found = State | None | bool
"""A state; None where the edition does not have it; False where neither is known."""

YEAR = re.compile(r"\(\d{4}[a-z]?\)")  # of its retirement, as some dictionaries have it
TERM = "SELECT vr, vm, is_retired, note FROM term WHERE edition = ? AND tag = ? AND vr <> ''"
HAS_TERMS = "SELECT 1 FROM term WHERE edition = ? AND vr <> '' AND (tag GLOB '0000*') = ? LIMIT 1"
TABLE = (
    "SELECT path, name, digest, EXISTS (SELECT 1 FROM line WHERE level = t.level) "
    "FROM attribute_table t WHERE edition = ?"
)
# The same table under another id: by its number in PS3.3, or by its attributes.
RENAMED = (
    f"{TABLE} AND substr(path, 1, 5) = substr(?2, 1, 5) "
    "AND (?3 <> '' AND url LIKE '%#' || ?3 OR digest = ?4) "
    "AND EXISTS (SELECT 1 FROM line WHERE level = t.level)"
)


def history_of_term(reader: Reader, tag: str) -> History | None:
    """Of an attribute in the data dictionary: VR, VM, and whether it is retired."""
    is_command = tag[:4] == "0000"  # in PS3.7, not in the dictionary
    kinds: dict[str, str] = {}
    borrowing: set[str] = set()  # their pages show the attribute, of another edition

    def state(other: Reader, edition: str) -> Found:
        dictionary = other.dictionaries[edition]
        is_own = dictionary in ((edition, "") if is_command else (edition,))
        if dictionary not in (edition, ""):
            borrowing.add(edition)
        if not is_own or not other.row(HAS_TERMS, edition, is_command):
            return False
        row = other.row(TERM, edition, tag)
        if row is None:
            return None
        vr, vm, retired, note = row
        kinds[edition] = f"VR {vr}, VM {vm}"
        words = f"retired {note}" if YEAR.fullmatch(note) else "retired"
        return State((vr, vm, retired), words if retired else "")

    found = states_over(reader, state)
    found = labelled(found, kinds) if len({*kinds.values()}) > 1 else found
    return history_over(reader, found, left_out=borrowing)


def history_of_table(reader: Reader, edition: str, table: StoredTable) -> History | None:
    """Of a module or macro: whether it is there, its name, and how much of it changed."""
    is_group = base_module(table.id) in FUNCTIONAL_GROUPS  # written differently by each source
    names: dict[str, str] = {}
    known: list[KnownTable] = []

    def state(other: Reader, name: str) -> Found:
        if is_group:
            return _state_of_groups(other, name, table)
        row = row_of_table(reader, edition, table, (other, name))
        if row is None:
            return _absent(other, name, table.path)
        names[name] = row[1]
        if not row[3]:
            return State(None)
        known.append(KnownTable(Side(other, name), row[0], row[2]))
        return State(name)

    found = states_over(reader, state)
    stages, changed = _versions(known)
    found = {
        name: State(stages[name]) if isinstance(one, State) and one.key else one
        for name, one in found.items()
    }
    is_renamed = not all(is_same_name(table.name, name) for name in names.values())
    named = {name: f"named {words}" for name, words in names.items()}
    holes = [attributes_not_known(*one.side) for one in known] if len(known) > 1 else []
    return history_over(
        reader,
        labelled(found, named) if is_renamed else found,
        changed=changed,
        holes=[words for words in holes if words],
    )


def _state_of_groups(reader: Reader, edition: str, table: StoredTable) -> Found:
    """Of the functional groups of a CIOD or of all: some sources have a table for each CIOD."""
    base = base_module(table.id)
    ciod = table.id.removesuffix(base).removesuffix("-")
    row = reader.row(
        "SELECT 1 FROM use WHERE edition = ?1 AND (path = ?2 OR path = '/modules/' || ?3 "
        "OR ?4 = '' AND path LIKE '/modules/%-' || ?3) AND (?4 = '' OR ciod = ?4)",
        edition,
        table.path,
        base,
        ciod,
    )
    return (
        State(None) if row else _absent(reader, edition, f"/ciods/{ciod}" if ciod else table.path)
    )


class KnownTable(NamedTuple):
    """A module or macro in an edition that has its attributes."""

    side: Side
    path: str
    digest: bytes


def _versions(known: Sequence[KnownTable]) -> tuple[dict[str, int], dict[str, str]]:
    """A number for each edition, the same where its attributes are; and what changed, in words."""
    versions: dict[str, int] = {}
    changed: dict[str, str] = {}
    for first in known[:1]:
        versions[first.side.edition] = 0
    for was, now in pairwise(known):
        edition = now.side.edition
        versions[edition] = versions[was.side.edition]
        if was.digest == now.digest:
            continue
        words = _changes_between(was, now)
        # Of a source with holes the attributes differ for those alone.
        is_sure = not any(each.side.reader.is_partial[each.side.edition] for each in (was, now))
        if words or is_sure:
            versions[edition] += 1
        if words:
            changed[edition] = words
    return versions, changed


def _changes_between(was: KnownTable, now: KnownTable) -> str:
    """What changed in a table: attributes, and macros as a whole; worked out once."""
    reader, edition = was.side
    known = now.side.reader.changes_of_tables
    key = reader, edition, f"{now.side.edition}{now.path}"
    if key not in known:
        known[key] = changes_in_words(Sides(was.side, now.side), now.path)
    return known[key]


def row_of_table(
    reader: Reader, edition: str, table: StoredTable, other: tuple[Reader, str]
) -> tuple[str, str, bytes, int] | None:
    """A module or macro in another edition, even under another name; None where it is not there.

    Its path, its name, its digest, and whether its attributes are known.
    """
    there, name = other
    row = there.row(f"{TABLE} AND path = ?", name, table.path)
    if row is None and name != edition:
        _, _, digest, is_known = reader.row(f"{TABLE} AND path = ?", edition, table.path)
        number = (table.url or "").partition("#")[2]
        rows = there.rows(RENAMED, name, table.path, number, digest if is_known else None)
        if len(rows) == 1 and reader.table(edition, rows[0][0]) is None:
            row = rows[0]
    return None if row is None else (row[0], row[1], row[2], row[3])


def history_of_attribute(
    reader: Reader, edition: str, table: StoredTable, tags: tuple[str, ...]
) -> History | None:
    """Of an attribute in a module or macro: its Type, in the editions that have the table."""

    def state(other: Reader, name: str) -> Found:
        row = row_of_table(reader, edition, table, (other, name))
        if row is None or not row[3]:
            return False
        found = other.table(name, row[0])
        lines = other.lines_at(name, found.level, list(tags)) if found else []
        if not lines:
            return _absent(other, name, table.path)
        types = ", ".join(sorted({line.type or "none" for line in lines}))
        return State(types, f"Type {types}")

    return history_over(reader, states_over(reader, state))


def history_of_ciod(reader: Reader, path: str, having: Iterable[str]) -> History | None:
    """Of a CIOD, from the editions that have it."""
    there = set(having)

    def state(other: Reader, edition: str) -> Found:
        return State(None) if edition in there else _absent(other, edition, path)

    return history_over(reader, states_over(reader, state))


def history_of_section(reader: Reader, number: str) -> History | None:
    """Of a section: where its title or its words differ."""
    part = number[4:].partition("-")[0] if number.startswith("PS3.") else "3"

    def state(other: Reader, edition: str) -> Found:
        if part not in other.whole_parts[edition]:
            return False
        row = other.row(
            "SELECT digest FROM section WHERE edition = ? AND number = ?", edition, number
        )
        return State(row[0]) if row else None

    return history_over(reader, states_over(reader, state))


def states_over(reader: Reader, state: Callable[[Reader, str], Found]) -> dict[str, Found]:
    """What something is in each edition that need not be compiled first, the oldest first."""
    # Fetched editions come first from the reader, and hide packaged ones.
    stores = reversed(list(reader.ready()))
    ready = {edition: other for other in stores for edition in other.own_editions}
    for hidden in reader.unread:
        ready.pop(hidden, None)
    return {edition: state(ready[edition], edition) for edition in sorted(ready, key=edition_key)}


def labelled(found: dict[str, Found], labels: dict[str, str]) -> dict[str, Found]:
    """The same states, with further words in front of theirs."""
    return {
        edition: State(one.key, ", ".join(filter(None, (labels.get(edition), one.label))))
        if isinstance(one, State)
        else one
        for edition, one in found.items()
    }


def history_over(
    reader: Reader,
    found: dict[str, Found],
    left_out: Collection[str] = (),
    changed: Mapping[str, str] = NOTHING,
    holes: Sequence[str] = (),
) -> History | None:
    """The history of what was found in each edition; those that are left out are not named."""
    unread = sorted(set(reader.editions) - found.keys(), key=edition_key)
    return history(
        [(edition, one) for edition, one in found.items() if not isinstance(one, bool)],
        not_known=[
            edition
            for edition, one in found.items()
            if isinstance(one, bool) and edition not in left_out
        ],
        not_compiled=unread,
        left_out=left_out,
        changed=changed,
        holes=holes,
    )


def _absent(reader: Reader, edition: str, path: str) -> Found:
    """What it means that an edition does not have a CIOD, a table or an attribute in it."""
    if edition not in reader.with_ciods or reader.is_partial[edition]:
        return False
    query = "SELECT 1 FROM not_covered WHERE edition = ? AND path = ?"
    return False if reader.row(query, edition, path) else None
