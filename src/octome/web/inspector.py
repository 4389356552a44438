"""The inspector: a DICOM file, laid over the Standard, as a page and as data.

Nothing of a file is kept: what an answer needs is read from the form that has sent it, and gone
with it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

from octome.conformance.check.checker import Checker
from octome.conformance.inspect.inspect import inspect
from octome.conformance.inspect.inspection import Inspection
from octome.dicom.part10 import read_encoded
from octome.errors import OctomeError, UploadRefused
from octome.standard.library import Library
from octome.web.answer import as_html, as_json, kept_state
from octome.web.preview import Preview, preview
from octome.web.rendering import INSPECTOR, Rendering
from octome.web.upload import LARGEST, Upload, uploaded


class Inspector:
    """Answers for files; rules are compiled once for each edition."""

    def __init__(self, library: Library, rendering: Rendering, largest: int = LARGEST) -> None:
        self._library = library
        self._largest = largest
        self._rendering = rendering
        self._checkers: dict[str, Checker] = {}

    def routes(self, app: FastAPI) -> None:
        """Add the inspector's paths to the application."""
        app.add_api_route(INSPECTOR, self.form, methods=["GET", "HEAD"])
        app.add_api_route(INSPECTOR, self.page, methods=["POST"])
        app.add_api_route(f"{INSPECTOR}.json", self.data, methods=["POST"])
        app.add_api_route(f"{INSPECTOR}/frame.json", self.frame, methods=["POST"])

    async def form(self, request: Request) -> Response:
        """The page to open a file with."""
        state = kept_state(self._library, dict(request.query_params))
        return as_html(self._rendering.inspector(state, largest=self._largest))

    async def page(self, request: Request) -> Response:
        """The page of a file."""
        state = kept_state(self._library, dict(request.query_params))

        async def answer(upload: Upload) -> Response:
            inspection, picture = await self._inspected(upload, state)
            html = self._rendering.inspector(
                state,
                largest=self._largest,
                inspection=inspection,
                preview=picture,
                name=upload.name,
            )
            return as_html(html)

        def refused(error: OctomeError) -> Response:
            html = self._rendering.inspector(state, largest=self._largest, error=error.as_data())
            return as_html(html, _status(error))

        return await self._answered(request, answer, refused)

    async def data(self, request: Request) -> Response:
        """The same as data."""
        state = kept_state(self._library, dict(request.query_params))

        async def answer(upload: Upload) -> Response:
            inspection, _ = await self._inspected(upload, state)
            return as_json(asdict(inspection))

        return await self._answered(request, answer, _refused_data)

    async def frame(self, request: Request) -> Response:
        """One frame of a file as a picture, for the chooser of frames."""

        async def answer(upload: Upload) -> Response:
            number = upload.fields.get("frame", "0")
            picture = await self._picture(upload, int(number) if number.isdigit() else 0)
            return as_json(asdict(picture) if picture else {})

        return await self._answered(request, answer, _refused_data)

    async def _answered(
        self,
        request: Request,
        answer: Callable[[Upload], Awaitable[Response]],
        refused: Callable[[OctomeError], Response],
    ) -> Response:
        try:
            async with uploaded(request, self._largest) as upload:
                return await answer(upload)
        except OctomeError as error:
            return refused(error)

    async def _inspected(
        self, upload: Upload, state: dict[str, str]
    ) -> tuple[Inspection, Preview | None]:
        # In turn with every other question to the library, not in a thread.
        checker = self._checker(state.get("edition"))
        encoded = read_encoded(upload.content, checker.book.dictionary.vr_of)
        inspection = inspect(checker, encoded, upload.name)
        return inspection, await run_in_threadpool(preview, encoded, upload.file)

    async def _picture(self, upload: Upload, number: int) -> Preview | None:
        encoded = read_encoded(upload.content, self._checker(None).book.dictionary.vr_of)
        return await run_in_threadpool(preview, encoded, upload.file, number)

    def _checker(self, edition: str | None) -> Checker:
        edition = edition or self._library.editions[0]
        if edition not in self._checkers:
            self._checkers[edition] = Checker(self._library, edition)
        return self._checkers[edition]


def _refused_data(error: OctomeError) -> Response:
    data: dict[str, Any] = error.as_data()
    return as_json(data, _status(error))


def _status(error: OctomeError) -> int:
    if isinstance(error, UploadRefused):
        return 413 if "largest" in error.details else 400
    return 422
