"""Checking many files: folders walked, work shared among processes, instances compared."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from octome.conformance.check.checker import Checker
from octome.conformance.check.cross_instance.findings import cross_instance_findings
from octome.conformance.check.cross_instance.instance_summary import InstanceSummary, summary_of
from octome.conformance.check.finding import OUTCOMES, Report
from octome.conformance.check.finding_collector import FindingCollector
from octome.conformance.check.inputs import Folder, Input, Source, inputs_of, read_input
from octome.errors import InstanceUnreadable, NotAnInstance
from octome.files import temporary_folder
from octome.garbage import no_garbage_collection
from octome.standard.library import open_library

# Checking fewer files than this takes less time than starting processes.
WORTH_PROCESSES = 60
SUFFIXES = frozenset({".dcm", ".dicom", ".ima"})
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Checked:
    """The result of checking some files.

    `refused` has an error for each file or folder that cannot be read, and for each that is not a
    DICOM instance although it is named, or its name ends as one's. `skipped` is the number of
    other files in folders that are not. `summaries` are those of the instances of the reports.
    """

    reports: tuple[Report, ...]
    refused: tuple[InstanceUnreadable, ...]
    skipped: int
    summaries: tuple[InstanceSummary, ...] = ()


def check_many(
    paths: Sequence[Source],
    checker: Checker,
    *,
    processes: int | None = None,
    progress: Progress = lambda _done, _all: None,
) -> Checked:
    """Check files and all files in folders, each by itself and then against each other.

    Parameters
    ----------
    paths : sequence of Path or str
        Files, gzip and zip files, folders of these, ``-`` for standard input, and addresses of
        DICOMweb as text. Files in folders and zip files that are not DICOM instances are counted.
    checker : Checker
        For one edition.
    processes : int, optional
        How many to use; one for each processor if None.
    progress : callable
        Called with the number of files done and the number of all files.

    Returns
    -------
    checked : Checked
        Reports in the order of the files.
    """
    with _folder() as folder:
        refused: list[InstanceUnreadable] = []
        files = list(inputs_of(paths, folder, refused.append))
        return _checked(files, checker, processes, refused, progress)


@contextmanager
def _folder() -> Iterator[Folder]:
    """A folder that is created when it is first needed, and removed at the end."""
    with ExitStack() as stack:

        @cache
        def folder() -> Path:
            return stack.enter_context(temporary_folder())

        yield folder


def _checked(
    files: list[Input],
    checker: Checker,
    processes: int | None,
    refused: list[InstanceUnreadable],
    progress: Progress,
) -> Checked:
    """Check files; `refused` has what could not be found or unpacked, and gets what is refused."""
    reports: list[Report] = []
    summaries: list[InstanceSummary] = []
    skipped = 0
    answers = _answers(files, checker, processes)
    for done, (file, answer) in enumerate(zip(files, answers, strict=True), start=1):
        progress(done, len(files))
        if isinstance(answer, InstanceUnreadable):
            has_suffix = Path(file.name.lower().removesuffix(".gz")).suffix in SUFFIXES
            if isinstance(answer, NotAnInstance) and not (has_suffix or file.is_named):
                skipped += 1
            else:
                refused.append(answer)
        else:
            reports.append(answer[0])
            summaries.append(answer[1])
    return Checked(
        _with_cross_instance(reports, summaries), tuple(refused), skipped, tuple(summaries)
    )


def _with_cross_instance(
    reports: list[Report], summaries: list[InstanceSummary]
) -> tuple[Report, ...]:
    """Reports with the findings of the instances against each other."""
    collectors = {report.file: FindingCollector(report.edition) for report in reports}
    for found in cross_instance_findings(summaries):
        collectors[found.instance.file].add(
            code=found.code,
            outcome=found.outcome,
            path=found.path,
            message=found.message,
            fix=found.fix,
            section=found.section,
        )
    return tuple(
        replace(
            report,
            findings=tuple(
                sorted(
                    (*report.findings, *collectors[report.file].findings()),
                    key=lambda finding: OUTCOMES.index(finding.outcome),
                )
            ),
        )
        for report in reports
    )


Answer = tuple[Report, InstanceSummary] | InstanceUnreadable


def _answers(files: list[Input], checker: Checker, processes: int | None) -> Iterator[Answer]:
    processes = processes or os.cpu_count() or 1
    if processes == 1 or len(files) < WORTH_PROCESSES:
        yield from (_answer(checker, file, is_alone=len(files) == 1) for file in files)
        return
    # Imported here: it would slow down checking a few files by a tenth.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Not forked: the library's connection must not be shared by two processes.
    executor = ProcessPoolExecutor(
        processes, get_context("spawn"), _begin, (checker.edition, checker.library.path)
    )
    try:
        yield from executor.map(_answer_here, files, chunksize=16)
    finally:
        # If the check is stopped, what has not begun is not done.
        executor.shutdown(cancel_futures=True)


def _answer(checker: Checker, file: Input, *, is_alone: bool = False) -> Answer:
    with no_garbage_collection():
        return _checked_file(checker, file, is_alone=is_alone)


def _checked_file(checker: Checker, file: Input, *, is_alone: bool) -> Answer:
    try:
        encoded = read_input(file, checker.book.dictionary.vr_of)
    except InstanceUnreadable as error:
        return error
    keyword = checker.book.dictionary.keyword
    summary = summary_of(encoded, file.name, keyword, is_alone=is_alone)
    return checker.check_encoded(encoded, file.name), summary


# In a worker process: its own library, opened once.
_checkers: list[Checker] = []


def _begin(edition: str, store: Path | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process stops the others
    _checkers.append(Checker(open_library(store), edition))


def _answer_here(file: Input) -> Answer:
    return _answer(_checkers[0], file)
