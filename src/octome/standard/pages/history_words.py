"""The stages of a history, and a history in words."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from octome.standard.edition import NAME, edition_key
from octome.standard.model.history import History, Stage

MOST_NAMED = 5
"""More editions in a row are given by the first and the last."""
NOTHING: Mapping[str, str] = {}


class State(NamedTuple):
    """What something is in an edition: equal keys are the same; `label` are the words for it.

    A key of None is like any other: what it is there is not known.
    """

    key: Hashable | None
    label: str = ""


def history(
    states: Sequence[tuple[str, State | None]],
    not_known: Sequence[str] = (),
    not_compiled: Sequence[str] = (),
    *,
    left_out: Collection[str] = (),
    changed: Mapping[str, str] = NOTHING,
    holes: Sequence[str] = (),
) -> History | None:
    """The history of something by edition, the oldest first; None where there is none to tell.

    Parameters
    ----------
    states : sequence
        Each edition with what it is there; None where the edition does not have it.
    not_known, not_compiled : sequence of str
        Other editions, of which that is not known.
    left_out : collection of str
        Others that are not named, nor within a range of editions that is.
    changed : mapping
        What changed in an edition since the one before, in words: `3 attributes`.
    holes : sequence of str
        What is not known in those editions, in words: then they may differ in that.

    Examples
    --------
    >>> types = [None, State("3", "Type 3"), State("1", "Type 1")]
    >>> history(list(zip(["2013", "2015b", "2024a"], types))).words
    'Not in 2013; Type 3 in 2015b; Type 1 in 2024a'
    >>> history([("2013", State("x")), ("2015b", State("y")), ("2024a", State("y"))]).words
    'In 2013, 2015b and 2024a; changed between 2013 and 2015b'
    """
    if all(state is None for _, state in states) or len(states) + len(not_compiled) < 2:
        return None
    editions = tuple(edition for edition, _ in states)
    stages = _stages(states)
    is_same = len(stages) == 1 and all(state and state.key is not None for _, state in states)
    every = sorted({*editions, *not_known, *not_compiled, *left_out}, key=edition_key)
    lead = ""
    if is_same and len(editions) > 1:
        lead = "no known difference " if holes else "the same "
    words = [_Spelling(editions, every, stages, changed).words(lead), *holes]
    if not_known:
        words.append(f"not known in {named(not_known, every)}")
    if not_compiled:
        unread = named(not_compiled, every)
        words.append(f"not looked at in {unread}, which octome has not compiled yet")
    return History(
        editions=editions,
        stages=tuple(stages),
        words="; ".join(words),
        not_known=tuple(not_known),
        not_compiled=tuple(not_compiled),
    )


def named(editions: Sequence[str], every: Sequence[str] = ()) -> str:
    """Editions in words; a range of them holds no other one of `every`.

    >>> named(["2013"]), named(["2013", "2015b", "2024a"]), named(list("abcdefg"))
    ('2013', '2013, 2015b and 2024a', 'a to g (7 editions)')
    >>> named(list("abcdefgi"), list("abcdefghi"))
    'a to g (7 editions) and i'
    """
    runs: list[list[str]] = []
    for edition in every or editions:
        if edition not in editions:
            runs.append([])
        elif runs:
            runs[-1].append(edition)
        else:
            runs.append([edition])
    words: list[str] = []
    for run in runs:
        is_range = len(run) > MOST_NAMED
        words += [f"{run[0]} to {run[-1]} ({len(run)} editions)"] if is_range else run
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def since(older: str, newer: str) -> str:
    """When something that differs between two editions changed.

    >>> since("2020b", "2024a"), since("2024a", "2024b"), since("2024e", "2025a")
    ('between 2020b and 2024a', 'in 2024b', 'in 2025a')
    """
    names = NAME.fullmatch(older), NAME.fullmatch(newer)
    if names[0] and names[1]:
        (year, letter), (next_year, next_letter) = names[0].groups(), names[1].groups()
        if year == next_year and letter and ord(next_letter) == ord(letter) + 1:
            return f"in {newer}"
        # Since 2016 each year has had five editions, a to e.
        if (letter, next_letter) == ("e", "a") and int(next_year) == int(year) + 1:
            return f"in {newer}"
    return f"between {older} and {newer}"


def _stages(states: Sequence[tuple[str, State | None]]) -> list[Stage]:
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
    return stages


class _Spelling(NamedTuple):
    """What happened, in words.

    `every` are all editions at hand, those of which nothing is known too.
    """

    editions: tuple[str, ...]
    every: Sequence[str]
    stages: list[Stage]
    changed: Mapping[str, str]

    def words(self, lead: str) -> str:
        """The states where they have words, or else what came, went and changed.

        `lead` is what to say of all editions if it never came or went.
        """
        if any(stage.state for stage in self.stages):
            words = [*self._states(), *self._changes()]
        else:
            is_always = all(stage.state is not None for stage in self.stages)
            span = named(self.editions, self.every)
            words = [f"{lead}in {span}"] if is_always else []
            words += [*self._comings(), *self._changes()]
        spelled = "; ".join(words)
        return spelled[:1].upper() + spelled[1:]

    def _states(self) -> Iterator[str]:
        """Each state with its editions; stages that only differ in what has no words are one."""
        merged: list[Stage] = []
        for stage in self.stages:
            if merged and merged[-1].state == stage.state:
                merged[-1] = Stage(first=merged[-1].first, last=stage.last, state=stage.state)
            else:
                merged.append(stage)
        at = self.editions.index
        for stage in merged:
            span = named(self.editions[at(stage.first) : at(stage.last) + 1], self.every)
            lead = "not" if stage.state is None else stage.state
            yield f"{lead} in {span}" if lead else f"in {span}"

    def _comings(self) -> Iterator[str]:
        for was, now in pairwise(self.stages):
            if was.state is None:
                yield f"added {since(was.last, now.first)}"
            elif now.state is None:
                yield f"removed {since(was.last, now.first)}"

    def _changes(self) -> list[str]:
        """What changed where that is counted, and the changes without other words."""
        both = [
            (since(was.last, now.first), self.changed.get(now.first, ""), was.state == now.state)
            for was, now in pairwise(self.stages)
            if None not in (was.state, now.state)
        ]
        found = [f"{what} changed {when}" for when, what, _ in both if what]
        others = [when for when, what, is_only in both if is_only and not what]
        return [*found, f"changed {', '.join(others)}"] if others else found
