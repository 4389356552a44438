"""What changed in the text of two editions: sections of a part, paragraphs of a section."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import NamedTuple

from octome.standard.block import Block, compared_words, walk
from octome.standard.model.edition import Change, ChangeKind, PartChanges, Passage
from octome.standard.official import natural_key
from octome.standard.pages.reader import Reader

KINDS: dict[str, ChangeKind] = {"insert": "added", "delete": "removed", "replace": "changed"}


class Words(NamedTuple):
    """A section's title, and the digest of its words."""

    title: str
    digest: bytes


def part_changes(before: Reader, older: str, after: Reader, newer: str) -> tuple[PartChanges, ...]:
    """How many sections differ in each part of which both editions have every section."""
    both = [p for p in after.whole_parts[newer] if p in before.whole_parts[older]]
    found = []
    for part in both:
        kinds = [c.what for c in section_changes(before, older, after, newer, int(part))]
        found.append(
            PartChanges(
                part=int(part),
                path=f"/editions/{older}..{newer}/parts/{part}",
                added=kinds.count("added"),
                removed=kinds.count("removed"),
                changed=kinds.count("changed"),
            )
        )
    return tuple(found)


def section_changes(
    before: Reader, older: str, after: Reader, newer: str, part: int
) -> tuple[Change, ...]:
    """The sections of a part that came, went, or have another title or other words.

    None where one of the editions does not have every section of the part.
    """
    if not all(
        str(part) in reader.whole_parts[edition]
        for reader, edition in ((before, older), (after, newer))
    ):
        return ()
    were, are = _sections(before, older, part), _sections(after, newer, part)
    changes = []
    for number in sorted(were.keys() | are.keys(), key=natural_key):
        was, now = were.get(number), are.get(number)
        path = f"/sections/{number}"
        if was is None and now is not None:
            changes.append(Change(what="added", title=f"{number} {now.title}", path=path))
        elif now is None and was is not None:
            changes.append(Change(what="removed", title=f"{number} {was.title}", path=path))
        elif was is not None and now is not None and was != now:
            renamed = was.title != now.title
            changes.append(
                Change(
                    what="changed",
                    title=f"{number} {now.title}",
                    path=path,
                    before=was.title if renamed else None,
                    after=now.title if renamed else None,
                )
            )
    return tuple(changes)


def _sections(reader: Reader, edition: str, part: int) -> dict[str, Words]:
    """The sections of a part by number."""
    those = "NOT GLOB 'PS3.*'" if part == 3 else f"GLOB 'PS3.{part}-*'"
    return {
        number: Words(title, digest)
        for number, title, digest in reader.rows(
            f"SELECT number, title, digest FROM section WHERE edition = ? AND number {those}",
            edition,
        )
    }


def passages(before: tuple[Block, ...], after: tuple[Block, ...]) -> tuple[Passage, ...]:
    """The paragraphs that differ, those next to each other as one passage."""
    were = [block for block in walk(before) if block.words]
    are = [block for block in walk(after) if block.words]
    old, new = list(map(compared_words, were)), list(map(compared_words, are))
    found = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            was = "\n".join(block.words for block in were[i:j]) or None
            now = "\n".join(block.words for block in are[k:m]) or None
            found.append(Passage(what=KINDS[kind], before=was, after=now))
    return tuple(found)
