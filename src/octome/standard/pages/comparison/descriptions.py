"""Which attributes of a module or macro have another description."""

from __future__ import annotations

from collections.abc import Iterator

from octome.standard.block import compared_words, walk
from octome.standard.model.edition_diff import Change
from octome.standard.pages.comparison.side import Side, Sides
from octome.standard.pages.stored import StoredTable
from octome.standard.same_words import folded


def description_changes(
    sides: Sides, was: StoredTable, now: StoredTable, known: tuple[Change, ...]
) -> tuple[Change, ...]:
    """The attributes in both that only differ in their descriptions; none without the whole text.

    Parameters
    ----------
    known : tuple of Change
        What has changed otherwise.
    """
    if _without_text(sides):
        return ()
    before, after = _descriptions(sides.before, was), _descriptions(sides.after, now)
    listed = {change.path for change in known}
    titles = {
        use.path: use.display_tag + " " + use.name
        for use in sides.after.reader.walk(sides.after.edition, now.level, now.path)
    }
    found = []
    for key, words in after.items():
        path = now.path + key
        if key in before and path not in listed and before[key] != words:
            depth = key.count("/") - 1
            found.append(
                Change(
                    what="changed",
                    title=f"{'>' * depth}{titles[path]}, description",
                    path=path,
                    edition=sides.after.edition,
                )
            )
    return tuple(found)


def descriptions_not_compared(sides: Sides) -> list[str]:
    """As a note, why descriptions are not compared; nothing where they are."""
    without = _without_text(sides)
    if not without:
        return []
    verb = "do" if len(without) > 1 else "does"
    return [
        f"Not compared: descriptions; {' and '.join(without)} {verb} not have the text of PS3.3 "
        "whole here."
    ]


def _without_text(sides: Sides) -> list[str]:
    return [side.edition for side in sides if "3" not in side.reader.whole_parts[side.edition]]


def _descriptions(side: Side, table: StoredTable) -> dict[str, frozenset[str]]:
    """The words of each attribute's descriptions, by its tags."""
    words: dict[int, str] = {}
    found: dict[str, frozenset[str]] = {}
    for key, text in _texts(side, table.level, ""):
        if text is not None and text not in words:
            blocks = walk(side.reader.blocks(text))
            words[text] = folded(" ".join(map(compared_words, blocks)))
        found[key] = found.get(key, frozenset()) | {words.get(text or 0, "")}
    return found


def _texts(side: Side, level: int, path: str) -> Iterator[tuple[str, int | None]]:
    """Every attribute below a level with the number of its description."""
    for line in side.reader.lines(side.edition, level):
        key = f"{path}/{line.tag}"
        yield key, line.text
        if line.items is not None:
            yield from _texts(side, line.items, key)
