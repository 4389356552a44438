"""What every data element has to follow whatever module it is in, and those that are in none.

PS3.5 6 and 7, PS3.6, and PS3.2 and PS3.4 on Standard Extended SOP Classes.
"""

from __future__ import annotations

from octome.conformance.check.finding import Finding
from octome.conformance.check.finding_collector import Notebook
from octome.conformance.check.value_representation import departures, multiplicity_of
from octome.conformance.rules.dictionary import Dictionary, Entry
from octome.dicom.data_set import SEQUENCE, DataSet, Element
from octome.dicom.tag import TAG

# VRs that hold the same bytes, so that one may stand for the other where lengths demand it:
# UN for anything not known, OB and OW by transfer syntax, US and SS by Pixel Representation.
WORDS = {"format": "value-format", "length": "value-length", "too-long": "value-length", "character": "character"}  # fmt: skip  # noqa: E501
SHOWN = 8


class Elements:
    """Walks every element of an instance."""

    def __init__(self, dictionary: Dictionary, notebook: Notebook, known: dict[int, set[int]]):
        self.dictionary = dictionary
        self.notebook = notebook
        self.known = known
        self.private: dict[int, int] = {}

    def check(self, root: DataSet) -> None:
        """Every element, in items too."""
        waiting: list[tuple[DataSet, str]] = [(root, "")]
        while waiting:
            ds, path = waiting.pop()
            known = self.known.get(id(ds))
            for tag, element in ds.elements.items():
                if tag & 0xFFFF == 0 or tag == TAG.DataSetTrailingPadding:
                    continue
                if tag >> 16 & 1:
                    self._private(ds, tag, path)
                    continue
                entry = self.dictionary.get(tag)
                keyword = entry.keyword if entry and entry.keyword else f"{tag:08x}"
                self._element(ds, element, entry, path + keyword)
                if known is not None and tag not in known and entry is not None:
                    self._extends(entry, tag, path + keyword, known)
                    if tag == TAG.NumberOfFrames and (ds.number(tag) or 0) > 1:
                        self._frames(path + keyword)
                for number, item in enumerate(element.items or ()):
                    waiting.append((item, f"{path}{keyword}[{number}]."))
        self._tell_private()

    def _element(self, ds: DataSet, element: Element, entry: Entry | None, path: str) -> None:
        if entry is None:
            is_whole = self.dictionary.edition == self.notebook.edition
            self._say(
                "unknown-attribute",
                "warning" if is_whole else "undecided",
                path,
                f"the dictionary of {self.dictionary.edition}"
                f"{'' if is_whole else ', the newest here,'} has no attribute {element.tag:08x}",
                "Use an attribute of the Standard, or a private one"
                if is_whole
                else "Keep it if a newer dictionary has it",
            )
        else:
            if element.vr not in entry.vrs or element.is_unknown:
                self._representation(element, entry, path)
            if ds.cut_at == element.tag:
                return
            self._multiplicity(ds, element, entry, path)
        for code, message in departures(ds, element):
            self._say(WORDS[code], "violation", path, message, "Correct the value", "PS3.5 6.2")

    def _representation(self, element: Element, entry: Entry, path: str) -> None:
        vr = "UN" if element.is_unknown else element.vr
        if entry.vrs[0] in ("", "See Note 2", "NONE"):
            return
        if vr == "UN":
            self._say(
                "unknown-representation",
                "warning",
                path,
                f"{entry.name} is encoded as UN, it is {' or '.join(entry.vrs)}",
                f"Encode it as {entry.vrs[0]}",
                "PS3.5 6.2.2",
            )
            return
        if SEQUENCE in (vr, *entry.vrs) or not {vr, *entry.vrs} <= {"OB", "OW"}:
            self._say(
                "wrong-representation",
                "violation",
                path,
                f"{entry.name} is encoded as {vr}, it is {' or '.join(entry.vrs)}",
                f"Encode it as {entry.vrs[0]}",
                "PS3.6 6",
            )

    def _multiplicity(self, ds: DataSet, element: Element, entry: Entry, path: str) -> None:
        count = multiplicity_of(ds, element)
        least, most, step = entry.vm
        if count is None or (least <= count <= most and (count - least) % step == 0):
            return
        if {"OB", "OW", "UN"} & set(entry.vrs):
            return
        needed = (
            f"{least}"
            if least == most
            else f"{least} to {most}"
            if most < 1 << 20
            else f"{least} or more"
        )
        needed += f" in steps of {step}" if step > 1 else ""
        self._say(
            "multiplicity",
            "violation",
            path,
            f"{entry.name} has {count} values, it has to have {needed}",
            "Correct the number of values",
            "PS3.6 6",
        )

    def _extends(self, entry: Entry, tag: int, path: str, known: set[int]) -> None:
        if tag & 0xFF00FFFF in known:
            return  # of a repeating group
        link = f"/attributes/{entry.tag:08x}"
        if entry.is_retired:
            message, code = f"{entry.name} is retired, and in no module of this CIOD", "retired"
        else:
            message = f"{entry.name} is in no module of this CIOD that the instance uses"
            code = "standard-extended"
        finding = Finding(code, "note", path, message, "", "", None, "PS3.2 3.11.4", link)
        self.notebook.add(finding)

    def _frames(self, path: str) -> None:
        """Frames where no module in use knows of frames: who reads the CIOD sees the first one."""
        self._say(
            "standard-extended",
            "warning",
            path,
            "there are several frames, and no module of this CIOD that the instance uses has them",
            "Use a multi-frame SOP Class, or one instance for each frame",
            "PS3.3 C.7.6.6",
        )

    def _private(self, ds: DataSet, tag: int, path: str) -> None:
        """Count a private element, and look for who has reserved its block (PS3.5 7.8.1)."""
        group, element = tag >> 16, tag & 0xFFFF
        self.private[group] = self.private.get(group, 0) + 1
        creator = (group << 16) + (element >> 8)
        if 0x10 <= element <= 0xFF:
            wrong = "" if ds.has_value(tag) else "this private creator names nobody"
        elif element < 0x1000:
            wrong = "no private attribute may have such a number"
        else:
            there = creator in ds.elements
            wrong = "" if there else f"there is no private creator {creator:08x} for this block"
        if not wrong:
            return
        fix = "Write the private creator with its name, or remove what is in its block"
        self._say("private-block", "violation", f"{path}{tag:08x}", wrong, fix, "PS3.5 7.8.1")

    def _tell_private(self) -> None:
        if not self.private:
            return
        groups = ", ".join(f"{group:04x}" for group in sorted(self.private)[:SHOWN])
        count = sum(self.private.values())
        noun = "private attribute" + "s" * (count != 1)
        message = f"{count} {noun} in group{'s' * (len(self.private) != 1)} {groups}"
        self._say("private", "note", "", message, "", "PS3.5 7.8")

    def _say(
        self, code: str, outcome: str, path: str, message: str, fix: str, section: str = "PS3.6 6"
    ) -> None:
        word = path.rpartition(".")[2].partition("[")[0]
        link = f"/attributes/{word}" if word[:1].isalpha() else ""
        self.notebook.add(Finding(code, outcome, path, message, fix, "", None, section, link))
