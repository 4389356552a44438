"""From the blocks of a text to the context groups that it binds codes to, PS3.3 5.6."""

from __future__ import annotations

import re

from octome.standard.block import Block, walk
from octome.standard.stated import ContextGroup

# The text before the link to a context group, and a group without a link. The titles of
# groups are quoted after their numbers.
HOW = r"\b(?P<how>Baseline|Defined|Enumerated)\s+(?:(?:Context\s+(?:Group|ID)|CID)\s+)?(?:is\s+)?"
BINDING = re.compile(rf"{HOW}$", re.IGNORECASE)
UNLINKED = re.compile(rf"{HOW}CID\s*(?P<cid>\d+)", re.IGNORECASE)
SHORT = re.compile(r"\b(?P<how>[BD])CID\s*(?:CID\s*)?(?P<cid>\d+)")
WITHOUT = re.compile(
    r"\bNo\s+(?:[BD]CID|(?:(?:Baseline|Defined)\s+)?(?:CID|Context\s+(?:Group|ID)))\s+"
    r"(?:(?:is|are|has been)\s+)?(?:defined|specified)",
    re.IGNORECASE,
)
# A sentence that only states a group.
WHOLE = re.compile(
    rf"(?:{HOW}|\b[BD])(?:CID\s*)+\d+(?:\s*\u201c[^\u201d]*\u201d)?\s*(?:\.|$)", re.IGNORECASE
)
ENDS = re.compile(r"[.:]\s+$")


def context_groups(blocks: tuple[Block, ...]) -> tuple[ContextGroup, ...]:
    """The context groups that a text binds codes to; one without number if it excludes any.

    Examples
    --------
    >>> context_groups((Block(kind="paragraph", words="DCID 7 \u201cFrogs\u201d."),))
    (ContextGroup(cid=7, binding='defined', is_always=True),)
    """
    found: dict[int | None, ContextGroup] = {}
    for block in walk(blocks):
        words = block.words
        if WITHOUT.search(words):
            found.setdefault(None, ContextGroup(None, "none"))
        if "CID" not in words and not any("/context-groups/" in x.target for x in block.spans):
            continue
        bound = {match.start("how"): match for match in UNLINKED.finditer(words)}
        by_place = {at: (int(match["cid"]), match["how"]) for at, match in bound.items()}
        for link in block.links:
            path, _, cid = link.target.rpartition("/")
            how = BINDING.search(words[: link.start])
            if path == "/context-groups" and how:
                by_place[how.start("how")] = (int(cid), how["how"])
        for match in SHORT.finditer(words):
            by_place[match.start()] = (int(match["cid"]), match["how"])
        for at, (group, word) in sorted(by_place.items()):
            is_baseline = word.lower() in ("baseline", "b")
            is_alone = WHOLE.match(words, at) and (at == 0 or ENDS.search(words[:at]))
            found[group] = ContextGroup(
                group, "baseline" if is_baseline else "defined", is_always=bool(is_alone)
            )
    return tuple(found.values())
