"""What is done to each attribute: PS3.15 Table E.1-1 as the library has it, and what it lacks.

The table at hand may be of an older edition than the instances are. What it does not list is then
judged by its value representation, and by the rows that later editions have: `later_rows.tsv`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

from octome.deidentification.options import BASIC, OPTIONS, Options
from octome.dicom.data_set import SEQUENCE, TEXT
from octome.errors import UnknownEdition
from octome.standard.library import Library
from octome.standard.model.confidentiality import ProtectedTags

Need = Literal["1", "2", "3", "unknown"]
"""The Type of an attribute where it is, conditional ones as if required; `unknown` in an IOD whose
rules are not here, or that does not have it."""
Decision = Literal["keep", "remove", "empty", "replace", "uid", "clean"]
DATES = frozenset({"DA", "DT", "TM"})
FREE = TEXT | {"AE", "UR", "OB", "OF", "OD", "OL", "OV", "OW", "UN"}
STRICTEST_FIRST = "XZDUCK"
PIXELS = 0x7FE0
UNLISTED = "X/Z/D"  # what is done to what the table does not list, unless it is harmless
MASK = re.compile(r"[0-9a-fx]{8}")


class ActionTable:
    """The actions of one edition's table under some options.

    Parameters
    ----------
    library : Library
    edition : str
    options : Options

    Raises
    ------
    UnknownEdition
        Neither this edition nor the one it borrows from has the table.
    """

    def __init__(self, library: Library, edition: str, options: Options) -> None:
        index = library.confidentiality_index(edition)
        if not index.rows:
            raise UnknownEdition(index.note, edition=edition)
        self.edition = index.table_edition
        self.options = options
        self._rows: dict[int, dict[str, str]] = {}
        self._masks: list[tuple[int, int, dict[str, str]]] = []
        for row in index.rows:
            self._add(row)
        for tag, actions in later_rows():
            self._rows.setdefault(tag, actions)
        self._known = {term.tag for term in library.dictionary(self.edition)}

    def _add(self, row: ProtectedTags) -> None:
        actions = {each.profile: each.action for each in row.actions}
        if MASK.fullmatch(row.tag) is None:
            return  # private attributes: see `private_data`
        if "x" not in row.tag:
            self._rows[int(row.tag, 16)] = actions
            return
        fixed = int("".join("0" if digit == "x" else "f" for digit in row.tag), 16)
        self._masks.append((fixed, int(row.tag.replace("x", "0"), 16), actions))

    def _row(self, tag: int) -> dict[str, str] | None:
        found = self._rows.get(tag)
        if found is not None:
            return found
        return next((actions for fixed, row, actions in self._masks if tag & fixed == row), None)

    def letters(self, tag: int, vr: str) -> str:
        """What is done to an attribute under the options, as the letters of the table."""
        actions = self._row(tag)
        if actions is None:
            return self._unlisted(tag, vr)
        chosen = [actions[column] for column in self.options.columns if column in actions]
        if chosen:
            return min(chosen, key=lambda letters: STRICTEST_FIRST.index(letters[0]))
        return actions[BASIC]

    def basic(self, tag: int) -> str:
        """What the profile does to an attribute without any option."""
        actions = self._row(tag)
        return UNLISTED if actions is None else actions[BASIC]

    def _unlisted(self, tag: int, vr: str) -> str:
        """What is done to an attribute that the table does not list.

        Names of people and dates are treated as the table does it elsewhere. Other attributes that
        were in the dictionary of the table's edition were judged harmless. One that is newer, or is
        in no dictionary here, loses its text and its bytes, and its UIDs are replaced; numbers and
        coded words are kept, and the items of a sequence are judged one by one.
        """
        if vr in DATES:
            return {"UNMODIFIED": "K", "MODIFIED": "C", "REMOVED": UNLISTED}[self.options.dates]
        if vr in ("PN", "UR"):
            return UNLISTED
        if self.is_known(tag) or tag >> 16 == PIXELS:
            return "K"
        if vr == "UI":
            return "K" if "uids" in self.options.retain else "U"
        if vr == SEQUENCE:
            return "X/U*"
        if vr in FREE:
            is_text = vr in TEXT and "descriptors" in self.options.clean
            return "C" if is_text else UNLISTED
        return "K"

    def is_known(self, tag: int) -> bool:
        """Whether the dictionary of the table's edition has an attribute."""
        return f"{tag:08x}" in self._known or _of_repeating_group(tag) in self._known


def _of_repeating_group(tag: int) -> str:
    digits = f"{tag:08x}"
    return f"{digits[:2]}xx{digits[4:]}"


@cache
def later_rows() -> tuple[tuple[int, dict[str, str]], ...]:
    """Rows that editions after 2020b have, about attributes that had been there before.

    Until then the table overlooked them, so that their being unlisted says nothing. Source: PS3.15
    Table E.1-1 of 2026c.
    """
    lines = Path(__file__).with_name("later_rows.tsv").read_text("utf-8").splitlines()[1:]
    return tuple(_later_row(*line.split("\t")) for line in lines)


def _later_row(tag: str, _keyword: str, action: str, options: str) -> tuple[int, dict[str, str]]:
    columns = {name: column for name, (column, _, _) in OPTIONS.items()}
    named = dict(option.split("=") for option in options.split())
    return int(tag, 16), {BASIC: action} | {
        column: named[name] for name, column in columns.items() if name in named
    }


def decision(letters: str, need: Need) -> Decision:
    """What the letters mean for an attribute of a Type.

    What would be removed is emptied or replaced where the IOD requires the attribute.

    Examples
    --------
    >>> decision("X/Z/D", "1"), decision("X/Z/D", "2"), decision("X/Z/D", "3")
    ('replace', 'empty', 'remove')
    >>> decision("X", "1"), decision("Z", "1"), decision("D", "3"), decision("X/Z/U*", "1")
    ('replace', 'replace', 'replace', 'uid')
    """
    only: dict[str, Decision] = {"K": "keep", "C": "clean", "U": "uid", "D": "replace"}
    if letters in only:
        return only[letters]
    if "U" in letters and need != "3":
        return "uid"
    if need == "1" or (need == "unknown" and letters.endswith("/D")):
        return "replace"
    if need == "2" or (need == "unknown" and letters.endswith("Z")):
        return "empty"
    if letters.startswith("X"):
        return "remove"
    return "empty" if letters.startswith("Z") else "replace"
