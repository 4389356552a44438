"""How an attribute, a module, a CIOD or a section changed over the editions at hand.

An edition counts only where its source has the whole of that kind of thing: what a source has lost
was not taken out of the Standard.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from octome.standard.edition import edition_key
from octome.standard.model.history import History, Stage
from octome.standard.names import FUNCTIONAL_GROUPS, base_module
from octome.standard.pages.reader import Reader
from octome.standard.pages.stored import StoredTable


class State(NamedTuple):
    """What something is in an edition: equal keys are the same; `label` are the words for it.

    A key of None is like any other: what it is there is not known.
    """

    key: Hashable | None
    label: str = ""


Found = State | None | bool
"""A state; None where the edition does not have it; False where neither is known."""

YEAR = re.compile(r"\(\d{4}[a-z]?\)")  # of its retirement, as some dictionaries have it
TERM = "SELECT vr, vm, is_retired, note FROM term WHERE edition = ? AND tag = ? AND vr <> ''"
HAS_TERMS = "SELECT 1 FROM term WHERE edition = ? AND vr <> '' AND (tag GLOB '0000*') = ? LIMIT 1"
TABLE = "SELECT digest, EXISTS (SELECT 1 FROM line WHERE level = t.level) FROM attribute_table t "


def history_of_term(reader: Reader, tag: str) -> History | None:
    """Of an attribute in the data dictionary: VR, VM, and whether it is retired."""
    rows: dict[str, tuple[str, str, int, str] | None] = {}
    for other, edition in _editions(reader):
        is_command = tag[:4] == "0000"  # in PS3.7, not in the dictionary
        is_own = is_command or other.dictionaries[edition] == edition
        if is_own and other.row(HAS_TERMS, edition, is_command):
            rows[edition] = other.row(TERM, edition, tag)
    kinds = {row[:2] for row in rows.values() if row}

    def state(row: tuple[str, str, int, str] | None) -> State | None:
        if row is None:
            return None
        vr, vm, retired, note = row
        words = [f"VR {vr}, VM {vm}"] if len(kinds) > 1 else []
        if retired:
            words.append(f"retired {note}" if YEAR.fullmatch(note) else "retired")
        return State((vr, vm, retired), ", ".join(words))

    return history([(edition, state(row)) for edition, row in rows.items()])


def history_of_table(reader: Reader, table: StoredTable) -> History | None:
    """Of a module or macro: whether it is there, and where its attributes differ."""
    is_group = base_module(table.id) in FUNCTIONAL_GROUPS  # written differently by each source

    def state(other: Reader, edition: str) -> Found:
        row = other.row(f"{TABLE} WHERE edition = ? AND path = ?", edition, table.path)
        if row is None:
            return _absent(other, edition)
        is_known = row[1] and not is_group and not other.is_partial[edition]
        return State(row[0] if is_known else None)

    return _over(reader, state)


def history_of_attribute(reader: Reader, path: str, tags: tuple[str, ...]) -> History | None:
    """Of an attribute in a module or macro: its Type, in the editions that have the table."""

    def state(other: Reader, edition: str) -> Found:
        table = other.table(edition, path)
        if table is None or not other.row("SELECT 1 FROM line WHERE level = ?", table.level):
            return False
        lines = other.lines_at(edition, table.level, list(tags))
        if not lines:
            return _absent(other, edition)
        types = ", ".join(sorted({line.type or "none" for line in lines}))
        return State(types, f"Type {types}")

    return _over(reader, state)


def history_of_ciod(reader: Reader, having: Iterable[str]) -> History | None:
    """Of a CIOD, from the editions that have it."""
    there = set(having)
    return _over(
        reader,
        lambda other, edition: State(None) if edition in there else _absent(other, edition),
    )


def history_of_section(reader: Reader, number: str) -> History | None:
    """Of a section: where its title or its words differ."""
    part = number[4:].partition("-")[0] if number.startswith("PS3.") else "3"

    def state(other: Reader, edition: str) -> Found:
        if part not in other.whole_parts[edition]:
            return False
        row = other.row(
            "SELECT title, digest FROM section WHERE edition = ? AND number = ?", edition, number
        )
        return State(row) if row else None

    return _over(reader, state)


def _over(reader: Reader, state: Callable[[Reader, str], Found]) -> History | None:
    found = [(edition, state(other, edition)) for other, edition in _editions(reader)]
    return history([(edition, one) for edition, one in found if not isinstance(one, bool)])


def _editions(reader: Reader) -> Iterator[tuple[Reader, str]]:
    """The editions that need not be compiled first, the oldest first, with their readers."""
    ready = [(other, edition) for other in reader.ready() for edition in other.own_editions]
    return iter(sorted(ready, key=lambda one: edition_key(one[1])))


def _absent(reader: Reader, edition: str) -> Found:
    """What it means that an edition does not have a CIOD, a table or an attribute."""
    has_any = edition in reader.with_ciods
    return None if has_any and not reader.is_partial[edition] else False


def history(states: list[tuple[str, State | None]]) -> History | None:
    """The history of something by edition, the oldest first; None where there is none to tell.

    Examples
    --------
    >>> types = [None, State("3", "Type 3"), State("1", "Type 1")]
    >>> history(list(zip(["2013", "2015b", "2024a"], types))).words
    'Not in 2013; Type 3 in 2015b; Type 1 since 2024a'
    >>> history([("2013", State("x")), ("2015b", State("y")), ("2024a", State("y"))]).words
    'In all 3 editions here, the oldest 2013; changed in 2015b'
    """
    if len(states) < 2 or all(state is None for _, state in states):
        return None
    stages: list[Stage] = []
    key: Hashable | None = None
    for edition, state in states:
        was = stages[-1] if stages else None
        is_there = state is not None
        is_same = was is not None and is_there == (was.state is not None)
        if state is not None and is_same and None not in (key, state.key) and key != state.key:
            is_same = False
        label = state.label if state else None
        if was is not None and is_same:
            stages[-1] = Stage(first=was.first, last=edition, state=was.state or label)
        else:
            stages.append(Stage(first=edition, last=edition, state=label))
            key = None
        if state is not None and state.key is not None:
            key = state.key
    editions = tuple(edition for edition, _ in states)
    return History(editions=editions, stages=tuple(stages), words=_words(editions, stages))


def _words(editions: tuple[str, ...], stages: list[Stage]) -> str:
    words = []
    if all(stage.state is not None for stage in stages):
        words.append(f"In all {len(editions)} editions here, the oldest {editions[0]}")
    if len(stages) > 1:
        words += filter(None, map(_phrase, [None, *stages], stages, [*stages[1:], None]))
    changed = [stage.first for was, stage in pairwise(stages) if was.state == stage.state == ""]
    return "; ".join([*words, f"changed in {', '.join(changed)}"] if changed else words)


def _phrase(before: Stage | None, stage: Stage, after: Stage | None) -> str:
    """A stage in words; empty for one that the others imply."""
    span = stage.first if stage.first == stage.last else f"{stage.first} to {stage.last}"
    if stage.state is None:
        return f"{'not' if before else 'Not'} in {span}"
    if not stage.state:
        is_over = after is not None and after.state is None
        came = f"in {span}" if is_over else f"since {stage.first}"
        return came if before and before.state is None else ""
    if after is None:
        return f"{stage.state} since {stage.first}"
    return f"{stage.state} in {span}" if before else f"{stage.state} until {stage.last}"
