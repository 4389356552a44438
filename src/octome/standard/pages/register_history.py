"""How a context group, a template or a row of PS3.15 Table E.1-1 changed over the editions."""

from __future__ import annotations

import json

from octome.standard.model.history import History
from octome.standard.pages.history import Found, history_over, states_over
from octome.standard.pages.history_words import State
from octome.standard.pages.reader import Reader
from octome.standard.same_words import folded

CODES = "SELECT scheme, value, meaning FROM code WHERE cid = ?"
INCLUDED = "SELECT included FROM included_group WHERE cid = ?"
ROWS = (
    "SELECT position, depth, relationship, value_type, vm, requirement, included "
    "FROM template_row WHERE edition = ? AND tid = ? ORDER BY position"
)
WORDS = (
    "SELECT r.position, b.words FROM template_row r "
    "JOIN block b ON b.text IN (r.concept, r.condition, r.value_set) "
    "WHERE r.edition = ? AND r.tid = ? AND b.words <> '' ORDER BY r.position, b.text, b.position"
)


def history_of_group(reader: Reader, cid: int) -> History | None:
    """Of a context group: its version, and where its codes differ."""

    def state(other: Reader, edition: str) -> Found:
        # Elsewhere the groups are of another edition, or of a source that has not all of them.
        of = other.meta("context groups").partition(" ")[0]
        if of != edition or not other.meta("context groups in order"):
            return False
        row = other.row("SELECT version FROM context_group WHERE cid = ?", cid)
        if row is None:
            return None
        codes = {(s, value, folded(meaning)) for s, value, meaning in other.rows(CODES, cid)}
        return State(frozenset({*codes, *other.rows(INCLUDED, cid)}), _version(row[0]))

    return history_over(reader, states_over(reader, state))


def _version(version: str) -> str:
    return f"version {version}" if version else ""


def history_of_template(reader: Reader, tid: str) -> History | None:
    """Of a template: where its rows differ."""

    def state(other: Reader, edition: str) -> Found:
        if other.row("SELECT 1 FROM template WHERE edition = ? LIMIT 1", edition) is None:
            return False
        if other.row("SELECT 1 FROM template WHERE edition = ? AND tid = ?", edition, tid) is None:
            return None
        (has_text,) = other.row("SELECT has_text FROM edition WHERE id = ?", edition)
        rows = tuple(row[1:] for row in other.rows(ROWS, edition, tid))
        words = tuple(folded(line) for _, line in other.rows(WORDS, edition, tid))
        return State((rows, words) if has_text else None)

    return history_over(reader, states_over(reader, state))


def history_of_protection(reader: Reader, tag: str, profile: str) -> History | None:
    """Of a row of the table: what one profile does, and where what others do differs.

    Parameters
    ----------
    tag : str
        As the table has it, with `x` for any digit.
    """

    def state(other: Reader, edition: str) -> Found:
        if (
            other.row("SELECT 1 FROM protected_attribute WHERE edition = ? LIMIT 1", edition)
            is None
        ):
            return False
        row = other.row(
            "SELECT actions FROM protected_attribute WHERE edition = ? AND tag = ?", edition, tag
        )
        if row is None:
            return None
        actions = json.loads(row[0])
        return State(frozenset(actions.items()), f"{profile} {actions.get(profile) or 'nothing'}")

    return history_over(reader, states_over(reader, state))
