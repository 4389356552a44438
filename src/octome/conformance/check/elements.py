"""Rules for every data element in any module, and elements of no module.

PS3.5 6 and 7, PS3.6, and PS3.2 and PS3.4 on Standard Extended SOP Classes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from octome.conformance.check.finding import Outcome
from octome.conformance.check.finding_collector import FindingCollector
from octome.conformance.check.limits import Deadline
from octome.conformance.check.place import path_of
from octome.conformance.check.value_representation import (
    PlainValues,
    departures,
    is_padded_with_nul,
    multiplicity_of,
)
from octome.conformance.rules.dictionary import Dictionary, Entry
from octome.dicom.data_set import SEQUENCE, DataSet, Element
from octome.dicom.tag import TAG

CODE_OF = {
    "format": "value-format",
    "length": "value-length",
    "too-long": "value-length",
    "character": "character",
}
MOST_GROUPS = 8  # in a message
UNBOUNDED = 1 << 20  # more values than any VM states


class Elements:
    """Checks every element of an instance.

    Parameters
    ----------
    dictionary : Dictionary
        The data dictionary.
    collector : FindingCollector
        Where findings go.
    allowed_tags : mapping
        For each data set that was checked against tables, by `id`, the tags allowed in it.
    deadline : Deadline
        When the check stops.
    plain_values : dict
        By tag, the values that are plainly right, of earlier instances too.
    """

    def __init__(
        self,
        dictionary: Dictionary,
        collector: FindingCollector,
        allowed_tags: Mapping[int, frozenset[int]],
        deadline: Deadline | None = None,
        plain_values: dict[int, PlainValues] | None = None,
    ) -> None:
        self.dictionary = dictionary
        self.collector = collector
        self.allowed_tags = allowed_tags
        self.deadline = deadline or Deadline()
        self._plain = plain_values if plain_values is not None else {}
        self._sequence: tuple[int, int] = (0, 0)
        self._around = ""
        """The path of the sequence that a path was written for last."""
        self.private: Counter[int] = Counter()
        self.wrong_blocks: set[tuple[int, int]] = set()  # each is reported once
        """How many private attributes each group has."""
        self.unknown = 0
        """How many attributes are encoded as UN."""
        self.first_unknown = ("", "", "")
        """The path, message and fix of the first of them."""
        self.padded = 0
        """How many texts are padded with NUL."""
        self.first_padded = ""
        """The path of the first of them."""

    def check(self, *roots: DataSet) -> None:
        """Every element of some data sets, in items too, but not in private sequences."""
        for root in roots:
            data_sets = root.walk.data_sets
            private = _in_private_sequences(root)
            plain = set() if private else self._plain_in_alike(root)
            for tag, having in root.walk.by_tag.items():
                if not tag & 0xFFFF or tag == TAG.DataSetTrailingPadding:
                    continue  # not about the instance: the length of a group, or padding
                found = [ds for ds in having if id(ds) not in private] if private else having
                if tag >> 16 & 1:
                    self._check_private_tag(tag, found)
                elif tag in plain:
                    self._check_attribute(tag, [ds for ds in found if ds.shape is None])
                else:
                    self._check_attribute(tag, found)
            for ds in data_sets:
                allowed = self.allowed_tags.get(id(ds))
                if allowed is not None and not ds.elements.keys() <= allowed:
                    self._check_allowed(ds, allowed)
        self._report_private()
        self._report_unknown_representation()
        self._report_padding()

    def _plain_in_alike(self, root: DataSet) -> set[int]:
        """The attributes whose values are plainly right in all items that are alike."""
        plain: dict[int, bool] = {}
        for items in root.walk.alike.values():
            for number, first in enumerate(items[0]):
                holders = [inside[number] for inside in items]
                for element in first:
                    if plain.get(element.tag, True):
                        self.deadline.require()
                        plain[element.tag] = self._are_plain(holders, element)
        return {tag for tag, is_plain in plain.items() if is_plain}

    def _are_plain(self, holders: Sequence[DataSet], element: Element) -> bool:
        """Whether an element of data sets that are alike is plainly right in all of them."""
        entry = self.dictionary.get(element.tag)
        return (
            entry is not None
            and bool(entry.keyword)
            and element.vr in entry.vrs
            and PlainValues(entry.vm).are_all(holders, element)
        )

    def _check_attribute(self, tag: int, data_sets: Iterable[DataSet]) -> None:
        """Check an attribute that is not private, wherever it is."""
        self.deadline.require()
        entry = self.dictionary.get(tag)
        if entry is None:
            self._check_unknown(tag, data_sets)
            return
        plain = self._plain.get(tag)
        if plain is None:
            plain = self._plain[tag] = PlainValues(entry.vm)
        vrs = entry.vrs if entry.keyword else ()
        for ds in data_sets:
            element = ds.elements[tag]
            if (
                element.vr in vrs
                and ds.cut_at is None
                and not element.is_unknown
                and plain.has(ds, element)
            ):
                continue
            self.deadline.require()
            self._check_entry(ds, element, entry)
            if ds.cut_at != tag:
                self._check_value(ds, element)

    def _check_unknown(self, tag: int, data_sets: Iterable[DataSet]) -> None:
        for ds in data_sets:
            self.deadline.require()
            self._report_unknown(ds, tag)
            self._check_value(ds, ds.elements[tag])

    def _check_value(self, ds: DataSet, element: Element) -> None:
        if is_padded_with_nul(ds, element):
            self.padded += 1
            self.first_padded = self.first_padded or self._path(ds, element.tag)
        for word, message in departures(ds, element):
            path = self._path(ds, element.tag)
            self._add(CODE_OF[word], "violation", path, message, "Correct the value")

    def _check_entry(self, ds: DataSet, element: Element, entry: Entry) -> None:
        if element.vr not in entry.vrs or element.is_unknown:
            self._check_representation(ds, element, entry)
        if ds.cut_at != element.tag:
            self._check_multiplicity(ds, element, entry)

    def _check_allowed(self, ds: DataSet, allowed: frozenset[int]) -> None:
        """Note the attributes of a data set that are in no module."""
        # PS3.3 F.5: a record of a directory has keys by its type, and may have others.
        if ds.parent_sequence == TAG.DirectoryRecordSequence:
            return
        for tag in [tag for tag in ds.elements if tag not in allowed and not tag >> 16 & 1]:
            if tag & 0xFF00FFFF in allowed or _is_of_encoding(tag):
                continue
            entry = self.dictionary.get(tag)
            if entry is not None:
                self._report_extension(ds, entry, tag)
            is_root = ds.parent is None
            if is_root and tag == TAG.NumberOfFrames and (ds.number(tag) or 0) > 1:
                self._report_frames()

    def _report_unknown(self, ds: DataSet, tag: int) -> None:
        path = self._path(ds, tag)
        edition = self.dictionary.edition
        if edition == self.collector.edition:
            message = f"the data dictionary of {edition} has no attribute {tag:08x}"
            fix = "Use an attribute of the Standard, or a private one"
            self._add("unknown-attribute", "warning", path, message, fix, "PS3.6 6")
        else:
            message = (
                f"the data dictionary of {edition}, the newest available, has no attribute "
                f"{tag:08x}"
            )
            fix = "Keep it if a newer data dictionary has it"
            self._add("unknown-attribute", "undecided", path, message, fix, "PS3.6 6")

    def _check_representation(self, ds: DataSet, element: Element, entry: Entry) -> None:
        vr = "UN" if element.is_unknown else element.vr
        if entry.vrs[0] in ("", "See Note 2", "NONE"):
            return
        message = f"{entry.name} is encoded as {vr} instead of {' or '.join(entry.vrs)}"
        fix = f"Encode it as {entry.vrs[0]}"
        path = self._path(ds, element.tag)
        if vr == "UN":
            self.first_unknown = self.first_unknown if self.unknown else (path, message, fix)
            self.unknown += 1
        # OB and OW have the same bytes: which one it is depends on the Transfer Syntax.
        elif SEQUENCE in (vr, *entry.vrs) or not {vr, *entry.vrs} <= {"OB", "OW"}:
            self._add("wrong-representation", "violation", path, message, fix, "PS3.6 6")

    def _check_multiplicity(self, ds: DataSet, element: Element, entry: Entry) -> None:
        count = multiplicity_of(ds, element)
        least, most, step = entry.vm
        if count is None or (least <= count <= most and (count - least) % step == 0):
            return
        if {"OB", "OW", "UN"} & set(entry.vrs):
            return
        needed = f"{least} to {most}" if most < UNBOUNDED else f"{least} or more"
        needed = f"{least}" if least == most else needed
        needed += f" in steps of {step}" if step > 1 else ""
        message = f"{entry.name} has {count:,} value{'s' * (count != 1)}, it must have {needed}"
        fix = "Correct the number of values"
        path = self._path(ds, element.tag)
        self._add("multiplicity", "violation", path, message, fix, "PS3.6 6")

    def _report_extension(self, ds: DataSet, entry: Entry, tag: int) -> None:
        message, code = f"{entry.name} is in no module that the instance uses", "standard-extended"
        if entry.is_retired:
            message, code = f"{entry.name} is retired, and in no module of this CIOD", "retired"
        self.collector.add(
            code=code,
            outcome="note",
            path=self._path(ds, tag),
            message=message,
            section="PS3.2 3.11.4",
            link=f"/attributes/{entry.tag:08x}",
        )

    def _report_frames(self) -> None:
        """Report frames in an instance whose modules have none: software shows only the first."""
        message = "there are several frames, but no module that the instance uses has frames"
        fix = "Use a multi-frame SOP Class, or one instance for each frame"
        self._add("standard-extended", "warning", "NumberOfFrames", message, fix, "PS3.3 C.7.6.6")

    def _check_private_tag(self, tag: int, data_sets: Sequence[DataSet]) -> None:
        """Count private elements with one tag; each needs a Private Creator (PS3.5 7.8.1)."""
        self.private[tag >> 16] += len(data_sets)
        creator = tag & ~0xFFFF | tag >> 8 & 0xFF  # of its block
        may_be_in_block = tag & 0xFFFF >= 0x1000
        for ds in data_sets:
            if not (may_be_in_block and creator in ds.elements):
                self._check_private(ds, tag, creator)

    def _check_private(self, ds: DataSet, tag: int, creator: int) -> None:
        """Check a Private Creator, or an element without one."""
        element = tag & 0xFFFF
        if 0x10 <= element <= 0xFF:
            wrong = "" if ds.has_value(tag) else "this Private Creator has no name"
            vr = ds.elements[tag].vr
            if vr not in ("LO", "UN"):
                message = f"this Private Creator is encoded as {vr} instead of LO"
                self._add(
                    "wrong-representation",
                    "violation",
                    self._path(ds, tag),
                    message,
                    "Encode it as LO",
                    "PS3.5 7.8.1",
                )
        elif element < 0x1000:
            wrong = "this element number is not allowed for private attributes"
        else:
            wrong = f"its block has no Private Creator {creator:08x}"
        block = (id(ds), creator if element > 0xFF else tag)
        if wrong and block not in self.wrong_blocks:
            self.wrong_blocks.add(block)
            fix = "Write the Private Creator with its name, or remove the elements of its block"
            path = self._path(ds, tag)
            self._add("private-block", "violation", path, wrong, fix, "PS3.5 7.8.1")

    def _path(self, ds: DataSet, tag: int) -> str:
        keyword = self.dictionary.keyword
        if ds.parent is None:
            return keyword(tag)
        sequence = (id(ds.parent), ds.parent_sequence)
        if sequence != self._sequence:  # a file may have a problem in each item of one
            around = path_of(ds.parent, keyword)
            own = keyword(ds.parent_sequence)
            self._sequence, self._around = sequence, f"{around}.{own}" if around else own
        return f"{self._around}[{ds.item_number}].{keyword(tag)}"

    def _report_private(self) -> None:
        if not self.private:
            return
        groups = ", ".join(f"{group:04x}" for group in sorted(self.private)[:MOST_GROUPS])
        count = sum(self.private.values())
        noun = "private attribute" + "s" * (count != 1)
        message = f"{count:,} {noun} in group{'s' * (len(self.private) != 1)} {groups}"
        self._add("private", "note", "", message, "", "PS3.5 7.8")

    def _report_unknown_representation(self) -> None:
        """Report all attributes that are encoded as UN at once: one piece of software did it."""
        if not self.unknown:
            return
        path, message, fix = self.first_unknown
        others = self.unknown - 1
        if others:
            more = f"are {others:,} others" if others > 1 else "is 1 other"
            message += f", and so {more}"
            fix = "Encode each as the data dictionary states"
        self._add("unknown-representation", "warning", path, message, fix, "PS3.5 6.2.2")

    def _report_padding(self) -> None:
        """Report all texts that are padded with NUL at once: one piece of software wrote them."""
        if not self.padded:
            return
        others = self.padded - 1
        more = f", as in {others:,} other{'s' * (others != 1)}" if others else ""
        message = f"this text is padded with NUL instead of a space{more}"
        fix = "Pad text with spaces, and only UIDs with NUL"
        self._add("nul-padding", "violation", self.first_padded, message, fix)

    def _add(
        self,
        code: str,
        outcome: Outcome,
        path: str,
        message: str,
        fix: str,
        section: str = "PS3.5 6.2",
    ) -> None:
        keyword = path.rpartition(".")[2].partition("[")[0]
        self.collector.add(
            code=code,
            outcome=outcome,
            path=path,
            message=message,
            fix=fix,
            section=section,
            link=f"/attributes/{keyword}" if keyword[:1].isalpha() else "",
        )


def _is_of_encoding(tag: int) -> bool:
    """Whether an element is not about the instance: the length of a group, or padding."""
    return not tag & 0xFFFF or tag == TAG.DataSetTrailingPadding


def _in_private_sequences(root: DataSet) -> set[int]:
    """The `id` of each data set in a private sequence: what it holds is for its creator to say."""
    return {
        id(inside)
        for tag, having in root.walk.by_tag.items()
        if tag >> 16 & 1
        for ds in having
        for item in ds.elements[tag].items or ()
        for inside in item.walk.data_sets
    }
