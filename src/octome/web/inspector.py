"""The inspector: a DICOM file next to the Standard, as a page and as data.

Nothing of a file is kept, here or in the browser: each response is computed from the file in its
form.
"""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from octome.errors import OctomeError, UploadRefused
from octome.files import temporary_folder
from octome.standard.library import Library
from octome.web.answer import KEEP_NOTHING, as_html, as_json
from octome.web.inspection_job import Job, Reply, ReplyKind, reply_to, status_of
from octome.web.rendering import Rendering
from octome.web.upload import Upload, uploaded
from octome.web.url import INSPECTOR, kept_query
from octome.web.workers import WorkerLimits, Workers

HIGHEST_FRAME = 2**31 - 1  # PS3.5 6.2: an Integer String is no longer


class Inspector:
    """Responses for files, which separate processes read."""

    def __init__(
        self, library: Library, rendering: Rendering, largest: int, limits: WorkerLimits
    ) -> None:
        self._library = library
        self._rendering = rendering
        self._largest = largest
        self._workers = Workers(limits)

    def routes(self) -> list[Route]:
        """The inspector's paths."""
        return [
            Route(INSPECTOR, self.form, methods=["GET"]),
            Route(INSPECTOR, self.page, methods=["POST"]),
            Route(f"{INSPECTOR}.json", self.data, methods=["POST"]),
            Route(f"{INSPECTOR}/frame.json", self.frame, methods=["POST"]),
        ]

    async def form(self, request: Request) -> Response:
        """The page for opening a file."""
        kept = kept_query(self._library, request.query_params)
        html = self._rendering.inspector(kept, largest=self._largest)
        return as_html(html, cache=KEEP_NOTHING)

    async def page(self, request: Request) -> Response:
        """The page of a file."""
        return await self._answer(request, "page")

    async def data(self, request: Request) -> Response:
        """The same as data."""
        return await self._answer(request, "data")

    async def frame(self, request: Request) -> Response:
        """One frame of a file as a picture, for the frame selector."""
        return await self._answer(request, "frame")

    async def _answer(self, request: Request, reply_kind: ReplyKind) -> Response:
        kept = kept_query(self._library, request.query_params)
        try:
            # The folder is removed here: the process that unpacks into it may be stopped.
            async with uploaded(request, self._largest) as upload:
                with temporary_folder() as folder:
                    job = self._job(upload, reply_kind, kept, folder)
                    return _response(await self._workers.run(reply_to, job), reply_kind)
        except OctomeError as error:
            if reply_kind != "page":
                return as_json(error.as_data(), status_of(error), KEEP_NOTHING)
            html = self._rendering.inspector(kept, largest=self._largest, error=error.as_data())
            return as_html(html, status_of(error), KEEP_NOTHING)

    def _job(
        self, upload: Upload, reply_kind: ReplyKind, kept: dict[str, str], folder: Path
    ) -> Job:
        return Job(
            reply_kind=reply_kind,
            store=self._library.path,
            kept=kept,
            largest=self._largest,
            folder=folder,
            content=upload.content,
            name=upload.name,
            frame=frame_number(upload.fields.get("frame", "0")) if reply_kind == "frame" else 0,
        )


def _response(reply: Reply, reply_kind: ReplyKind) -> Response:
    kind = "text/html; charset=utf-8" if reply_kind == "page" else "application/json"
    return Response(reply.body, reply.status, {"cache-control": KEEP_NOTHING}, kind)


def frame_number(text: str) -> int:
    """The number of a frame in a form, from 0.

    Raises
    ------
    UploadRefused
        It is not a number.

    Examples
    --------
    >>> frame_number("12")
    12
    """
    # `isdecimal` alone allows digits of all scripts, and int() rejects thousands of digits.
    if not (text.isascii() and text.isdecimal() and len(text) <= 10):
        raise UploadRefused(f"{text[:20]!r} is not the number of a frame", found=text[:20])
    return min(int(text), HIGHEST_FRAME)
