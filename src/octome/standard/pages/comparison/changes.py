"""From what two editions have to what changed."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

from octome.standard.model.edition_diff import Change, ChangeKind
from octome.standard.pages.comparison.side import Side, Sides
from octome.standard.same_words import folded, is_same_name


class Entry(NamedTuple):
    """One thing in an edition.

    It has changed where `state` differs; `value` is its state in words. `path` is its page;
    `number` stands in front of its name: a tag, `CID 29`.
    """

    name: str
    path: str
    value: str = ""
    state: Hashable = None
    number: str = ""

    @property
    def title(self) -> str:
        """Its name with its number."""
        return f"{self.number} {self.name}".strip()


Entries = Mapping[str, Entry]
"""By a key that is the same in both editions."""


def changes(sides: Sides, before: Entries, after: Entries) -> tuple[Change, ...]:
    """What was added, removed, renamed or changed: in the newer edition's order, then the removed.

    What the source of an edition does not cover has neither come nor gone.
    """
    found = []
    for key in (*after, *(key for key in before if key not in after)):
        was, now = before.get(key), after.get(key)
        if was is None and now is not None and sides.before.covers(now.path):
            found.append(change(sides.after, "added", now, None, now.value))
        elif now is None and was is not None and sides.after.covers(was.path):
            found.append(change(sides.before, "removed", was, was.value, None))
        elif was is not None and now is not None and not is_same_name(was.name, now.name):
            values = (was.value, now.value) if was.state != now.state else ("", "")
            names = (
                ", ".join(filter(None, one))
                for one in zip((was.name, now.name), values, strict=True)
            )
            found.append(change(sides.after, "renamed", now, *names))
        elif was is not None and now is not None and was.state != now.state:
            found.append(change(sides.after, "changed", now, was.value, now.value))
    return tuple(found)


def change(
    side: Side, what: ChangeKind, entry: Entry, before: str | None, after: str | None
) -> Change:
    """The change of an entry that a side has."""
    return Change(
        what=what,
        title=entry.title,
        path=entry.path,
        edition=side.edition,
        before=before or None,
        after=after or None,
    )


def property_changes(
    sides: Sides, path: str, properties: Mapping[str, tuple[str | None, str | None]]
) -> tuple[Change, ...]:
    """The properties of one thing that differ, by name; None is not known and not compared."""
    return tuple(
        Change(
            what="changed",
            title=name,
            path=path,
            edition=sides.after.edition,
            before=was or "none",
            after=now or "none",
        )
        for name, (was, now) in properties.items()
        if was is not None
        and now is not None
        and not (is_same_name(was, now) if name == "Name" else folded(was) == folded(now))
    )


def differing(was: Sequence[str], now: Sequence[str]) -> tuple[str, str]:
    """The values that differ of two lines of a register, each side as words."""
    pairs = [(old, new) for old, new in zip(was, now, strict=True) if folded(old) != folded(new)]
    olds, news = zip(*pairs, strict=True) if pairs else ((), ())
    return ", ".join(filter(None, olds)), ", ".join(filter(None, news))
