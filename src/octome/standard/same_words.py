"""Words that differ only in spelling: hyphens, quotes, spaces, capitals, abbreviated names.

Sources print the same names and sentences differently. That is not a change of the Standard.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

QUOTES = "'\"`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e"
PLAIN: dict[int, str | None] = dict.fromkeys(
    map(ord, f"{QUOTES}\u00ad\u200b\u200c\u200d\u2060\ufeff")
)
PLAIN |= {ord("&"): " and ", ord("\u00b5"): "u", ord("\u03bc"): "u"}  # micro, Greek mu
# A hyphen before a digit may be a minus, or part of the number of a table.
HYPHENS = re.compile(r"[-\u2010-\u2015\u2212]+(\d?)")
SPACES = re.compile(r"(?<!\d)\s+|\s+(?!\d)")  # not the one that separates two numbers
WORDS = re.compile(r"[\s\u2010-\u2015-]+")
LONGEST_ABBREVIATION = 4


def folded(words: str) -> str:
    """What is left of words without hyphens, quotes, spaces and capitals.

    Examples
    --------
    >>> folded("Frog\u2019s Multi-frame Image") == folded("frog's multi frame image")
    True
    >>> folded("1 2"), folded("-1 to 5"), folded("Table C.7\u20111")
    ('1 2', '-1to5', 'tablec.7-1')
    """
    plain = HYPHENS.sub(_minus, words.translate(PLAIN).casefold())
    return SPACES.sub("", plain)


def _minus(match: re.Match[str]) -> str:
    return f"-{match[1]}" if match[1] else " "


def is_same_name(one: str, other: str) -> bool:
    """Whether two names are one, spelled differently: an abbreviation may be spelled out in one.

    Examples
    --------
    >>> is_same_name("CR Image", "Computed Radiography Image")
    True
    >>> is_same_name("Multi-frame SC Image", "Multi-frame Secondary Capture Image")
    True
    >>> is_same_name("US Image", "Ultrasound Image"), is_same_name("CT Image", "MR Image")
    (True, False)
    """
    if one == other or folded(one) == folded(other):
        return True
    return _is_same(WORDS.split(one), WORDS.split(other))


def _is_same(ones: Sequence[str], others: Sequence[str]) -> bool:
    if not ones or not others:
        return not ones and not others
    if folded(ones[0]) == folded(others[0]):
        return _is_same(ones[1:], others[1:])
    return _abbreviates(ones, others) or _abbreviates(others, ones)


def _abbreviates(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the first of some words abbreviates the first of others, and the rest is the same."""
    letters = short[0]
    if not letters.isupper() or not 2 <= len(letters) <= LONGEST_ABBREVIATION:
        return False
    return any(
        _are_within("".join(word[:1] for word in long[:end]), letters)
        and _are_within(letters, "".join(long[:end]))
        and long[0][:1].upper() == letters[0]
        and _is_same(short[1:], long[end:])
        for end in range(1, min(len(letters), len(long)) + 1)
    )


def _are_within(letters: str, words: str) -> bool:
    """Whether words have some letters in their order."""
    rest = iter(words.casefold())
    return all(letter in rest for letter in letters.casefold())
