"""From the blocks of a text to what it states about an attribute's values.

PS3.3 5.1 and 5.5 (enumerated values and defined terms), 5.6 (context groups), 5.4 (items).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from octome.standard.block import Block, walk
from octome.standard.stated import ContextGroup, ValueList

KIND = re.compile(r"(?P<kind>Enumerated Values?|Defined Terms?)(?P<rest>[^:]*)", re.IGNORECASE)
MORE = re.compile(
    r"\badditional|\bin addition\b|\bfurther (?:Defined|Enumerated)|\bplus\b", re.IGNORECASE
)
NTH = re.compile(r"\bfor Value (\d)\b", re.IGNORECASE)
FOR_VALUE = re.compile(r"\bValue (\d)\b")
VALUE = re.compile(r"^(?:[0-9A-F]{4}H?|\d+(?:\.\d+)*|[A-Z0-9_][A-Z0-9_ -]*|[\w .%/+-]+)$")
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
ITEMS = (
    (r"[Oo]nly (?:a single|one) [Ii]tem (?:shall|may|is)|[Aa] single [Ii]tem shall", (1, 1)),
    (r"[Oo]ne or more [Ii]tems (?:shall|are)|[Aa]t least one [Ii]tem", (1, None)),
    (r"[Zz]ero or (?:one|a single) [Ii]tem|[Nn]o more than one [Ii]tem", (0, 1)),
    (r"[Oo]ne or two [Ii]tems", (1, 2)),
    (r"(?:[Ee]xactly|[Oo]nly) two [Ii]tems", (2, 2)),
    (r"[Tt]wo or more [Ii]tems", (2, None)),
    (r"[Zz]ero or more [Ii]tems", (0, None)),
)
OVERRIDES = re.compile(r"[Tt]ype definition shall override the definition in the\s+(.+?)\s+Module")


def value_lists(blocks: tuple[Block, ...]) -> tuple[ValueList, ...]:
    """The lists of values of a text; none if one of them is not understood.

    Examples
    --------
    >>> head = Block(kind="paragraph", words="Enumerated Values for Value 1:")
    >>> terms = Block(kind="terms", blocks=(Block(kind="term", words="LEAF"),))
    >>> value_lists((head, terms))
    (ValueList(is_closed=True, values=('LEAF',), index=0, condition=''),)
    """
    found = []
    for before, heading, terms in _listed(blocks):
        kind = KIND.search(heading)
        values = tuple(block.words for block in terms.blocks if block.kind == "term")
        if MORE.search(before + heading):
            return ()  # this list is in addition to another one
        if kind is None or not values or not all(VALUE.match(value) for value in values):
            return ()
        rest = (heading[: kind.start()] + kind["rest"] + heading[kind.end() :]).strip(" :.")
        index, condition = _scope("" if rest == "Retired" else rest)
        if index is None and not condition:
            # "Value 1 identifies …", and then its list.
            named = FOR_VALUE.findall(before)
            index = int(named[-1]) - 1 if named else None
        is_closed = kind["kind"].lower().startswith("e")
        found.append(ValueList(is_closed, values, index, condition))
    return tuple(found)


def _scope(rest: str) -> tuple[int | None, str]:
    """Which value a list is for, and the condition under which it applies."""
    nth = NTH.search(rest) or (FOR_VALUE.search(rest) if "if" not in rest else None)
    if nth is None:
        return None, rest
    return int(nth[1]) - 1, (rest[: nth.start()] + rest[nth.end() :]).strip(" :.,")


def _listed(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str, Block]]:
    """Each list of terms, the paragraph above it, and the words between it and the list before.

    A list that no paragraph announces is left out.
    """
    between: list[str] = []

    def inside(blocks: tuple[Block, ...], above: Block | None) -> Iterator[tuple[str, str, Block]]:
        for block in blocks:
            if block.kind == "terms" and above is not None:
                yield " ".join(between[:-1]), above.words, block
                between.clear()
            else:
                if block.words:
                    between.append(block.words)
                yield from inside(block.blocks, block if block.words else None)
            above = block if block.kind == "paragraph" else None

    yield from inside(blocks, None)


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


def items(words: str) -> tuple[int, int | None] | None:
    """The number of items, minimum and maximum, if a text gives exactly one."""
    if "tem" not in words:  # most texts: saves seven searches
        return None
    counts = {count for pattern, count in ITEMS if re.search(pattern, words)}
    return counts.pop() if len(counts) == 1 else None


def overridden_module(words: str) -> str:
    """The module whose Type of an attribute a text overrides; empty if it overrides none."""
    found = OVERRIDES.search(words)
    return found[1] if found else ""
