"""The web application: every path of the Standard as a page, and with `.json` as data."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread
from urllib.parse import quote, unquote, urlencode

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from octome.errors import (
    EditionBeingPrepared,
    OctomeError,
    UnknownEdition,
    UnknownOption,
    UnknownPath,
)
from octome.standard.json_data import page_data
from octome.standard.library import Library
from octome.web.address import page_for
from octome.web.answer import as_html, as_json
from octome.web.figure import figure
from octome.web.inspector import Inspector
from octome.web.rendering import Rendering
from octome.web.upload import LARGEST
from octome.web.url import STATIC, kept_query
from octome.web.workers import WorkerLimits

# This machine's names for itself. A request with another Host comes from another site's page.
HOSTS = ["127.0.0.1", "localhost"]
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
LONGEST_PATH = 2000
PREPARING_S = 2  # after which a page that is not ready is requested again


class SafeHeaders:
    """Adds the headers that isolate a page to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the response back with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] += [(k.encode(), v.encode()) for k, v in HEADERS.items()]
            await send(message)

        await self._app(scope, receive, with_headers)


def create_app(
    library: Library,
    *,
    largest_upload: int = LARGEST,
    limits: WorkerLimits = WorkerLimits(),  # noqa: B008
) -> Starlette:
    """The application that serves one library.

    Parameters
    ----------
    largest_upload : int
        The largest file that the inspector accepts, in bytes.
    limits : WorkerLimits
        Time and memory of the inspector for one file.
    """
    rendering = Rendering(library)

    async def page(request: Request) -> Response:
        path = f"/{request.path_params['path']}"
        return answer(library, rendering, path, dict(request.query_params))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        Thread(target=rendering.load_templates, name="templates", daemon=True).start()
        yield

    return Starlette(
        lifespan=lifespan,
        routes=[
            Mount("/static", StaticFiles(directory=str(STATIC))),
            Route("/figures/{edition}/{part:int}/{name}", figure, methods=["GET"]),
            *Inspector(library, rendering, largest_upload, limits).routes(),
            Route("/{path:path}", page, methods=["GET"]),
        ],
        # The first one is the outermost.
        middleware=[
            Middleware(SafeHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False),
            Middleware(GZipMiddleware, minimum_size=800, compresslevel=6),
        ],
    )


def answer(library: Library, rendering: Rendering, path: str, query: dict[str, str]) -> Response:
    """The response for a path and its query: a page, its data, a redirection or an error."""
    is_data = path.endswith(".json")
    path = path.removesuffix(".json")[:LONGEST_PATH]
    if library.refresh():
        rendering.forget()
    # Pages name the editions that are ready; other changes of them make `rendering` forget.
    look = (path, *sorted(query.items()), *filter(library.is_ready, library.editions))
    if not is_data and (rendered := rendering.kept.find(look)):
        return as_html(rendered)
    kept = kept_query(library, query)
    try:
        found = page_for(library, path, query)
    except (UnknownPath, UnknownEdition, UnknownOption) as error:
        status = 400 if isinstance(error, UnknownOption) else 404
        if is_data:
            return as_json(error.as_data(), status)
        return as_html(rendering.refusal(error.as_data(), kept, path, query), status)
    except EditionBeingPrepared as error:
        wait = {"retry-after": str(PREPARING_S)}
        if is_data:
            return as_json(error.as_data(), 503, headers=wait)
        return as_html(rendering.preparing(error.as_data(), kept), 503, headers=wait)
    except OctomeError as error:
        return as_json(error.as_data(), 500)
    if is_data:
        return as_json(page_data(found))
    canonical = unquote(found.path.partition("?")[0])
    if canonical != path:
        given = f"?{urlencode(query)}" if query else ""
        return Response(status_code=307, headers={"location": quote(canonical) + given})
    rendered = rendering.page(found, kept).encode()
    rendering.kept.keep(look, rendered)
    return as_html(rendered)
