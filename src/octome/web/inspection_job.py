"""The work of the inspector for one file: read once, then laid over the Standard and drawn.

It runs in a process of its own (`octome.web.workers`), which keeps the library and the compiled
rules from one file to the next, and of a file nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from octome.conformance.check.checker import Checker
from octome.conformance.check.limits import Limits
from octome.conformance.inspect.inspect import inspect
from octome.errors import OctomeError
from octome.standard.library import Library, open_library
from octome.web.preview import preview
from octome.web.rendering import Rendering
from octome.web.uploaded_instance import uploaded_instance

ReplyKind = Literal["page", "data", "frame"]
LIMITS = Limits(seconds=20)  # what was checked until then is shown


@dataclass(frozen=True, kw_only=True)
class Job:
    """One file to inspect: its content, or where it is if that is large.

    `kept` is what every link of the page keeps, `largest` how large a file may be, in bytes.
    `folder` is where a packed file is unpacked; who sends the job removes it.
    """

    reply_kind: ReplyKind
    store: Path | None
    kept: Mapping[str, str]
    largest: int
    folder: Path
    content: bytes | Path = b""
    name: str = ""
    frame: int = 0


@dataclass(frozen=True)
class Reply:
    """The answer to a job, as the browser gets it."""

    body: str
    status: int = 200


def reply_to(job: Job) -> Reply:
    """Inspect the file of a job; a file that cannot be inspected gets a reply that says why."""
    desk = _desk(job.store)
    desk.refresh()
    try:
        return desk.reply(job)
    except OctomeError as error:
        return desk.refusal(job, error)


@cache
def _desk(store: Path | None) -> Desk:
    library = open_library(store)
    library.prepare_in_background()
    return Desk(library)


class Desk:
    """What a process keeps from one file to the next: the library, its pages, compiled rules."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._rendering = Rendering(library)
        self._checkers: dict[str, Checker] = {}

    def refresh(self) -> None:
        """Notice editions that have come or gone."""
        if self._library.refresh():
            self._checkers.clear()
            self._rendering.forget()

    def reply(self, job: Job) -> Reply:
        """The reply to a job.

        Raises
        ------
        InstanceUnreadable
            The file is not a DICOM instance.
        """
        checker = self._checker(job.kept.get("edition", self._library.editions[0]))
        vr_of = checker.book.dictionary.vr_of
        encoded = uploaded_instance(job.content, job.name, vr_of, job.folder, job.largest)
        if job.reply_kind == "frame":
            picture = preview(encoded, job.frame)
            return Reply(json.dumps(asdict(picture) if picture else {}))
        inspection = inspect(checker, encoded, job.name, limits=LIMITS)
        if job.reply_kind == "data":
            return Reply(json.dumps(asdict(inspection), ensure_ascii=False))
        html = self._rendering.inspector(
            job.kept,
            largest=job.largest,
            inspection=inspection,
            preview=preview(encoded),
            name=job.name,
        )
        return Reply(html)

    def refusal(self, job: Job, error: OctomeError) -> Reply:
        """The reply that says why a file cannot be inspected."""
        if job.reply_kind == "page":
            html = self._rendering.inspector(job.kept, largest=job.largest, error=error.as_data())
            return Reply(html, status_of(error))
        return Reply(json.dumps(error.as_data(), ensure_ascii=False), status_of(error))

    def _checker(self, edition: str) -> Checker:
        if edition not in self._checkers:
            self._checkers[edition] = Checker(self._library, edition)
        return self._checkers[edition]


def status_of(error: OctomeError) -> int:
    """The HTTP status of an answer that refuses a file."""
    match error.code:
        case "upload-refused" if "largest" in error.details:
            return 413
        case "upload-refused" if "system" in error.details:
            return 507
        case "upload-refused":
            return 400
        case "inspection-stopped" | "edition-being-prepared":
            return 503
    return 422
