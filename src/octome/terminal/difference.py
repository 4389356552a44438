"""What changed between two editions, as lines for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from octome.standard.model.edition_diff import CHANGE_KINDS
from octome.standard.model.folded_change import folded
from octome.terminal.columns import columns
from octome.terminal.style import Style

if TYPE_CHECKING:
    from octome.standard.model.edition_diff import (
        Change,
        ChangeKind,
        Counts,
        DiffKind,
        EditionDiff,
    )
    from octome.standard.model.folded_change import FoldedChange

KINDS: tuple[ChangeKind, ...] = ("added", "removed", "renamed", "changed")
NAMED: tuple[DiffKind, ...] = ("ciods", "modules", "uids")
"""Of these the first page names some that came or went."""
MOST_NAMED = 6
WITHOUT_PAGES: tuple[DiffKind, ...] = ("properties", "template_rows")
"""Their changes have no page apart from that of the subject."""


def difference_lines(
    page: EditionDiff, width: int, style: Style, *, is_unfolded: bool = False
) -> list[str]:
    """Of two whole editions the counts, with how to see more; of anything else each difference.

    Attributes of new sequences, and of one macro, are folded into a line unless `is_unfolded`.
    """
    notes = [line for note in page.notes for line in _wrapped(f"[{note}]", width)]
    dim = [style(line, "dim") for line in notes]
    if page.summary:
        return [*_whole_lines(page, width, style), "", *dim]
    lines = dim
    for kind, title, changes in page.lists:
        if kind == "attributes" and not is_unfolded:
            lines += _folded_lines(page, folded(changes), width, style)
        else:
            lines += _list_lines(page, kind, title, changes, width, style)
    if page.parts:
        lines += ["", style("Sections of each part", "head"), *_counts(page, page.parts)]
    within = None
    for passage in page.passages:
        if passage.within != within and passage.within:
            lines += ["", style(f"In {passage.within.title}", "head")]
        within = passage.within
        lines.append("")
        for sign, words in (("-", passage.before), ("+", passage.after)):
            for paragraph in (words or "").splitlines():
                lines += _wrapped(paragraph, width, f"{sign} ")
    if page.has_changes or page.older == page.newer:
        return lines
    return [*lines, "", *_wrapped(page.no_changes, width)]


def _whole_lines(page: EditionDiff, width: int, style: Style) -> list[str]:
    """One screen: how much of each kind differs, what the new things are called."""
    rows = [one for one in (*page.summary, *page.parts) if one.changes]
    lines = ["", *_counts(page, rows)] if rows else ["", page.no_changes]
    same = [one.title for one in page.summary if not one.changes and not one.not_compared]
    same += [f"PS3.{part.part}" for part in page.parts if not part.changes]
    if same:
        lines += _wrapped(f"No differences: {', '.join(same)}", width)
    for one in page.summary:
        if one.not_compared:
            lines += _wrapped(f"{one.title}: {one.not_compared}", width)
        elif one.changes and (one.older, one.newer) != (page.older, page.newer):
            lines += _wrapped(f"{one.title}: {one.older} compared with {one.newer}.", width)
    for kind, title, changes in page.lists:
        for what in ("added", "removed") if kind in NAMED else ():
            names = [change.title for change in changes if change.what == what]
            if names:
                more = f", and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
                named = f"{title} {what}: {', '.join(names[:MOST_NAMED])}{more}"
                lines += ["", *_wrapped(named, width)]
    path = next((c.path for _, _, found in page.lists for c in found if c.what == "changed"), "")
    command = f"octome diff {page.older} {page.newer}"
    if rows or path:
        lines += ["", style("More", "head")]
    if rows:
        word = rows[0].path.removeprefix(f"/editions/{page.older}..{page.newer}/")
        lines.append(f"  {command} {word}    a list, named as above")
    lines += [f"  {command} {path.strip('/')}    one thing"] if path else []
    return lines


def _counts(page: EditionDiff, rows: Sequence[Counts]) -> Iterator[str]:
    """A table of counts, with what to give `octome diff` for each list."""
    base = f"/editions/{page.older}..{page.newer}/"
    named = [(one.path.removeprefix(base), one) for one in rows]
    wide = max(len(word) for word, _ in named)
    yield " ".join(["  " + " " * wide, *(kind.rjust(8) for kind in KINDS)])
    for word, one in named:
        numbers = [getattr(one, kind) or "-" for kind in KINDS]
        yield " ".join(["  " + word.ljust(wide), *(str(number).rjust(8) for number in numbers)])


def _list_lines(
    page: EditionDiff,
    kind: DiffKind,
    title: str,
    changes: Sequence[Change],
    width: int,
    style: Style,
) -> Iterator[str]:
    """Every change of one list, with its page where it has one."""
    command = f"octome diff {page.older} {page.newer} PATH"
    for what in CHANGE_KINDS:
        found = [change for change in changes if change.what == what]
        if not found:
            continue
        shows_both = what in ("renamed", "changed") and kind not in WITHOUT_PAGES
        yield ""
        yield style(f"{title} {what}: {len(found)}", "head") + (
            style(f"   in full: {command}", "dim") if shows_both else ""
        )
        rows = []
        for change in found:
            where = change.path if shows_both else f"{change.path} --edition {change.edition}"
            rows.append(
                (change.title, _values(change), *([] if kind in WITHOUT_PAGES else [where]))
            )
        if not any(row[1] for row in rows):
            rows = [(row[0], *row[2:]) for row in rows]
        yield from columns(rows, width)


def _folded_lines(
    page: EditionDiff, changes: Sequence[FoldedChange], width: int, style: Style
) -> Iterator[str]:
    """As `_list_lines`, of attributes: what is folded under each as a count."""
    for what in CHANGE_KINDS:
        found = [one for one in changes if one.first.what == what]
        if not found:
            continue
        count = sum(one.hidden + bool(one.change) for one in found)
        yield ""
        yield style(f"Attributes {what}: {count:,}", "head")
        rows = []
        for one in found:
            words = _values(one.first) if one.change or what == "nested otherwise" else ""
            of = "" if what == "changed" else f" --edition {one.first.edition}"
            values = "; ".join(filter(None, (words, one.folds)))
            rows.append((one.title, values, f"{one.path}{of}"))
        yield from columns(rows, width)
    if any(one.inside for one in changes):
        subject = page.subject.path.strip("/") if page.subject else ""
        command = f"octome diff {page.older} {page.newer} {subject} --all"
        yield ""
        yield style(f"Each attribute on a line: {command}", "dim")


def _values(change: Change) -> str:
    """The values that differ, or the one that came or went."""
    both = change.before, change.after
    if change.what not in ("added", "removed") and any(both):
        return " -> ".join(one or "none" for one in both)
    return change.after or change.before or ""


def _wrapped(words: str, width: int, sign: str = "") -> list[str]:
    room = max(width, 40)
    return textwrap.wrap(words, room, initial_indent=sign, subsequent_indent="  ")
