"""Changes of attributes, folded: those in a new sequence under it, those of a macro as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from octome.standard.counted import counted
from octome.standard.model.edition_diff import FOLDING, Change


class FoldedChange(NamedTuple):
    """A change with those folded under it; or without a change of its own, those of one macro."""

    title: str
    change: Change | None
    inside: tuple[FoldedChange, ...]

    @property
    def first(self) -> Change:
        """The change itself, or the first of those of a macro."""
        return self.change or self.inside[0].first

    @property
    def path(self) -> str:
        """Of the changed attribute; of a macro's attributes the sequence or table around them."""
        return self.change.path if self.change else self.first.path.rpartition("/")[0]

    @property
    def hidden(self) -> int:
        """How many changes are folded under it, at any depth."""
        return sum(one.hidden + bool(one.change) for one in self.inside)

    @property
    def folds(self) -> str:
        """What is folded under it, in words; empty where nothing is."""
        if not self.inside:
            return ""
        return counted(self.hidden, "attribute") + (" in its items" if self.change else "")


def folded(changes: Sequence[Change]) -> tuple[FoldedChange, ...]:
    """Changes in their order, each once.

    Examples
    --------
    >>> pond, reed = (
    ...     Change(what="added", title=path, path=path, edition="2099a")
    ...     for path in ("/modules/frog/00100010", "/modules/frog/00100010/00100020")
    ... )
    >>> [(one.title, one.hidden) for one in folded([pond, reed])]
    [('/modules/frog/00100010', 1)]
    """
    inside: dict[tuple[str, str], list[Change]] = defaultdict(list)
    listed = {(one.what, one.path) for one in changes if one.what in FOLDING}
    top: dict[object, list[Change]] = defaultdict(list)
    for at, one in enumerate(changes):
        parent = one.what, one.path.rpartition("/")[0]
        if parent in listed:
            inside[parent].append(one)
        else:
            top[(*parent, one.group) if one.group else at].append(one)

    def under(change: Change) -> FoldedChange:
        below = inside.get((change.what, change.path), ())
        return FoldedChange(change.title, change, tuple(map(under, below)))

    return tuple(
        FoldedChange(group[0].group, None, tuple(map(under, group)))
        if group[0].group
        else under(group[0])
        for group in top.values()
    )
