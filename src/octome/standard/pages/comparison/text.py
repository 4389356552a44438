"""What changed in the text of two editions: sections of a part, paragraphs of a text."""

from __future__ import annotations

from difflib import SequenceMatcher

from octome.standard.block import Block, compared_words, walk
from octome.standard.model.edition_diff import Change, ChangeKind, PartChanges, Passage
from octome.standard.model.page import Link
from octome.standard.model.text import Text
from octome.standard.official import natural_key
from octome.standard.pages.comparison.changes import Entry, changes
from octome.standard.pages.comparison.found import Found
from octome.standard.pages.comparison.side import Side, Sides
from octome.standard.same_words import folded

KINDS: dict[str, ChangeKind] = {"insert": "added", "delete": "removed", "replace": "changed"}


def part_changes(sides: Sides) -> tuple[PartChanges, ...]:
    """How many sections differ in each part of which both editions have every section."""
    older, newer = (side.reader.whole_parts[side.edition] for side in sides)
    found = []
    for part in sorted(map(int, set(older) & set(newer))):
        kinds = [change.what for change in section_changes(sides, part)]
        found.append(
            PartChanges(
                part=part,
                path=f"/editions/{sides.before.edition}..{sides.after.edition}/parts/{part}",
                added=kinds.count("added"),
                removed=kinds.count("removed"),
                renamed=kinds.count("renamed"),
                changed=kinds.count("changed"),
            )
        )
    return tuple(found)


def part_notes(sides: Sides) -> list[str]:
    """The parts whose text is not compared, as only one of the editions has it here."""
    older, newer = (set(map(int, side.reader.whole_parts[side.edition])) for side in sides)
    if not older & newer:
        return ["Text: not compared, the two have no whole part in common here."]
    return [
        f"Text: only {side.edition} has {', '.join(f'PS3.{part}' for part in sorted(own))} here."
        for side, own in zip(sides, (older - newer, newer - older), strict=True)
        if own
    ]


def section_changes(sides: Sides, part: int) -> tuple[Change, ...]:
    """The sections of a part that came, went, or have another title or other words.

    None where one of the editions does not have every section of the part.
    """
    if not all(str(part) in side.reader.whole_parts[side.edition] for side in sides):
        return ()
    before, after = (_sections(side, part) for side in sides)
    found = changes(sides, before, after)
    return tuple(sorted(found, key=lambda change: natural_key(change.path)))


def of_part(sides: Sides, number: str) -> Found | None:
    """The sections of one part."""
    if not number.isdecimal() or not 1 <= int(number) <= 99:
        return None
    lacking = [
        side.edition for side in sides if number not in side.reader.whole_parts[side.edition]
    ]
    return Found(
        Link(f"/parts/{number}", f"PS3.{number}"),
        tuple(f"Not compared: {edition} does not have this part here." for edition in lacking),
        {} if lacking else {"sections": section_changes(sides, int(number))},
    )


def own_passages(sides: Sides, was: Text | None, now: Text | None) -> tuple[Passage, ...]:
    """The paragraphs that differ of two texts, each of its own edition; none of a borrowed one."""
    for side, text in zip(sides, (was, now), strict=True):
        if not side.has_text or (text is not None and text.edition != side.edition):
            return ()
    return passages(was.blocks if was else (), now.blocks if now else ())


def _sections(side: Side, part: int) -> dict[str, Entry]:
    """The sections of a part by number, with the digest of their words."""
    those = "NOT GLOB 'PS3.*'" if part == 3 else f"GLOB 'PS3.{part}-*'"
    return {
        number: Entry(title, f"/sections/{number}", state=digest, number=number)
        for number, title, digest in side.reader.rows(
            f"SELECT number, title, digest FROM section WHERE edition = ? AND number {those}",
            side.edition,
        )
    }


def passages(before: tuple[Block, ...], after: tuple[Block, ...]) -> tuple[Passage, ...]:
    """The paragraphs that differ, those next to each other as one passage."""
    were = [block for block in walk(before) if block.words]
    are = [block for block in walk(after) if block.words]
    old, new = _compared(were), _compared(are)
    found = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            was = "\n".join(block.words for block in were[i:j]) or None
            now = "\n".join(block.words for block in are[k:m]) or None
            found.append(Passage(what=KINDS[kind], before=was, after=now))
    return tuple(found)


def _compared(blocks: list[Block]) -> list[str]:
    return [folded(compared_words(block)) for block in blocks]
