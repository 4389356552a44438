"""Questions: what kind of value answers them, and the attributes that have it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from octome.standard.pages.reader import Reader
from octome.standard.search.ranking import title_words
from octome.standard.search.rows import Row, by_name
from octome.standard.search.synonyms import FILLERS, HINTS, SYNONYMS
from octome.standard.search.wording import WORD, any_of, plural, singular


class Question(NamedTuple):
    """A way to ask: what names of attributes that answer have, and their value representations.

    `counts`: it asks for the number of something.
    """

    asked: re.Pattern[str]
    names: frozenset[str]
    vrs: frozenset[str]
    counts: bool


def _question(asked: str, names: str = "", vrs: str = "DS FD FL IS SL SS UL US") -> Question:
    pattern = re.compile(rf"\b(?:{asked})\b")
    return Question(pattern, frozenset(names.split()), frozenset(vrs.split()), not names)


QUESTIONS = [
    _question(r"who(?!\s+(?:made|makes|built))|whose|whom", "name physician operator by", "PN"),
    _question("when|which day|what day|what time", "date time datetime", "DA DT TM"),
    _question("where", "institution station location", "LO SH ST"),
    _question("how many"),
    _question("how old", "age", "AS"),
    _question("how heavy", "weight"),
    _question("how tall", "size"),
    _question("how (?:big|large|wide)", "size spacing"),
    _question("how thick", "thickness"),
    _question("how long", "duration time"),
    _question("how (?:fast|often)", "rate velocity frequency"),
    _question("how (?:deep|strong)", "depth strength"),
    _question("how far", "distance"),
]
ASKED = re.compile("|".join(question.asked.pattern for question in QUESTIONS))
# What people do, and the words for it in the names of attributes.
_ACTS = """
did do does performed perform made make took take taken ran: performing operator acquisition
scanned scan acquired acquire captured shot recorded imaged: performing operator acquisition
photographed: performing operator acquisition
read reads report reported interpreted reviewed diagnosed: reading interpretation
ordered order requested wanted asked: requesting referring
sent referred refers: referring
wrote written created creates entered drew drawn annotated authored: creator author
approved approves checked signed: reviewer approver
verified confirmed: verifying
injected administered gave given got: administered injection start bolus
born: birth
started begun began: start
ended finished stopped: end stop
planned booked scheduled: scheduled
calibrated: calibration
installed: installation
built manufactured produced: manufacture
"""
ACTS = {
    word: frozenset(names.split())
    for words, _, names in (line.partition(":") for line in _ACTS.strip().splitlines())
    for word in words.split()
}
# What is done, or done to: names of answers need not have them.
THINGS = frozenset(
    re.findall(
        r"\w+",
        "scan scans image images picture pictures exam examination study studies series it this "
        "person patient procedure file slide",
    )
)
# Words that ask for an extent: the question has them.
EXTENTS = frozenset(
    re.findall(r"\w+", "many old heavy tall big large wide thick long fast often deep strong far")
)
# "How many images" counts what an image may be here.
COUNTED = {"image": ("frame", "instance", "slice"), "picture": ("frame", "instance")}
MOST = 400  # candidates
FEW = 2


def answers(reader: Reader, query: str, words: Sequence[str]) -> list[Row]:
    """A few attributes whose values answer a question, the likeliest first; none for no question.

    "Who did the scan" is answered by names of persons, those of operators first.
    """
    if not ASKED.search(query.casefold()):
        return []
    question = next(known for known in QUESTIONS if known.asked.search(query.casefold()))
    typed = WORD.findall(query.casefold())
    acts = frozenset(name for word in typed for name in ACTS.get(word, ()))
    skipped = FILLERS | EXTENTS | HINTS | set(ACTS)
    about = {singular(word) for word in words if word not in skipped}
    if question.counts:
        return _counts(reader, about)
    best = []
    for row in by_name(reader, any_of(_quoted(question.names)), MOST):
        if question.vrs.isdisjoint(row.detail.split()[1:2]) or row.weight < 0:
            continue
        has = title_words(row.title)[1]
        is_done = not acts.isdisjoint(has)
        things = sum(_fit(word, has) for word in about & THINGS)
        others = sum(_fit(word, has) for word in about - THINGS)
        if is_done or others or about <= THINGS:
            best.append((5 * is_done + 4 * others + 2 * things + _prior(row), row))
    return _first(best)


def _counts(reader: Reader, about: Collection[str]) -> list[Row]:
    """A few attributes with the number of something, the likeliest first."""
    if not about:
        return []
    same = {other for word in about for other in _same(word)}
    best = []
    for row in by_name(reader, f'"number" AND {any_of(_quoted(same))}', MOST):
        fits = [_fit(word, title_words(row.title)[1]) for word in about]
        if row.title.startswith("Number of") and row.weight > 0 and all(fits):
            best.append((4 * sum(fits) + _prior(row), row))
    return _first(best)


def _prior(row: Row) -> float:
    return row.weight - 0.3 * title_words(row.title)[0]


def _first(best: list[tuple[float, Row]]) -> list[Row]:
    return [row for _, row in sorted(best, key=lambda each: -each[0])[:FEW]]


def _fit(word: str, has: frozenset[str]) -> float:
    """How well a name has a word, or another for it."""
    return 1 if word in has else 0.5 * (not has.isdisjoint(_same(word)))


def _same(word: str) -> set[str]:
    """A word and others for it."""
    return {word, *SYNONYMS.get(word, ()), *COUNTED.get(word, ())}


def _quoted(words: Iterable[str]) -> list[str]:
    return [f'"{form}"' for word in sorted(words) for form in (word, plural(word))]
