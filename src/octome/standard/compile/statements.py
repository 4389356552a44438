"""From the blocks of a text to what it states about an attribute's values.

PS3.3 5.1 and 5.5 (enumerated values and defined terms), 5.4 (items); `code_binding` has 5.6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from octome.standard.block import Block
from octome.standard.stated import ValueList

KIND = re.compile(r"(?P<kind>Enumerated Values?|Defined Terms?)(?P<rest>[^:]*)", re.IGNORECASE)
MORE = re.compile(
    r"\badditional|\bin addition\b|\bfurther (?:Defined|Enumerated)|\bplus\b", re.IGNORECASE
)
NTH = re.compile(r"\bfor Value (\d)\b", re.IGNORECASE)
FOR_VALUE = re.compile(r"\bValue (\d)\b")
VALUE = re.compile(r"^(?:[0-9A-F]{4}H?|\d+(?:\.\d+)*|[A-Z0-9_][A-Z0-9_ -]*|[\w .%/+-]+)$")
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
