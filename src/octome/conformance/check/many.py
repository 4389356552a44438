"""Checking many files: folders walked, shared among processes, and held together at the end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from octome.conformance.check.checker import Checker
from octome.conformance.check.cross_instance.findings import findings_together
from octome.conformance.check.cross_instance.identity import Identity, identity
from octome.conformance.check.finding import OUTCOMES, Finding, Report
from octome.dicom.folder import files_below
from octome.dicom.part10 import read_encoded
from octome.errors import InstanceUnreadable
from octome.standard.library import open_library

# Fewer files than this are checked sooner than processes start.
WORTH_PROCESSES = 60
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Checked:
    """What came of some files.

    `refused` holds file and reason of those that were named and are no DICOM instances,
    `skipped` the number of such files found in folders.
    """

    reports: tuple[Report, ...]
    refused: tuple[InstanceUnreadable, ...]
    skipped: int


def check_many(
    paths: Sequence[Path],
    checker: Checker,
    *,
    processes: int | None = None,
    progress: Progress = lambda _done, _all: None,
) -> Checked:
    """Check files and all that is in folders, each by itself and then together.

    Parameters
    ----------
    paths : sequence of Path
        Files and folders. What in a folder is no DICOM instance is left out and counted.
    checker : Checker
        Which edition, and what checks where few files are to be checked.
    processes : int, optional
        How many to use; as many as there are processors if left out.
    progress : callable
        Told how many of how many files are done.

    Returns
    -------
    checked : Checked
        Reports in the order of the files.
    """
    named = [path for path in paths if not path.is_dir()]
    refused: list[InstanceUnreadable] = []
    found = [file for path in paths if path.is_dir() for file in files_below(path, refused.append)]
    files = [*named, *found]
    reports: list[Report] = []
    identities: list[Identity] = []
    skipped = 0
    for done, answer in enumerate(_answers(files, checker, processes), start=1):
        progress(done, len(files))
        if isinstance(answer, InstanceUnreadable):
            if done <= len(named):
                refused.append(answer)
            else:
                skipped += 1
        else:
            reports.append(answer[0])
            identities.append(answer[1])
    return Checked(_with_common(reports, identities), tuple(refused), skipped)


def _with_common(reports: list[Report], identities: list[Identity]) -> tuple[Report, ...]:
    """Reports with what the instances say of each other."""
    more: dict[str, list[Finding]] = {}
    for one, finding in findings_together(identities):
        edition = reports[0].edition if reports else ""
        more.setdefault(one.file, []).append(replace(finding, edition=edition))
    return tuple(
        replace(
            report,
            findings=tuple(
                sorted(
                    (*report.findings, *more.get(report.file, ())),
                    key=lambda finding: OUTCOMES.index(finding.outcome),
                )
            ),
        )
        for report in reports
    )


Answer = tuple[Report, Identity] | InstanceUnreadable


def _answers(files: list[Path], checker: Checker, processes: int | None) -> Iterator[Answer]:
    processes = processes or os.cpu_count() or 1
    if processes == 1 or len(files) < WORTH_PROCESSES:
        yield from (_answer(checker, file) for file in files)
        return
    # Not forked: the library's connection must not be shared by two processes.
    with ProcessPoolExecutor(
        processes, get_context("spawn"), _begin, (checker.edition, checker.library.path)
    ) as executor:
        yield from executor.map(_answer_here, files, chunksize=16)


def _answer(checker: Checker, file: Path) -> Answer:
    try:
        encoded = read_encoded(file, checker.book.dictionary.vr_of)
    except InstanceUnreadable as error:
        return error
    return checker.check_encoded(encoded, str(file)), identity(encoded, str(file))


# Of a process that checks for another one: its own library, opened once.
_checkers: list[Checker] = []


def _begin(edition: str, store: Path | None) -> None:
    _checkers.append(Checker(open_library(store), edition))


def _answer_here(file: Path) -> Answer:
    return _answer(_checkers[0], file)
