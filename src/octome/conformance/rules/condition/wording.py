"""Text of the Standard prepared for parsing: plain sentences with attributes as tokens.

An attribute named in the text, by name, by tag or by both, becomes `@` and the eight digits of
its tag. The rest is a few dozen patterns of statements about attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from octome.dicom.tag import TAG

# A tag as in the Standard, sometimes without a parenthesis, or as a value: 00181063H.
HALF = r"[0-9A-Fa-f]{4}"
WRITTEN_TAG = re.compile(
    rf"\(?\b({HALF}),\s*({HALF})\)|\(({HALF}),\s*({HALF})|\b([0-9A-F]{{4}})([0-9A-F]{{4}})H\b"
)
TOKEN = re.compile(r"@[0-9a-f]{8}")

# Words before an attribute that add nothing; the longest first.
EMPTY_BEFORE = re.compile(
    r"(?:\bthe\s+|\bthis\s+)?(?:\bvalues?\s+(?:of|for)\s+|\battribute\s+)?(?:\bthe\s+)?(?:\battribute\s+)?"
    r"(?=@[0-9a-f]{8})",
    re.IGNORECASE,
)
TYPOGRAPHY = str.maketrans(
    {0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'", 0xA0: " ", 0x2013: "-", 0x2014: "-"}
)


def plain(paragraph: str) -> str:
    """A paragraph on one line with the plain quotation marks and dashes of a keyboard.

    Examples
    --------
    >>> plain("Tea “green” \u2013 or not")
    'Tea "green" - or not'
    """
    return " ".join(paragraph.translate(TYPOGRAPHY).split())


class Attributes:
    """The attributes of an edition by name, for finding them in sentences.

    Parameters
    ----------
    name_of : mapping
        From tag to the name in the dictionary.
    """

    def __init__(self, name_of: Mapping[int, str]) -> None:
        # An item is not an attribute.
        self.name_of = {tag: name for tag, name in name_of.items() if tag < TAG.Item}
        self._split: dict[str, dict[int, dict[tuple[str, ...], int]]] = {}

    @cached_property
    def _by_first_word(self) -> dict[str, list[tuple[str, int]]]:
        """Names by their first word."""
        found: dict[str, list[tuple[str, int]]] = {}
        for tag, name in self.name_of.items():
            found.setdefault(name.partition(" ")[0], []).append((name, tag))
        return found

    def _names_from(self, first: str) -> dict[int, dict[tuple[str, ...], int]]:
        """Names that begin with a word, as words, by their number of words, the longest first."""
        found = self._split.get(first)
        if found is None:
            names = [
                (tuple(spelling.split()), tag)
                for name, tag in self._by_first_word.get(first, ())
                for spelling in (name, _without_uid(name))
                if spelling not in ORDINARY
            ]
            found = {}
            # Of attributes with one name, the first counts.
            for words, tag in sorted(names, key=lambda each: (-len(each[0]), each[1])):
                found.setdefault(len(words), {}).setdefault(words, tag)
            self._split[first] = found
        return found

    def tokenized(self, sentence: str) -> str:
        """A sentence with a token for each attribute.

        Examples
        --------
        >>> names = Attributes({0x00080060: "Modality", 0x00280008: "Number of Frames"})
        >>> names.tokenized("Required if the value of Modality (0008,0060) is CT.")
        'Required if @00080060 is CT.'
        >>> names.tokenized("Required if Number of Frames is greater than 1.")
        'Required if @00280008 is greater than 1.'
        """
        pieces, last = [], 0
        for match in WRITTEN_TAG.finditer(sentence):
            tag = int("".join(half for half in match.groups() if half), 16)
            before = self._named(self._without_name(sentence[last : match.start()], tag))
            space = "" if before.endswith(("(", '"')) else " "
            pieces.append(f"{before}{space}@{tag:08x}")
            last = match.end()
        pieces.append(self._named(sentence[last:]))
        return " ".join(EMPTY_BEFORE.sub("", "".join(pieces)).split())

    def _without_name(self, before: str, tag: int) -> str:
        """The text without the name of the attribute whose tag follows, in full or shortened."""
        name = self.name_of.get(tag, "")
        own = {folded(word) for word in [*name.split(), *re.split(r"[\s/-]", name)]}
        end = len(before.rstrip(' "'))
        cut = end
        for word in reversed(list(re.finditer(r"\S+", before[:end]))):
            bare = folded(word[0])
            if not bare or bare not in own | {"value"} or (bare in SMALL and cut == end):
                break
            if bare == "value" and "value" not in own:
                break
            cut = word.start()
        kept = before[:cut]
        # A small word at the beginning of the cut part belongs to the sentence.
        dropped = before[cut:end].split()
        while dropped and folded(dropped[0]) in SMALL:
            kept += dropped.pop(0) + " "
        return kept.rstrip('"') if kept.endswith('"') else kept

    def _named(self, words: str) -> str:
        """The text with names without a tag as tokens."""
        found = list(re.finditer(r"\S+", words))
        pieces, at, last = [], 0, 0
        while at < len(found):
            word = found[at][0].lstrip('("')
            hit = self._name_at(found, at, word)
            if hit is None:
                at += 1
                continue
            count, tag = hit
            end = found[at + count - 1]
            trailing = end[0][len(end[0].rstrip(".,;:)\"'")) :].lstrip('"')
            pieces += [words[last : found[at].start()], f"@{tag:08x}{trailing}"]
            last, at = end.end(), at + count
        return "".join([*pieces, words[last:]])

    def _name_at(self, found: list[re.Match[str]], at: int, first: str) -> tuple[int, int] | None:
        """The longest name that begins at a word: its number of words, and its tag."""
        bare = first.rstrip(".,;:)\"'")
        for start in (first, bare) if bare != first else (first,):
            for count, names in self._names_from(start).items():
                here = [match[0] for match in found[at : at + count]]
                if len(here) < count:
                    continue
                here[0] = here[0].lstrip('("')
                tag = names.get(tuple(here))
                if tag is None:
                    here[-1] = here[-1].rstrip(".,;:\"'" if count > 1 else ".,;:)\"'")
                    tag = names.get(tuple(here))
                if tag is not None:
                    return count, tag
        return None


SMALL = {"of", "the", "in", "to", "for", "and", "or", "a", "an", "is", "if", "by", "on", "at", "no"}
# Names of attributes that are also ordinary words: they count only with their tag.
ORDINARY = {
    "Algorithm",
    "Arbitrary",
    "Data Element",
    "Date",
    "Originator",
    "Priority",
    "Status",
    "Time",
    "Type",
    "Units",
}


def _without_uid(name: str) -> str:
    """A name as shortened in sentences: without UID at its end, if enough words are left."""
    return name.removesuffix(" UID") if len(name.split()) > 3 else name


def folded(word: str) -> str:
    """A word without punctuation and case, for comparison."""
    return re.sub(r"[^a-z0-9]", "", word.lower())


def tokens_in(words: str) -> Iterable[int]:
    """The tags in a tokenized sentence."""
    return (int(match[0][1:], 16) for match in TOKEN.finditer(words))
