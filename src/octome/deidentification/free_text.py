"""Text of which only words that name nobody are left: the option Clean Descriptors.

A word stays if the data dictionary or a coded concept has it, it is in lower case or one of
`PLAIN`, and it is in no name or identifier of these instances. No number stays. A title, such as
Dr, ends the text. A name that is also a word of the Standard, written in lower case and not known
from the instances, stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

WORD = re.compile(r"[^\W_]+", re.UNICODE)
TOKEN = re.compile(r"[^\W_]+(?:[-'\u2010\u2011\u2019.][^\W_]+)*|[ /,()+-]", re.UNICODE)
BETWEEN = re.compile(r"[-'\u2010\u2011\u2019.^=\\,\s]+")
PLAIN = frozenset({
    "angiography", "choroid", "cornea", "disc", "eye", "fovea", "fundus", "image",
    "laterality", "left", "macula", "macular", "mm", "nerve", "oct", "octa", "od", "optic", "os",
    "ou", "retina", "retinal", "right", "scan", "surfaces", "thorax", "tomography", "volume",
})  # fmt: skip
"""Words that may stay with a capital: all others may be a name then."""
TITLES = frozenset({
    "dame", "dr", "frau", "herr", "lady", "lord", "madame", "md", "miss", "mme", "monsieur", "mr",
    "mrs", "ms", "mx", "phd", "prof", "professor", "doctor", "sir", "sr", "sra",
})  # fmt: skip
"""What follows one of these is a name."""
LONGEST = 10_240  # characters that are cleaned; longer text is removed


def folded(text: str) -> str:
    """A text without case and accents.

    Examples
    --------
    >>> folded("JÉRÔME Groß")
    'jerome gross'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def name_words(text: str) -> Iterator[str]:
    """The words of a name or an identifier, folded; those of joined ones too.

    Examples
    --------
    >>> sorted(name_words("King-Stone^Zoë"))
    ['king', 'kingstone', 'stone', 'zoe']
    """
    for part in re.split(r"[\^=\\,\s]+", folded(text)):
        pieces = [piece for piece in BETWEEN.split(part) if piece]
        yield from pieces
        if len(pieces) > 1:
            yield "".join(pieces)


def is_harmless(text: str, vocabulary: Collection[str]) -> bool:
    """Whether all words of a text are the Standard's, or numbers of one or two digits.

    Examples
    --------
    >>> is_harmless("Left macula, mm", {"left", "macula", "mm"})
    True
    >>> is_harmless("Left macula of Kermit", {"left", "macula", "of"})
    False
    """
    return all(
        word.casefold() in vocabulary or (word.isdecimal() and len(word) <= 2)
        for word in WORD.findall(text)
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
    >>> cleaned("Macula 6x6 of head, Young", {"macula", "of", "head", "young"}, {"head"})
    'Macula of ,'
    """
    if len(text) > LONGEST:
        return ""
    kept = []
    for token in TOKEN.findall(unicodedata.normalize("NFC", text)):
        words = [word for word in BETWEEN.split(token) if word]
        if any(folded(word) in TITLES for word in words):
            break
        if all(_stays(word, vocabulary, names) for word in words):
            kept.append(token)
    left = re.sub(r" {2,}", " ", "".join(kept)).strip()
    return left if any(char.isalpha() for char in left) else ""


def _stays(word: str, vocabulary: Collection[str], names: Collection[str]) -> bool:
    if not word[0].isalnum():
        return True
    low = word.casefold()
    return (
        word.isascii()
        and word.isalpha()
        and low not in names
        and low in vocabulary
        and (word.islower() or low in PLAIN)
    )
