"""What a description requires of an attribute's presence: when it is required, when forbidden.

PS3.5 7.4.2 and 7.4.4: an attribute of Type 1C or 2C shall be present if its condition is true, and
shall not if it is false, unless the text allows it otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from octome.conformance.rules.condition.absence import false_without
from octome.conformance.rules.condition.expression import Constant, Expression, Unknown
from octome.conformance.rules.condition.logic import Not, both, either
from octome.conformance.rules.condition.parser import parsed
from octome.conformance.rules.condition.wording import Attributes, plain

IF = (
    r"(?:only |also )?(?:if and only if|if, and only if,|if|when|only if|only "
    r"when|where|in case)"
)
SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z@(])|(?<=\.\))\s+")
OTHERWISE = re.compile(
    r"[,;.:]?\s*(?:and |but |it )*(?P<may>may|can|shall)(?P<not> not)?(?: optionally|"
    r" also)*(?: only)? be (?:present|included|used|specified)(?: \w+)? otherwise\b"
    r"(?:,?\s+(?P<only>only )?(?:if|when|only if)\s+(?P<when>[^.]*))?"
    r"|[,;.:]?\s*otherwise,?(?: it| this attribute| this sequence)? (?P<may2>may|"
    r"shall)(?P<not2> not)?(?: also| only)* be (?:present|included)\b"
    r"(?:\s+(?:only )?(?:if|when)\s+(?P<when2>[^.]*))?",
    re.IGNORECASE,
)
FORBIDDEN = re.compile(
    rf"(?:shall|may|must) not be (?:present|included|used|sent)\s+(?:{IF}:?\s+|(?=in an? ))"
    r"(?P<when>.*)",
    re.IGNORECASE,
)
REQUIRED = re.compile(
    r"(?:\b(?:is |are |be )?required|\b(?:shall|must) be (?:present|included|"
    rf"provided|specified|used))\s*,?\s*{IF}:?,?\s+(?P<when>.*)",
    re.IGNORECASE,
)
UNLESS = re.compile(
    r"(?:\brequired|\bshall be (?:present|included)),?\s+(?:unless|except (?:if|"
    r"when))\s+(?P<when>.*)",
    re.IGNORECASE,
)
WHICH = re.compile(
    r"(?:images where )?(?P<when>(?:the )?(?:first Item|Control Point 0|@).*)", re.IGNORECASE
)
REQUIRED_FOR = re.compile(
    r"^(?:only |if )?required (?:for|in|by|to|during|as)\s+(?P<when>.*)", re.IGNORECASE
)
# A sentence that limits all the others of a text.
LIMIT = re.compile(r"^only required (?:for|in) ", re.IGNORECASE)
MAY = re.compile(
    r"(?:\bmay|can) (?:also |only )*be (?:present|included)(?: for other SOP "
    rf"Classes)?,?\s+{IF}\s+(?P<when>.*)",
    re.IGNORECASE,
)
ALWAYS = re.compile(r"(?:shall|must) (?:always )?be present\.?$", re.IGNORECASE)


@dataclass(frozen=True)
class Requirement:
    """When an attribute, a module or a functional group shall be present, and when it shall not.

    `text` is the condition as text of the Standard, for people.
    """

    required: Expression
    forbidden: Expression
    text: str

    @cached_property
    def _needed(self) -> frozenset[int] | None:
        return false_without(self.required)

    def is_unmet(self, present: frozenset[int]) -> bool:
        """Whether `required` is false for certain, as `present` has none of what it names.

        Parameters
        ----------
        present : frozenset of int
            The tags of all attributes of the instance, of its items too.
        """
        return self._needed is not None and self._needed.isdisjoint(present)


def requirement(paragraphs: Sequence[str], attributes: Attributes) -> Requirement:
    """The requirement in a description; text that is not understood becomes `Unknown`.

    Parameters
    ----------
    paragraphs : sequence of str
        The paragraphs of the description.
    attributes : Attributes
        The names of attributes in the edition of the text.
    """
    sentences = [
        sentence
        for paragraph in _joined([plain(paragraph) for paragraph in paragraphs])
        for sentence in SENTENCE.split(paragraph)
        if CONDITIONAL.search(sentence)
    ]
    text = " ".join(sentences)
    required: list[Expression] = []
    allowed: list[Expression] = []
    forbidden: list[Expression] = []
    limits: list[Expression] = []
    for sentence in sentences:
        if COUNTED.match(sentence):
            continue
        rest = attributes.tokenized(sentence)
        for match in OTHERWISE.finditer(rest):
            allowed += _otherwise(match)
        rest = OTHERWISE.sub("", rest).strip()
        for pattern, found in ((FORBIDDEN, forbidden), (MAY, allowed)):
            stated = pattern.search(rest)
            if stated:
                found.append(parsed(stated["when"]))
                rest = rest[: stated.start()].rstrip(" ,;")
        (limits if LIMIT.match(rest) else required).extend(_demands(rest))
    needed = either(required) if required else Unknown(text)
    if limits and required:
        needed = both([*limits, needed])
    return Requirement(needed, _forbidden(needed, allowed, forbidden), text)


# About how many items or values there are, not whether there are any.
COUNTED = re.compile(
    r"(?:More than one|One or \w+|Only (?:one|a single)|Two or more|A single|"
    r"Zero or \w+|The same number)\b(?!.*\bequired\b)"
)
CONDITIONAL = re.compile(
    r"\b(?:[Rr]equired|(?:[Ss]hall|[Mm]ay|must|can)(?: not)?(?: only| also| optionally|"
    r" always)* be (?:present|included|used|specified|provided|sent)|[Oo]therwise)"
    r"\b"
)


def _joined(found: list[str]) -> list[str]:
    """Paragraphs; a list after a colon is joined with the paragraph before it."""
    joined: list[str] = []
    is_open = False
    for paragraph in found:
        if (
            is_open
            and joined
            and (paragraph[:1].islower() or paragraph[:1] in "@(" or len(paragraph) < 160)
            and not CONDITIONAL.match(paragraph)
        ):
            joiner = " " if joined[-1].endswith((":", " and", " or", "and,", "or,")) else ", or "
            joined[-1] = joined[-1].rstrip(":") + joiner + paragraph.rstrip(".;,")
        else:
            joined.append(paragraph)
            is_open = bool(re.search(r"[Rr]equired (?:only )?if[^.]*:$", paragraph))
    return joined


def _otherwise(match: re.Match[str]) -> list[Expression]:
    """When the attribute may be present otherwise; `may not` is the default and adds nothing."""
    if match["not"] or match["not2"]:
        return []
    when = match["when"] or match["when2"]
    return [parsed(when) if when else Constant(value=True)]


def _demands(sentence: str) -> list[Expression]:
    match = UNLESS.search(sentence)
    if match:
        return [Not(parsed(match["when"]))]
    match = REQUIRED.search(sentence)
    if match:
        return [parsed(re.sub(r"^(?:required if\s+)+", "", match["when"], flags=re.IGNORECASE))]
    match = REQUIRED_FOR.search(sentence)
    if match:
        which = WHICH.match(match["when"])
        return [parsed(which["when"]) if which else Unknown(sentence)]
    return []


def _forbidden(
    required: Expression, allowed: list[Expression], forbidden: list[Expression]
) -> Expression:
    otherwise: list[Expression] = [Not(either([required, *allowed]))]
    return either([*forbidden, *otherwise])
