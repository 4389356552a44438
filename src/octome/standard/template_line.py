"""The content of a line of a template: a concept name, or one line of a value set constraint.

PS3.16 section 6.1: `EV (121071, DCM, "Finding")`, `DCID 218 "..."`, `$Units`, `DTID 300 "..."`,
`UNITS = EV (mm, UCUM, "mm")`, `$Method = $Method`, or words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# The value may hold anything but commas, and spaces only in braces: `{heart beats}/min`. A scheme
# may have a version, `NCDR [2.0b]`.
CODE = re.compile(
    r"(?:\b(?P<term>EV|DT) ?)?"
    r"\((?P<value>(?:\{[^{}]*\}|[^\s,\"“])+) ?, ?(?P<scheme>\w[\w-]*)(?: ?\[[^\]]*\])? ?,? ?"
    r"[\"“](?P<meaning>.*?)[\"”] ?\)"
)
# The title comes from the link: `D` and `CID 218 “Quantitative …”`.
NUMBERED = re.compile(
    r"\b(?P<binding>[BDE]?)(?P<what>[CT]ID) ?\(?_?(?P<number>\d+[A-Z]?)\)?(?: [\"“][^\"”]*[\"”])?"
)
PARAMETER = re.compile(r"\$[A-Za-z][\w-]*")
NAMED = re.compile(r"(\$[A-Za-z][\w-]*|[A-Z][\w-]*(?: [A-Z][\w-]*)*) ?= ?")
BEGUN = re.compile(r"\b(?:EV|DT) ?\(")
LEADS = ("B", "D", "BCID", "DCID", "BTID", "DTID")
TERMS = re.compile(r"\{?[A-Z0-9_]+(?:, ?[A-Z0-9_]+)*\}?")  # {POLYLINE, ELLIPSE}
# What may be between the other parts in a line without sentences.
BETWEEN = re.compile(r"[\s,;{}]|\b(?:or|and|MemberOf|EV|DT|No (?:BCID|DCID|baseline CID))\b")


class Code(NamedTuple):
    """A coded concept. `term` is `EV` for exactly this one, `DT` for a similar one, or empty."""

    term: str
    scheme: str
    value: str
    meaning: str


class Numbered(NamedTuple):
    """A context group (`CID`) or a template (`TID`).

    `binding` is `D` for defined, `B` for baseline, `E` for enumerated, or nothing.
    """

    what: str
    number: str
    binding: str


class Parameter(NamedTuple):
    """A parameter of the template, with its sign: `$Units`."""

    name: str


class Mention(NamedTuple):
    """Something that a line names, from `start` to before `end` of its words."""

    start: int
    end: int
    what: Code | Numbered | Parameter


class Line(NamedTuple):
    """A line read.

    `name` is the part before the equals sign: a parameter passed on, `UNITS`, `GRAPHIC TYPE`; empty
    if the line is about the value itself.
    """

    name: str
    mentions: tuple[Mention, ...]
    words: str

    @property
    def is_fact(self) -> bool:
        """Whether it has only codes, numbers, names and parameters; no sentence."""
        left = []
        at = len(self.words) - len(_after_name(self.words))
        for mention in self.mentions:
            left.append(self.words[at : mention.start])
            at = mention.end
        left.append(self.words[at:])
        if not self.mentions:
            return bool(self.name) and TERMS.fullmatch("".join(left)) is not None
        return not BETWEEN.sub("", "".join(left))

    @property
    def is_cut(self) -> bool:
        """Whether its reference is incomplete: a `D` or `B` alone, half a code."""
        rest = _after_name(self.words).strip(" ,")
        codes = sum(isinstance(mention.what, Code) for mention in self.mentions)
        return rest in ("", *LEADS) or len(BEGUN.findall(rest)) > codes


def read_line(words: str) -> Line:
    """A line of a cell, read.

    >>> line = read_line('UNITS = EV (mm, UCUM, "millimeter")')
    >>> line.name, line.mentions[0].what
    ('UNITS', Code(term='EV', scheme='UCUM', value='mm', meaning='millimeter'))
    >>> [mention.what for mention in read_line('DCID 218 “Frogs”').mentions]
    [Numbered(what='CID', number='218', binding='D')]
    >>> read_line("$Method = $Tea").mentions
    (Mention(start=10, end=14, what=Parameter(name='$Tea')),)
    """
    rest = _after_name(words)
    shift = len(words) - len(rest)
    name = NAMED.match(words)
    found = sorted(_mentions(rest))
    return Line(
        name[1] if name else "",
        tuple(each._replace(start=each.start + shift, end=each.end + shift) for each in found),
        words,
    )


def _after_name(words: str) -> str:
    name = NAMED.match(words)
    return words[name.end() :] if name else words


def _mentions(words: str) -> Iterator[Mention]:
    taken = []
    for match in CODE.finditer(words):
        term, value, scheme, meaning = match.group("term", "value", "scheme", "meaning")
        taken.append(match.span())
        yield Mention(*match.span(), Code(term or "", scheme, value.strip(), meaning.strip()))
    for match in NUMBERED.finditer(words):
        if _is_free(match.span(), taken):
            taken.append(match.span())
            numbered = Numbered(match["what"], match["number"], match["binding"])
            yield Mention(*match.span(), numbered)
    for match in PARAMETER.finditer(words):
        if _is_free(match.span(), taken):
            yield Mention(*match.span(), Parameter(match[0]))


def _is_free(place: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    return all(place[1] <= start or end <= place[0] for start, end in taken)
