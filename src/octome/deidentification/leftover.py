"""Whether something that identified somebody is still in what was written.

Every text that did not stay as it was is remembered: names with each of their parts, identifiers,
UIDs, dates, descriptions. The files that were written are then read again, and all values in them
are searched for it; names and identifiers also in the bytes of the pixels. What only has words of
the Standard's vocabulary identifies nobody, and is not searched for. Case, accents and the two
spellings of umlauts make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from octome.deidentification.date_spelling import dates_in, spellings
from octome.deidentification.free_text import folded, is_harmless, name_words
from octome.deidentification.mark import METHOD, OWN_WORDS
from octome.dicom.data_set import BULK, LONGEST_READ, NUMBERS, SEQUENCE, DataSet, Element
from octome.dicom.part10 import read_encoded
from octome.dicom.tag import TAG

TOKEN = re.compile(r"[^\W_]+(?:[.'-][^\W_]+)*", re.UNICODE)
PIECE = re.compile(r"[^\W_]+", re.UNICODE)
BETWEEN_PARTS = re.compile(r"[.'-]")
UMLAUT = re.compile(r"(?<=[aou])e")
NUMERIC = frozenset({*NUMBERS, SEQUENCE, "AT"})
NUMBER_TEXT = frozenset({"DS", "IS", "TM", "AS"})
UNSEARCHED = BULK | NUMERIC | NUMBER_TEXT | {"CS"}  # values that many people share, or no text
# Whose values many people share, too: time zones, and codes, which stand in replaced sequences.
SHARED = frozenset({TAG.TimezoneOffsetFromUTC, TAG.CodeValue, TAG.CodingSchemeDesignator})
LEAST = 3  # characters: shorter texts are in too many values by chance
LEAST_INSIDE = 4  # characters of a value that is found in the middle of a word
LEAST_NUMBER = 5  # characters of a number in a value that is one
MOST_JOINED = 3  # words that are searched for without the spaces between them
DUMMY_WORDS = frozenset({"removed", "urn:removed", "99removed"})
CJK = "\u1100"  # the first letter of scripts in which two characters are a name
LEAST_IN_BYTES = 6  # of random pixels: 2**-48 for each byte
MOST_IN_BYTES = 200  # values that the pixels of one file are searched for
DATE = 8  # characters
DATES = frozenset({"DA", "DT"})
IDENTIFIERS = frozenset({
    TAG.AccessionNumber, TAG.InstitutionName, 0x00080081, 0x00081010, TAG.PatientID, 0x00101000,
    TAG.StudyID,
})  # fmt: skip
"""Values of these are searched for whatever words they have."""


@dataclass(frozen=True, kw_only=True)
class Leftover:
    """A value of the original that is still there."""

    attribute: int
    """Where it was removed: a tag."""
    original: str
    """The file it came from."""
    file: str
    where: tuple[int, ...]
    """The tags that lead to the value."""


@dataclass(frozen=True)
class Origin:
    """Where a value was removed."""

    attribute: int
    file: str


class Searched:
    """The values that must not be left.

    Parameters
    ----------
    vocabulary : collection of str
        Words that identify nobody, folded.
    registered : collection of str
        UIDs that the Standard assigns.
    """

    def __init__(self, vocabulary: Collection[str], registered: Collection[str]) -> None:
        self.vocabulary = vocabulary
        self._plain_vocabulary = frozenset(map(_plain, vocabulary))
        self._registered = registered
        self._words: dict[str, Origin] = {}
        self._lengths: set[int] = set()
        self._dates: dict[str, Origin] = {}
        self._texts: dict[str, list[tuple[str, Origin]]] = {}
        self._in_bytes: dict[str, dict[bytes, Origin]] = {}
        self.short = 0
        """How many values were too short to be searched for."""

    def add(self, ds: DataSet, element: Element, file: str) -> None:
        """Remember what an element of an original file says."""
        vr = element.vr
        if vr in UNSEARCHED or element.tag in SHARED:
            return
        origin = Origin(element.tag, file)
        for value in map(str, ds.values(element.tag)):
            if vr == "UI" and (value in self._registered or not value):
                continue
            if vr in ("DA", "DT"):
                self._add_date(value, origin)
            elif vr == "PN":
                self._add_name(value, origin)
            else:
                is_identifier = vr == "UI" or element.tag in IDENTIFIERS
                self._add_text(value, origin, is_name=is_identifier)

    def _add_date(self, value: str, origin: Origin) -> None:
        for spelling in spellings(value.replace(".", "")[:DATE]):
            self._dates.setdefault(spelling, origin)

    def _add_name(self, value: str, origin: Origin) -> None:
        """A name, its parts, and the parts joined in any order."""
        self._add_text(value, origin, is_name=True)
        for group in value.split("="):
            parts = PIECE.findall(group)[:MOST_JOINED]
            for count in range(2, len(parts) + 1):
                for chosen in permutations(parts, count):
                    self._add_word(_plain("".join(chosen)), origin)
            for word in {*PIECE.findall(group), *name_words(group)}:
                self._add_text(word, origin, is_name=True)

    def _add_word(self, word: str, origin: Origin) -> None:
        self._words.setdefault(word, origin)
        self._lengths.add(len(word))

    def _add_text(self, value: str, origin: Origin, *, is_name: bool) -> None:
        plain = _plain(value.strip())
        tokens = TOKEN.findall(plain)
        if not tokens or (not is_name and is_harmless(value, self.vocabulary)):
            return
        if len(plain) < (2 if plain[0] >= CJK and len(value.strip()) >= 2 else LEAST):
            self.short += 1
            return
        if len(tokens) == 1:
            self._add_word(tokens[0], origin)
        else:
            self._texts.setdefault(tokens[0], []).append((plain, origin))
        is_uid = value.isascii() and value.replace(".", "").isdigit() and "." in value
        if is_name and not is_uid and len(plain) >= LEAST_IN_BYTES:
            found = self._in_bytes.setdefault(origin.file, {})
            for spelling in (value, value.upper(), value.lower(), value.title()):
                if len(found) < MOST_IN_BYTES:
                    found.setdefault(spelling.encode(), origin)

    def leftovers(
        self, path: Path, name: str, original: str, allowed: Collection[str]
    ) -> Iterator[Leftover]:
        """What is left in one file.

        Parameters
        ----------
        path : Path
        name : str
            How the file is called in the result.
        original : str
            The file it was made from.
        allowed : collection of str
            Dates and pseudonyms that were written in place of others.
        """
        encoded = read_encoded(path)
        of_file = self._in_bytes.get(original, {})
        for ds in (encoded.meta, *encoded.data_set.walk.data_sets):
            for element in ds:
                is_bytes = element.vr in BULK
                found = (
                    _found_in_bytes(ds, element, of_file)
                    if is_bytes
                    else self._found(ds, element, allowed)
                )
                where = (*(tag for tag, _ in ds.place), element.tag)
                for origin in found:
                    yield Leftover(
                        attribute=origin.attribute, original=origin.file, file=name, where=where
                    )

    def _found(self, ds: DataSet, element: Element, allowed: Collection[str]) -> Iterator[Origin]:
        vr = element.vr
        if vr in NUMERIC or element.length > LONGEST_READ:
            return
        values = [str(value) for value in ds.values(element.tag)]
        if element.tag == METHOD:
            values = [value for value in values if not OWN_WORDS.fullmatch(value)]
        values = [
            value
            for value in values
            if value not in allowed and value.casefold() not in DUMMY_WORDS
        ]
        if vr in NUMBER_TEXT:
            for value in values:
                yield from self._of_number(value, allowed)
            return
        plain = _plain("\\".join(values))
        is_uid = vr == "UI"
        words = _words(plain, is_uid=is_uid)
        for word in words:
            if word in self._words and word not in allowed:
                yield self._words[word]
            yield from (origin for whole, origin in self._texts.get(word, ()) if whole in plain)
        for day in words if is_uid else dates_in(plain):
            if day in self._dates and day not in allowed:
                yield self._dates[day]
        if not is_uid and vr not in DATES:
            yield from self._joined(plain)
            for word in words:
                yield from self._inside(word)

    def _of_number(self, value: str, allowed: Collection[str]) -> Iterator[Origin]:
        if len(value) >= LEAST_NUMBER and value not in allowed:
            for known in (self._words, self._dates):
                if value in known:
                    yield known[value]

    def _joined(self, plain: str) -> Iterator[Origin]:
        """What is found when the spaces between words are left out."""
        pieces = PIECE.findall(plain)
        for count in range(2, MOST_JOINED + 1):
            for start in range(len(pieces) - count + 1):
                word = "".join(pieces[start : start + count])
                if len(word) >= LEAST_INSIDE and word in self._words:
                    yield self._words[word]

    def _inside(self, word: str) -> Iterator[Origin]:
        """What is found in the middle of a word that is not one of the Standard's."""
        if word in self._plain_vocabulary:
            return
        for length in self._lengths:
            for start in range(len(word) - length + 1):
                part = word[start : start + length]
                if part in self._words and (length >= LEAST_INSIDE or part[0] >= CJK):
                    yield self._words[part]


def _plain(text: str) -> str:
    """A text without case, accents and the e of umlauts."""
    return UMLAUT.sub("", folded(text))


def _found_in_bytes(ds: DataSet, element: Element, values: dict[bytes, Origin]) -> Iterator[Origin]:
    """Which values are in the bytes of an element, or of its fragments."""
    start, end = ds.start(element), ds.start(element) + element.length
    if element.fragments:
        start = ds.base + element.fragments[0][0]
        end = ds.base + sum(element.fragments[-1])
    for value, origin in values.items():
        if ds.buffer.find(value, start, end) >= 0:
            yield origin


def _words(text: str, *, is_uid: bool) -> set[str]:
    """The words of a text, those in words too; of a UID only long parts, which are not chance."""
    found: set[str] = set()
    for token in TOKEN.findall(text):
        parts = BETWEEN_PARTS.split(token)
        found |= {token, *(part for part in parts if not is_uid or len(part) >= DATE)}
        found |= {part[:DATE] for part in parts if len(part) > DATE and part.isdigit()}
    return found
