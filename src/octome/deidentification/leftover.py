"""Whether something that identified somebody is still in what was written.

Every text that did not stay as it was is remembered: names with each of their parts, identifiers,
UIDs, dates, descriptions. The files that were written are then read again, and all values in them
are searched for it; names and identifiers also in the bytes of the pixels. What only has words of
the Standard's vocabulary identifies nobody, and is not searched for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from octome.deidentification.free_text import is_harmless
from octome.deidentification.mark import METHOD, OWN_WORDS
from octome.dicom.data_set import BULK, LONGEST_READ, NUMBERS, SEQUENCE, DataSet, Element
from octome.dicom.part10 import read_encoded
from octome.dicom.tag import TAG

TOKEN = re.compile(r"[^\W_]+(?:[.'-][^\W_]+)*", re.UNICODE)
NAME_PART = re.compile(r"[\^= ,]+")
BETWEEN_PARTS = re.compile(r"[.'-]")
NUMERIC = frozenset({*NUMBERS, SEQUENCE, "DS", "IS", "AT", "TM", "AS"})
UNSEARCHED = BULK | NUMERIC | {"CS"}  # values that many people share, or no text
# Whose values many people share, too: time zones, and codes, which stand in replaced sequences.
SHARED = frozenset({TAG.TimezoneOffsetFromUTC, TAG.CodeValue, TAG.CodingSchemeDesignator})
LEAST = 3  # characters: shorter texts are in too many values by chance
LEAST_IN_BYTES = 6  # of random pixels: 2**-48 for each byte
MOST_IN_BYTES = 200  # values that the pixels of one file are searched for
DATE = 8  # characters
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
        self._registered = registered
        self._words: dict[str, Origin] = {}
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
                for part in {value, *NAME_PART.split(value)}:
                    self._add_text(part, origin, is_name=True)
            else:
                is_identifier = vr == "UI" or element.tag in IDENTIFIERS
                self._add_text(value, origin, is_name=is_identifier)

    def _add_date(self, value: str, origin: Origin) -> None:
        date = value.replace(".", "")[:DATE]
        if len(date) == DATE and date.isdigit():
            self._words.setdefault(date, origin)

    def _add_text(self, value: str, origin: Origin, *, is_name: bool) -> None:
        folded = value.strip().casefold()
        tokens = TOKEN.findall(folded)
        if not tokens or (not is_name and is_harmless(folded, self.vocabulary)):
            return
        if len(folded) < LEAST:
            self.short += 1
            return
        if len(tokens) == 1:
            self._words.setdefault(tokens[0], origin)
        else:
            self._texts.setdefault(tokens[0], []).append((folded, origin))
        is_uid = value.isascii() and value.replace(".", "").isdigit() and "." in value
        if is_name and not is_uid and len(folded) >= LEAST_IN_BYTES:
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
            Dates that were written in place of others.
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
        if element.vr in NUMERIC or element.length > LONGEST_READ:
            return
        values = [str(value) for value in ds.values(element.tag)]
        if element.tag == METHOD:
            values = [value for value in values if not OWN_WORDS.fullmatch(value)]
        folded = "\\".join(values).casefold()
        for word in _words(folded, is_uid=element.vr == "UI"):
            if word in self._words and word not in allowed:
                yield self._words[word]
            yield from (origin for whole, origin in self._texts.get(word, ()) if whole in folded)


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
