"""Holding an instance against the Standard.

>>> from octome import open_library  # doctest: +SKIP
>>> from octome.conformance.check.checker import Checker  # doctest: +SKIP
>>> with open_library() as library:  # doctest: +SKIP
...     report = Checker(library).check("image.dcm")
>>> report.is_conformant, report.findings[0].path  # doctest: +SKIP
(False, 'PatientID')
"""

from __future__ import annotations

from pathlib import Path

from octome.conformance.check.consistency.checks import CHECKS
from octome.conformance.check.elements import Elements
from octome.conformance.check.finding import Finding, Report, printable
from octome.conformance.check.finding_collector import Notebook, Where
from octome.conformance.check.functional_groups import FunctionalGroups
from octome.conformance.check.module_use import modules_used
from octome.conformance.check.presence import Presence
from octome.conformance.check.scope import Instance
from octome.conformance.rules.rule import CiodRule
from octome.conformance.rules.rulebook import Rulebook
from octome.conformance.rules.sop_class import DIRECTORY
from octome.dicom.part10 import Encoded, read_encoded
from octome.dicom.tag import TAG
from octome.errors import UnknownPath
from octome.standard.library import Library

MENDING = {
    "truncated": "Get the whole file: this one stops too early",
    "not-read": "Look at it with other means: octome bounds what it reads of one file",
    "wrong-transfer-syntax": "Correct Transfer Syntax UID",
}


class Checker:
    """Checks instances against one edition; rules are compiled once and kept.

    Parameters
    ----------
    library : Library
        The Standard, open as long as the checker is used.
    edition : str, optional
        The current one if left out.

    Raises
    ------
    UnknownEdition
        There is no such edition.
    """

    def __init__(self, library: Library, edition: str | None = None) -> None:
        self.library = library
        self.book = Rulebook(library, edition)
        self._names: dict[str, str] = {}

    @property
    def edition(self) -> str:
        """The edition that instances are held against."""
        return self.book.edition

    def check(self, source: Path | str | bytes, name: str | None = None) -> Report:
        """What departs from the Standard in one instance.

        Parameters
        ----------
        source : path or bytes
            A DICOM file, or its content.
        name : str, optional
            What the report calls it; its path if left out.

        Raises
        ------
        InstanceUnreadable
            It is no DICOM instance, or cannot be opened.
        """
        content = source if isinstance(source, bytes) else Path(source)
        encoded = read_encoded(content, self.book.dictionary.vr_of)
        return self.check_encoded(
            encoded, name or ("" if isinstance(source, bytes) else str(source))
        )

    def check_encoded(self, encoded: Encoded, name: str = "") -> Report:
        """What departs from the Standard in an instance that has been read."""
        uid = encoded.data_set.text(TAG.SOPClassUID) or _class_beside(encoded)
        notebook = Notebook(
            self.edition, lambda edition: self.library.ciod_of(uid, edition) is not None
        )
        ciod = self._ciod(uid, notebook)
        instance = Instance(encoded.data_set, ciod.demands) if ciod else Instance(encoded.data_set)
        presence = Presence(self.book, instance, notebook)
        modules: list[str] = []
        if ciod is not None:
            modules = self._modules(ciod, instance, presence)
        elements = Elements(self.book.dictionary, notebook, presence.known)
        elements.check(encoded.data_set)
        elements.check(encoded.meta)
        self._coherence(encoded, notebook)
        self._encoding(encoded, notebook)
        return Report(
            name,
            self.edition,
            printable(uid),
            self.uid_name(uid),
            ciod.id if ciod else "",
            ciod.title if ciod else "",
            tuple(modules),
            notebook.findings(),
        )

    def _modules(self, ciod: CiodRule, instance: Instance, presence: Presence) -> list[str]:
        used = modules_used(ciod, instance, presence.notebook)
        for module, keyword, overridden in ciod.overridden:
            if module in used:
                presence.notebook.set_aside(overridden, keyword)
        for module in used:
            where = Where(module.name, module.section, module.path)
            presence.check(module.level, instance.root, where)
        root = instance.root
        if ciod.groups and (
            TAG.SharedFunctionalGroupsSequence in root
            or TAG.PerFrameFunctionalGroupsSequence in root
        ):
            FunctionalGroups(ciod, instance, presence).check()
        return [module.name for module in used]

    def _ciod(self, uid: str, notebook: Notebook) -> CiodRule | None:
        """The rules for a SOP Class, or one finding that says why there are none."""
        if not uid:
            message = "SOP Class UID is missing: which CIOD this is an instance of is not known"
            fix, code, outcome = "Add SOPClassUID", "sop-class-missing", "violation"
        else:
            found = self.book.ciod_of(uid)
            if found is not None:
                return found
            code, outcome = "sop-class-unknown", "warning"
            fix = "Only what holds for every instance was checked"
            name = self.uid_name(uid)
            if uid.startswith("1.2.840.10008."):
                known = f"no CIOD of {self.edition} is known for it"
                message = f"{uid} ({name or 'not registered'}): {known}"
            else:
                message = f"{uid} is a private SOP Class: the Standard does not say what it holds"
        notebook.add(
            Finding(
                code,
                outcome,
                "SOPClassUID",
                message,
                fix,
                "SOP Common",
                "1",
                "PS3.4 B.5",
                "/sop-classes",
            )
        )
        return None

    def uid_name(self, uid: str) -> str:
        """The registered name of a UID; empty if it has none."""
        if uid not in self._names:
            try:
                self._names[uid] = self.library.uid(uid, self.edition).title if uid else ""
            except UnknownPath:
                return ""
        return self._names[uid]

    def _coherence(self, encoded: Encoded, notebook: Notebook) -> None:
        for check in CHECKS:
            for code, outcome, path, message, section in check(encoded):
                word = path.rpartition(".")[2]
                link = f"/attributes/{word}" if word else ""
                fix = "Make them agree"
                notebook.add(Finding(code, outcome, path, message, fix, "", None, section, link))

    def _encoding(self, encoded: Encoded, notebook: Notebook) -> None:
        keyword = self.book.dictionary.keyword
        for problem in encoded.problems:
            path = ""
            for tag, item in zip(problem.path[::2], [*problem.path[1::2], None], strict=False):
                path += keyword(tag) + ("" if item is None else f"[{item}].")
            finding = Finding(
                problem.code,
                "violation",
                path.rstrip("."),
                problem.message,
                MENDING.get(problem.code, "Write the file anew with a conformant encoder"),
                "",
                None,
                "PS3.5 7",
            )
            notebook.add(finding)


def _class_beside(encoded: Encoded) -> str:
    """The SOP Class that only File Meta Information has.

    That is a DICOMDIR's (PS3.10 8.6), and a data set's that is cut before its own.
    """
    uid, cut_at = encoded.meta.text(TAG.MediaStorageSOPClassUID), encoded.data_set.cut_at
    is_cut = cut_at is not None and cut_at <= TAG.SOPClassUID
    return uid if uid == DIRECTORY or is_cut else ""
