"""Checks instances against one edition of the Standard.

>>> from octome import open_library  # doctest: +SKIP
>>> from octome.conformance.check.checker import Checker  # doctest: +SKIP
>>> with open_library() as library:  # doctest: +SKIP
...     report = Checker(library).check("image.dcm")
>>> report.is_conformant, report.findings[0].path  # doctest: +SKIP
(False, 'PatientID')
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from octome.conformance.check.citation import Citations
from octome.conformance.check.consistency.checks import checks_of
from octome.conformance.check.elements import Elements
from octome.conformance.check.finding import Report
from octome.conformance.check.finding_collector import FindingCollector
from octome.conformance.check.functional_groups import FunctionalGroups
from octome.conformance.check.limits import Deadline, Limits, OutOfTime
from octome.conformance.check.location import Location
from octome.conformance.check.module_use import modules_used, trigger
from octome.conformance.check.presence import Presence
from octome.conformance.check.scope import Instance
from octome.conformance.check.standard_codes import check_standard_codes
from octome.conformance.check.structured_report.report import disagreements_in_report, is_report
from octome.conformance.check.value_representation import PlainValues
from octome.conformance.rules.rule import CiodRule
from octome.conformance.rules.rulebook import Rulebook
from octome.conformance.rules.sop_class import DIRECTORY
from octome.dicom.part10 import Encoded, read_encoded
from octome.dicom.tag import TAG
from octome.errors import printable
from octome.standard.library import Library

if TYPE_CHECKING:
    from octome.conformance.rules.structured_report.report_rules import ReportRules

# Fixes for problems of the encoding.
FIXES = {
    "truncated": "Get the whole file: this copy stops too early",
    "not-read": "Use another program for this file: octome limits how much of a file it reads",
    "wrong-transfer-syntax": "Correct Transfer Syntax UID",
    "json-model": "Write it as PS3.18 F.2 defines",
    "xml-model": "Write it as PS3.19 A.1 defines",
}
# The sections of problems of the encoding; all others are of PS3.5 7.
SECTIONS = {
    "file-meta-implicit": "PS3.10 7.1",
    "file-meta-missing": "PS3.10 7.1",
    "file-meta-differs": "PS3.10 7.1",
    "json-model": "PS3.18 F.2",
    "xml-model": "PS3.19 A.1",
}
NO_LIMITS = Limits()


class Checker:
    """Checks instances against one edition; rules are compiled once and kept.

    Parameters
    ----------
    library : Library
        The Standard; it must stay open while the checker is used.
    edition : str, optional
        The current one if None.

    Raises
    ------
    UnknownEdition
        The library does not have the edition.
    """

    def __init__(self, library: Library, edition: str | None = None) -> None:
        self.library = library
        self.book = Rulebook(library, edition)
        self.citations = Citations(library, self.edition)
        self._names: dict[str, str] = {}
        self._plain_values: dict[int, PlainValues] = {}

    @property
    def edition(self) -> str:
        """The edition that instances are checked against."""
        return self.book.edition

    @cached_property
    def _report_rules(self) -> ReportRules:
        # Imported here: most instances are not reports.
        from octome.conformance.rules.structured_report.report_rules import ReportRules

        return ReportRules(self.book)

    def check(
        self, source: Path | str | bytes, name: str | None = None, *, limits: Limits = NO_LIMITS
    ) -> Report:
        """What departs from the Standard in one instance.

        Parameters
        ----------
        source : path or bytes
            A DICOM file, or its content.
        name : str, optional
            The name of the file in the report; its path if None.
        limits : Limits
            How long it may take, and how many findings are listed.

        Raises
        ------
        InstanceUnreadable
            It is not a DICOM instance, or cannot be opened.
        """
        content = source if isinstance(source, bytes) else Path(source)
        encoded = read_encoded(content, self.book.dictionary.vr_of)
        name = name or ("" if isinstance(source, bytes) else str(source))
        return self.check_encoded(encoded, name, limits=limits)

    def check_encoded(
        self, encoded: Encoded, name: str = "", *, limits: Limits = NO_LIMITS
    ) -> Report:
        """What departs from the Standard in an instance that has been read."""
        uid = encoded.data_set.text(TAG.SOPClassUID) or _media_storage_class(encoded)
        collector = FindingCollector(
            self.edition,
            limits=limits,
            frames=len(encoded.data_set.items(TAG.PerFrameFunctionalGroupsSequence)),
        )
        deadline = Deadline(limits.seconds)
        of_class = encoded.data_set.get(TAG.SOPClassUID)
        is_unread = of_class is not None and of_class.is_unread
        ciod = None if is_unread else self._ciod(uid, collector)
        modules: list[str] = []
        is_complete = not any(problem.code == "not-read" for problem in encoded.problems)
        self._report_encoding(encoded, collector)
        try:
            self._check(encoded, ciod, collector, deadline, modules)
        except OutOfTime:
            is_complete = False
            collector.add(
                code="not-checked",
                outcome="undecided",
                path="",
                message=f"not checked further: the check stopped after {limits.seconds:g} seconds",
                fix="Check the file with `octome check`, which has no time limit",
            )
        findings = self.citations.of(collector.findings())
        return Report(
            file=name,
            edition=self.edition,
            sop_class_uid=printable(uid),
            sop_class=self.uid_name(uid),
            ciod=ciod.id if ciod else "",
            title=ciod.title if ciod else "",
            modules=tuple(modules),
            findings=findings,
            is_complete=is_complete,
            sections_without_text=self.citations.without_text(findings),
        )

    def _check(
        self,
        encoded: Encoded,
        ciod: CiodRule | None,
        collector: FindingCollector,
        deadline: Deadline,
        modules: list[str],
    ) -> None:
        """All checks, in order; `modules` gets the names of the modules in use."""
        demands = {"demands": ciod.demands} if ciod else {}
        instance = Instance(encoded.data_set, **demands)
        presence = Presence(
            instance, collector, deadline, self.book.dictionary.keyword, self.uid_name
        )
        if ciod is not None:
            self._check_modules(ciod, presence, modules)
        elements = Elements(
            self.book.dictionary,
            collector,
            presence.allowed_tags,
            deadline,
            self._plain_values,
        )
        elements.check(encoded.data_set, encoded.meta)
        check_standard_codes(encoded.data_set, self.book, collector, deadline)
        self._check_consistency(encoded, collector, deadline)

    def _check_modules(self, ciod: CiodRule, presence: Presence, modules: list[str]) -> None:
        used = modules_used(
            ciod, presence.instance, presence.collector, self.book.is_in_several_modules
        )
        modules += [module.name for module in used]
        for module, keyword, overridden in ciod.overridden:
            if module in used:
                presence.collector.override(overridden, keyword)
        root = presence.instance.root
        for module in used:
            location = Location(
                module=module.name,
                section=module.section,
                link=module.path,
                trigger=trigger(module, ciod, root),
            )
            presence.check(module.level, root, location)
        if ciod.groups and (
            TAG.SharedFunctionalGroupsSequence in root
            or TAG.PerFrameFunctionalGroupsSequence in root
        ):
            FunctionalGroups(ciod, presence.instance, presence).check()

    def _ciod(self, uid: str, collector: FindingCollector) -> CiodRule | None:
        """The rules for a SOP Class, or one finding about why there are none."""
        found = self.book.ciod_of(uid) if uid else None
        if found is not None:
            return found
        fix = "Only the rules for all instances were checked"
        if not uid:
            message, fix = "SOP Class UID is missing: the CIOD is not known", "Add SOPClassUID"
        elif uid.startswith("1.2.840.10008."):
            registered = self.uid_name(uid) or "not in the registry here"
            message = f"{uid} ({registered}): no CIOD of {self.edition} is known for it"
        else:
            message = f"{uid} is a private SOP Class: the Standard does not define it"
        collector.add(
            code="sop-class-unknown" if uid else "sop-class-missing",
            outcome="warning" if uid else "violation",
            path="SOPClassUID",
            message=message,
            fix=fix,
            module="SOP Common",
            type="1",
            section="PS3.4 B.5",
            link="/sop-classes",
        )
        return None

    def uid_name(self, uid: str) -> str:
        """The registered name of a UID; empty if it has none."""
        if uid not in self._names:
            self._names[uid] = self.library.uid_name(uid, self.edition) if uid else ""
        return self._names[uid]

    def _check_consistency(
        self, encoded: Encoded, collector: FindingCollector, deadline: Deadline
    ) -> None:
        in_general = (found for check in checks_of(encoded) for found in check(encoded))
        in_report = (
            disagreements_in_report(encoded.data_set, self._report_rules)
            if is_report(encoded.data_set)
            else ()
        )
        unread = {self._path(path) for path in encoded.unread}
        for found in chain(in_general, in_report):
            deadline.require()
            if found.path in unread:
                continue  # its length is not known
            keyword = found.path.rpartition(".")[2].partition("[")[0]
            collector.add(
                code=found.code,
                outcome=found.outcome,
                path=found.path,
                message=found.message,
                fix=found.fix,
                section=found.section,
                link=f"/attributes/{keyword}" if keyword else "",
            )

    def _report_encoding(self, encoded: Encoded, collector: FindingCollector) -> None:
        for problem in encoded.problems:
            collector.add(
                code=problem.code,
                outcome="violation",
                path=self._path(problem.path),
                message=problem.message,
                fix=FIXES.get(problem.code, "Write the file again with a conformant encoder"),
                section=SECTIONS.get(problem.code, "PS3.5 7"),
            )
        if encoded.unread:
            self._report_unread(encoded, collector)

    def _report_unread(self, encoded: Encoded, collector: FindingCollector) -> None:
        count = len(encoded.unread)
        collector.add(
            code="unread-value",
            outcome="note",
            path=self._path(encoded.unread[0]),
            message="its value is stored elsewhere, or cannot be read: it was not checked"
            + (f", like {count - 1:,} other{'s' * (count > 2)}" if count > 1 else ""),
            section="PS3.18 F.2",
        )

    def _path(self, tags: tuple[int, ...]) -> str:
        """The path in keywords: tags of sequences and numbers of items in turn, then the tag."""
        keyword, path = self.book.dictionary.keyword, ""
        for tag, item in zip(tags[::2], [*tags[1::2], None], strict=False):
            path += keyword(tag) + ("" if item is None else f"[{item}].")
        return path.rstrip(".")


def _media_storage_class(encoded: Encoded) -> str:
    """The SOP Class if only the File Meta Information has it.

    So in a DICOMDIR (PS3.10 8.6), and in a data set that is cut before its SOP Class UID.
    """
    uid, cut_at = encoded.meta.text(TAG.MediaStorageSOPClassUID), encoded.data_set.cut_at
    is_cut = cut_at is not None and cut_at <= TAG.SOPClassUID
    return uid if uid == DIRECTORY or is_cut else ""
