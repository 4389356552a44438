"""Text of which only words of the Standard's own vocabulary are left: the option Clean Descriptors.

A word stays if the data dictionary or a coded concept has it, and it is not part of a name or an
identifier of these instances. A number stays if it has one or two digits: `6x6 mm` does, a year and
a record number do not.
"""

from __future__ import annotations

import re
from collections.abc import Collection

WORD = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)?", re.UNICODE)
PLAIN_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})?", re.ASCII)
TOKEN = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)?|[ /,.()+-]", re.ASCII)
LONGEST = 10_240  # characters that are cleaned; longer text is removed


def is_harmless(text: str, vocabulary: Collection[str]) -> bool:
    """Whether all words of a text are the Standard's, and its numbers are short.

    Examples
    --------
    >>> is_harmless("Left macula, 6 mm", {"left", "macula", "mm"})
    True
    >>> is_harmless("Left macula of Kermit", {"left", "macula", "of"})
    False
    """
    return all(
        word.casefold() in vocabulary or PLAIN_NUMBER.fullmatch(word) for word in WORD.findall(text)
    )


def cleaned(text: str, vocabulary: Collection[str], names: Collection[str]) -> str:
    """What is left of a text.

    Parameters
    ----------
    text : str
    vocabulary : collection of str
        The words of the Standard, folded.
    names : collection of str
        Words of names and identifiers, folded; they do not stay.

    Examples
    --------
    >>> cleaned("Macula 6x6 of Hans Head, 2026", {"macula", "of", "head", "x"}, {"head"})
    'Macula 6x6 of ,'
    """
    if len(text) > LONGEST:
        return ""
    kept = []
    for token in TOKEN.findall(text):
        if token.isalpha():
            folded = token.casefold()
            is_kept = folded in vocabulary and folded not in names
        elif token[0].isdigit():
            is_kept = PLAIN_NUMBER.fullmatch(token) is not None
        else:
            is_kept = True
        if is_kept:
            kept.append(token)
    left = re.sub(r" {2,}", " ", "".join(kept)).strip()
    return left if any(token.isalnum() for token in kept) else ""
