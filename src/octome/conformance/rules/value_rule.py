"""Which values a description allows: enumerated values, defined terms, context groups, items.

PS3.3 5.1 and 5.5, PS3.3 5.6 (baseline and defined context groups), PS3.3 5.4 (numbers of items).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import unescape

from octome.conformance.rules.condition.expression import Expression, Unknown, unknowns
from octome.conformance.rules.condition.parser import parsed
from octome.conformance.rules.condition.wording import Attributes

# A paragraph and the list of terms that follows it.
LIST = re.compile(r"<p>((?:(?!</p>).)*)</p>\s*<dl>(.*?)</dl>", re.DOTALL)
LINKED = re.compile(r'href="/sections/([^"#]+)"')
TERM = re.compile(r"<dt>(.*?)</dt>", re.DOTALL)
KIND = re.compile(r"(?P<kind>Enumerated Values?|Defined Terms?)(?P<rest>[^:]*)", re.IGNORECASE)
MORE = re.compile(
    r"\badditional|\bin addition\b|\bfurther (?:Defined|Enumerated)|\bplus\b", re.IGNORECASE
)
NTH = re.compile(r"\bfor Value (\d)\b", re.IGNORECASE)
FOR_VALUE = re.compile(r"\bValue (\d)\b")
WHEN = re.compile(r"\b(?:if|when|where)\b(?P<when>.*)")
GROUP = re.compile(
    r"(?P<how>Baseline|Defined|Enumerated)\s+(?:Context\s+Group\s+)?(?:<[^>]*>\s*)*"
    r'(?:<a href="/context-groups/(?P<linked>\d+)"|CID\s*(?P<bare>\d+))',
    re.IGNORECASE,
)
BASELINE = re.compile(r"\b([BD])CID\s*(?:<a[^>]*>)?\s*(?:CID\s*)?(\d+)")
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


@dataclass(frozen=True, slots=True)
class Terms:
    """A list of values that a description gives.

    `is_closed`: Enumerated Values, to which none may be added; else Defined Terms. `index`: for
    this value only, from 0; None: for each. `when`: where it holds; None: always.
    """

    is_closed: bool
    values: tuple[str, ...]
    index: int | None
    when: Expression | None


@dataclass(frozen=True, slots=True)
class ContextGroup:
    """A context group that a code is to be of: baseline is a suggestion, defined a rule."""

    cid: int
    is_defined: bool


@dataclass(frozen=True, slots=True)
class ValueRule:
    """What a description says of values and of the number of items (least, most)."""

    terms: tuple[Terms, ...] = ()
    groups: tuple[ContextGroup, ...] = ()
    items: tuple[int, int | None] | None = None


def value_rule(
    html: str,
    name: str,
    attributes: Attributes,
    section: Callable[[str], tuple[str, str] | None] = lambda _number: None,
) -> ValueRule:
    """What a description says of an attribute's values, as far as it is understood for sure.

    Parameters
    ----------
    html : str
        The description as the store has it.
    name : str
        The attribute's name: a section that bears it too speaks of its values.
    attributes : Attributes
        The names of the edition that it is written in.
    section : callable
        From a section's number to its title and text.
    """
    terms = _terms(html, attributes)
    if not terms and "<dl>" not in html:
        for number in dict.fromkeys(LINKED.findall(html)):
            found = section(number)
            if found and found[0].casefold() == name.casefold():
                terms = _terms(found[1], attributes)
    return ValueRule(terms, _groups(html), _items(html))


def plain(html: str) -> str:
    """Words without markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def _terms(html: str, attributes: Attributes) -> tuple[Terms, ...]:
    found: list[Terms] = []
    last = 0
    for match in LIST.finditer(html):
        words = plain(match[1])
        if MORE.search(plain(html[last : match.start()]) + words):
            return ()  # what is listed here comes on top of another list
        kind = KIND.search(words)
        values = tuple(plain(term) for term in TERM.findall(match[2]))
        if kind is None or not values or not all(VALUE.match(value) for value in values):
            return ()
        rest = (words[: kind.start()] + kind["rest"] + words[kind.end() :]).strip(" :.")
        index, when = _scope("" if rest == "Retired" else rest, attributes)
        if index is None and when is None:
            # "Value 1 identifies …", and then its list.
            named = FOR_VALUE.findall(plain(html[last : match.start()]))
            index = int(named[-1]) - 1 if named else None
        last = match.end()
        found.append(Terms(kind["kind"].lower().startswith("e"), values, index, when))
    return _sure(found)


def _scope(rest: str, attributes: Attributes) -> tuple[int | None, Expression | None]:
    """Which value a list is of, and when; what is not understood makes it never hold."""
    nth = NTH.search(rest) or (FOR_VALUE.search(rest) if "if" not in rest else None)
    index = int(nth[1]) - 1 if nth else None
    rest = (rest[: nth.start()] + rest[nth.end() :]).strip(" :.,") if nth else rest
    if not rest:
        return index, None
    when = WHEN.search(rest)
    if when is None:
        return index, Unknown(rest)
    expression = parsed(attributes.tokenized(when["when"]))
    return index, Unknown(rest) if unknowns(expression) else expression


def _sure(found: list[Terms]) -> tuple[Terms, ...]:
    """Lists that say something for sure.

    Lists of Defined Terms for one value are one; of several with Enumerated Values none is whole.
    """
    sure: dict[tuple[int | None, Expression | None], Terms] = {}
    unsure: set[int | None] = set()
    for terms in found:
        if isinstance(terms.when, Unknown):
            continue
        key = (terms.index, terms.when)
        other = sure.setdefault(key, terms)
        if other is not terms:
            if other.is_closed or terms.is_closed:
                unsure.add(terms.index)
            sure[key] = replace(other, values=other.values + terms.values)
    mixed = {terms.index for terms in sure.values() if terms.when is not None}
    return tuple(
        terms
        for terms in sure.values()
        if terms.index not in unsure and (terms.when is not None or terms.index not in mixed)
    )


def _groups(html: str) -> tuple[ContextGroup, ...]:
    found = {}
    for match in GROUP.finditer(html):
        cid = int(match["linked"] or match["bare"])
        found[cid] = ContextGroup(cid, match["how"].lower() != "baseline")
    for how, cid in BASELINE.findall(html):
        found[int(cid)] = ContextGroup(int(cid), how == "D")
    return tuple(found.values())


def _items(html: str) -> tuple[int, int | None] | None:
    """The number of items, if the text says one and only one."""
    words = plain(html)
    counts = {count for pattern, count in ITEMS if re.search(pattern, words)}
    return counts.pop() if len(counts) == 1 else None
