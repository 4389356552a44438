"""An instance rewritten so that it identifies nobody, element by element.

PS3.15 E.1.1: the table applies at the root and in the items of all sequences. File Meta Information
is written again, and holds nothing of the original but its SOP Class and its Transfer Syntax.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from octome.deidentification.action_table import DATES, ActionTable, Decision, decision
from octome.deidentification.attribute_type import Level
from octome.deidentification.coded import Codes
from octome.deidentification.date_time import is_valid
from octome.deidentification.dummy import dummy
from octome.deidentification.free_text import cleaned
from octome.deidentification.private_data import (
    creators,
    is_recorder_metadata,
    is_safe,
    safe_metadata,
)
from octome.deidentification.pseudonym import Pseudonyms
from octome.dicom.data_set import SEQUENCE, TEXT, DataSet, Element
from octome.dicom.tag import TAG
from octome.dicom.writer import NewElement, Stored

NOT_OF_DATA_SETS = (0x0000, 0x0002, 0x0004)  # groups of commands, file meta, directories
OVERLAYS, CURVES = 0x60, 0x50
# Values that follow more than their value representation; 99 is a private coding scheme.
OWN_DUMMIES = {TAG.CodingSchemeDesignator: b"99REMOVED", TAG.TimezoneOffsetFromUTC: b"+0000"}
WORDS = TEXT | {"AE", "UR", "AS"}
PSEUDONYMS = (TAG.PatientName, TAG.PatientID)
Removed = Callable[[DataSet, Element], object]


@dataclass(frozen=True, kw_only=True)
class Context:
    """What decides about an element: where it is, and whose."""

    level: Level
    person: str
    """Who the dates of the instance belong to."""
    patient: str
    """The Patient ID that the instance gets."""
    sop_class: str
    is_dummy: bool = False
    """Whether the sequence that it is in is replaced: then all that is not coded is."""
    is_cleaned: bool = False
    """Whether a sequence that it is in is cleaned."""


class Rewriter:
    """Rewrites instances by one table.

    Parameters
    ----------
    table : ActionTable
    pseudonyms : Pseudonyms
    vocabulary : collection of str
        Words that may stay in a text that is cleaned, folded.
    names : collection of str
        Words that may not, even so.
    codes : Codes
        Those whose meaning is the Standard's.
    removed : callable
        Called with each element that does not stay as it was, and its data set.
    """

    def __init__(
        self,
        table: ActionTable,
        pseudonyms: Pseudonyms,
        *,
        vocabulary: Collection[str],
        names: Collection[str],
        codes: Codes,
        removed: Removed,
    ) -> None:
        self.table = table
        self.pseudonyms = pseudonyms
        self.vocabulary = vocabulary
        self.names = names
        self.codes = codes
        self.removed = removed
        self.dates: set[str] = set()
        """Every date that was written in place of another one."""

    def data_set(self, ds: DataSet, context: Context) -> Iterator[NewElement]:
        """The elements of a data set, as far as they stay, in the order of their tags."""
        blocks = creators(ds)
        gone = _groups_without_content(ds)
        known = frozenset[int]()
        if context.is_cleaned:
            known = self.codes.known_elements(ds)
            if self.codes.is_identifying(ds):
                context = replace(context, is_dummy=True)
        for tag in sorted(ds.elements):
            element = ds.elements[tag]
            group = tag >> 16
            if group in NOT_OF_DATA_SETS or not tag & 0xFFFF or group in gone:
                continue
            if group & 1:
                new = self._private(ds, element, blocks, context.sop_class)
            elif tag in known:
                new = _kept(ds, element)
            else:
                new = self._element(ds, element, context)
            if new is not None:
                yield new

    def _private(
        self, ds: DataSet, element: Element, blocks: dict[int, str], sop_class: str
    ) -> NewElement | None:
        if "safe-private" not in self.table.options.retain or element.items is not None:
            return None
        if not is_safe(ds, element, blocks, sop_class):
            return None
        if is_recorder_metadata(element.tag, blocks):
            return NewElement(element.tag, "UT", safe_metadata(ds.text(element.tag)))
        return _kept(ds, element)

    def _element(self, ds: DataSet, element: Element, context: Context) -> NewElement | None:
        tag, vr = element.tag, element.vr
        letters = self.table.letters(tag, vr)
        done = decision(letters, context.level.need(tag))
        if element.items is None and done in ("keep", "clean"):
            if context.is_dummy:
                done = _replaced(element)
            elif context.is_cleaned and vr in TEXT:
                is_code = tag in self.codes.ELEMENTS
                is_text = not is_code and "descriptors" in self.table.options.clean
                done = "clean" if is_text else "replace"
            elif done == "keep" and not is_valid(vr, ds.raw(tag)):
                done = decision(self.table.basic(tag), context.level.need(tag))
        if element.items is not None:
            return self._sequence(element, done, context)
        if element.fragments is not None:
            return _kept(ds, element) if done == "keep" else None
        if done == "keep":
            return _kept(ds, element)
        value = self._new_value(ds, element, done, context)
        if value is None and done == "clean":
            # What cannot be cleaned is treated as without the option.
            done = decision(self.table.basic(tag), context.level.need(tag))
            if done in ("keep", "clean"):
                done = "replace"
            value = self._new_value(ds, element, done, context)
        if value is None or value.rstrip(b"\0 ") != ds.raw(tag).rstrip(b"\0 "):
            self.removed(ds, element)
        return None if value is None else NewElement(tag, vr, value)

    def _sequence(self, element: Element, done: Decision, context: Context) -> NewElement | None:
        items = element.items or []
        if done in ("remove", "empty"):
            for item in items:
                self._forget(item)
            return NewElement(element.tag, SEQUENCE, ()) if done == "empty" else None
        is_dummy = done == "replace" or (context.is_dummy and done == "keep")
        # The concept of what is cleaned is a code that is judged for itself.
        is_name = element.tag == TAG.ConceptNameCodeSequence
        is_content = "structured-content" in self.table.options.clean
        is_cleaned = done == "clean" or context.is_cleaned or (is_name and is_content)
        inside = replace(
            context,
            level=context.level.inside(element.tag),
            is_dummy=is_dummy and not (is_name and is_cleaned),
            is_cleaned=is_cleaned,
        )
        return NewElement(element.tag, SEQUENCE, (self.data_set(item, inside) for item in items))

    def _forget(self, item: DataSet) -> None:
        """Report all values in an item that is removed, as far as the table lists them."""
        for inside in item.walk.data_sets:
            for element in inside:
                if element.items is None and self.table.letters(element.tag, element.vr) != "K":
                    self.removed(inside, element)

    def _new_value(
        self, ds: DataSet, element: Element, done: Decision, context: Context
    ) -> bytes | None:
        """The bytes of a value that does not stay; None if the element is removed."""
        tag, vr = element.tag, element.vr
        if done == "uid" or (done == "replace" and vr == "UI"):
            # A UID in another VR, or damaged: no UID can stand for it.
            values = ds.values(tag) if vr == "UI" else ()
            return "\\".join(self.pseudonyms.uid(str(each)) for each in values).encode()
        if tag in PSEUDONYMS and done in ("empty", "replace"):
            return context.patient.encode() or (dummy(vr, 1) if done == "replace" else b"")
        if done == "empty":
            return b""
        if done == "replace":
            return OWN_DUMMIES.get(tag) or dummy(vr, element.length)
        return self._clean_value(ds, element, context) if done == "clean" else None

    def _clean_value(self, ds: DataSet, element: Element, context: Context) -> bytes | None:
        """A date that is moved, or a text of the Standard's words; None if it can be neither."""
        tag, vr = element.tag, element.vr
        values = [str(value) for value in ds.values(tag)]
        is_time = vr == "TM" or tag == TAG.TimezoneOffsetFromUTC
        if is_time and self.table.options.dates == "MODIFIED":
            # Dates are moved by whole days.
            return ds.raw(tag) if is_valid(vr, ds.raw(tag)) else None
        if vr in DATES and self.table.options.dates == "MODIFIED":
            moved = [self.pseudonyms.shifted(value, context.person) for value in values]
            self.dates.update(each[:8] for each in moved)
            return "\\".join(moved).encode() if all(moved) else None
        if vr not in WORDS:
            return None
        left = [cleaned(value, self.vocabulary, self.names) for value in values]
        return "\\".join(left).encode() if any(left) else None


def _replaced(element: Element) -> Decision:
    """What happens in a replaced sequence to a value that the table does not list."""
    if element.vr in ("CS", "AT"):
        return "keep"
    return "uid" if element.vr == "UI" else "replace"


def _kept(ds: DataSet, element: Element) -> NewElement:
    """An element as it is."""
    if element.fragments is not None:
        base = ds.base
        pieces = tuple(
            Stored(ds.buffer, base + offset, length) for offset, length in element.fragments
        )
        return NewElement(element.tag, element.vr, pieces)
    return NewElement(element.tag, element.vr, Stored(ds.buffer, ds.start(element), element.length))


def _groups_without_content(ds: DataSet) -> set[int]:
    """The groups of overlays and curves: without their data, the rest of them is of no use."""
    return {tag >> 16 for tag in ds.elements if tag >> 24 in (OVERLAYS, CURVES)}


def in_order(elements: Iterable[NewElement], added: Iterable[NewElement]) -> list[NewElement]:
    """Elements with others added; one that is added replaces one of its tag."""
    found = {element.tag: element for element in elements}
    found.update({element.tag: element for element in added})
    return [found[tag] for tag in sorted(found)]
