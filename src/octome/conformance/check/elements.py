"""Rules for every data element in any module, and elements of no module.

PS3.5 6 and 7, PS3.6, and PS3.2 and PS3.4 on Standard Extended SOP Classes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from octome.conformance.check.finding import Outcome
from octome.conformance.check.finding_collector import FindingCollector
from octome.conformance.check.limits import Deadline
from octome.conformance.check.value_representation import (
    departures,
    is_padded_with_nul,
    is_plain,
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
    """

    def __init__(
        self,
        dictionary: Dictionary,
        collector: FindingCollector,
        allowed_tags: Mapping[int, frozenset[int]],
        deadline: Deadline | None = None,
    ) -> None:
        self.dictionary = dictionary
        self.collector = collector
        self.allowed_tags = allowed_tags
        self.deadline = deadline or Deadline()
        self._usual: dict[tuple[int, str, frozenset[int] | None], Entry] = {}
        """What is in the dictionary with this VR, and allowed: only its value is to be checked."""
        self.private: Counter[int] = Counter()
        self.wrong_blocks: set[tuple[str, int]] = set()  # each is reported once
        """How many private attributes each group has."""
        self.padded = 0
        """How many texts are padded with NUL."""
        self.first_padded = ""
        """The path of the first of them."""

    def check(self, *roots: DataSet) -> None:
        """Every element of some data sets, in items too."""
        waiting: list[tuple[DataSet, str]] = [(root, "") for root in reversed(roots)]
        while waiting:
            ds, path = waiting.pop()
            self.deadline.require()
            allowed = self.allowed_tags.get(id(ds))
            for tag, element in ds.elements.items():
                usual = self._usual.get((tag, element.vr, allowed))
                if (
                    usual is not None
                    and ds.cut_at is None
                    and not element.is_unknown
                    and is_plain(ds, element, usual.vm)
                ):
                    for number, item in enumerate(element.items or ()):
                        if item.elements:
                            waiting.append((item, f"{path}{usual.keyword}[{number}]."))
                    continue
                if tag & 0xFFFF == 0 or tag == TAG.DataSetTrailingPadding:
                    continue
                if tag >> 16 & 1:
                    self._check_private(ds, tag, path)
                    continue
                keyword = self._check_public(ds, element, path)
                for number, item in enumerate(element.items or ()):
                    if item.elements:
                        waiting.append((item, f"{path}{keyword}[{number}]."))
        self._report_private()
        self._report_padding()

    def _check_public(self, ds: DataSet, element: Element, parent_path: str) -> str:
        """Check an element that is not private; its keyword."""
        tag = element.tag
        entry = self.dictionary.get(tag)
        keyword = entry.keyword if entry and entry.keyword else f"{tag:08x}"
        path = parent_path + keyword
        if entry is None:
            self._report_unknown(tag, path)
        else:
            self._check_entry(ds, element, entry, path)
        if entry is None or ds.cut_at != tag:
            if is_padded_with_nul(ds, element):
                self.padded += 1
                self.first_padded = self.first_padded or path
            for word, message in departures(ds, element):
                self._add(CODE_OF[word], "violation", path, message, "Correct the value")
        return keyword

    def _check_entry(self, ds: DataSet, element: Element, entry: Entry, path: str) -> None:
        if element.vr not in entry.vrs or element.is_unknown:
            self._check_representation(element, entry, path)
        if ds.cut_at != element.tag:
            self._check_multiplicity(ds, element, entry, path)
        allowed = self.allowed_tags.get(id(ds))
        if (
            element.vr in entry.vrs
            and entry.keyword
            and (allowed is None or element.tag in allowed)
        ):
            self._usual[element.tag, element.vr, allowed] = entry
        if allowed is not None and element.tag not in allowed:
            # PS3.3 F.5: a record of a directory has keys by its type, and may have others.
            if ds.parent_sequence != TAG.DirectoryRecordSequence:
                self._report_extension(entry, element.tag, path, allowed)
            is_root = "." not in path
            if is_root and element.tag == TAG.NumberOfFrames and (ds.number(element.tag) or 0) > 1:
                self._report_frames(path)

    def _report_unknown(self, tag: int, path: str) -> None:
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

    def _check_representation(self, element: Element, entry: Entry, path: str) -> None:
        vr = "UN" if element.is_unknown else element.vr
        if entry.vrs[0] in ("", "See Note 2", "NONE"):
            return
        message = f"{entry.name} is encoded as {vr} instead of {' or '.join(entry.vrs)}"
        fix = f"Encode it as {entry.vrs[0]}"
        if vr == "UN":
            self._add("unknown-representation", "warning", path, message, fix, "PS3.5 6.2.2")
        # OB and OW have the same bytes: which one it is depends on the Transfer Syntax.
        elif SEQUENCE in (vr, *entry.vrs) or not {vr, *entry.vrs} <= {"OB", "OW"}:
            self._add("wrong-representation", "violation", path, message, fix, "PS3.6 6")

    def _check_multiplicity(self, ds: DataSet, element: Element, entry: Entry, path: str) -> None:
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
        self._add("multiplicity", "violation", path, message, fix, "PS3.6 6")

    def _report_extension(self, entry: Entry, tag: int, path: str, allowed: frozenset[int]) -> None:
        if tag & 0xFF00FFFF in allowed:
            return  # of a repeating group
        message, code = f"{entry.name} is in no module that the instance uses", "standard-extended"
        if entry.is_retired:
            message, code = f"{entry.name} is retired, and in no module of this CIOD", "retired"
        self.collector.add(
            code=code,
            outcome="note",
            path=path,
            message=message,
            section="PS3.2 3.11.4",
            link=f"/attributes/{entry.tag:08x}",
        )

    def _report_frames(self, path: str) -> None:
        """Report frames in an instance whose modules have none: software shows only the first."""
        message = "there are several frames, but no module that the instance uses has frames"
        fix = "Use a multi-frame SOP Class, or one instance for each frame"
        self._add("standard-extended", "warning", path, message, fix, "PS3.3 C.7.6.6")

    def _check_private(self, ds: DataSet, tag: int, path: str) -> None:
        """Count a private element, and look up the Private Creator of its block (PS3.5 7.8.1)."""
        group, element = tag >> 16, tag & 0xFFFF
        self.private[group] += 1
        creator = (group << 16) + (element >> 8)
        if 0x10 <= element <= 0xFF:
            wrong = "" if ds.has_value(tag) else "this Private Creator has no name"
            vr = ds.elements[tag].vr
            if vr not in ("LO", "UN"):
                message = f"this Private Creator is encoded as {vr} instead of LO"
                self._add(
                    "wrong-representation",
                    "violation",
                    f"{path}{tag:08x}",
                    message,
                    "Encode it as LO",
                    "PS3.5 7.8.1",
                )
        elif element < 0x1000:
            wrong = "this element number is not allowed for private attributes"
        else:
            is_there = creator in ds.elements
            wrong = "" if is_there else f"its block has no Private Creator {creator:08x}"
        block = (path, creator if element > 0xFF else tag)
        if wrong and block not in self.wrong_blocks:
            self.wrong_blocks.add(block)
            fix = "Write the Private Creator with its name, or remove the elements of its block"
            path = f"{path}{tag:08x}"
            self._add("private-block", "violation", path, wrong, fix, "PS3.5 7.8.1")

    def _report_private(self) -> None:
        if not self.private:
            return
        groups = ", ".join(f"{group:04x}" for group in sorted(self.private)[:MOST_GROUPS])
        count = sum(self.private.values())
        noun = "private attribute" + "s" * (count != 1)
        message = f"{count:,} {noun} in group{'s' * (len(self.private) != 1)} {groups}"
        self._add("private", "note", "", message, "", "PS3.5 7.8")

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
