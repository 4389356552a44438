"""The web application: every path of the Standard as a page, and with `.json` as data."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from octome.errors import OctomeError, UnknownEdition, UnknownPath
from octome.standard.json_data import page_data
from octome.standard.library import Library
from octome.web.answer import as_html, as_json, kept_state
from octome.web.inspector import Inspector
from octome.web.rendering import STATIC, Rendering
from octome.web.upload import LARGEST

# Names under which this machine may ask itself; another Host means another site's page does.
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


class SafeHeaders:
    """Adds the headers that keep a page to itself to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] += [(k.encode(), v.encode()) for k, v in HEADERS.items()]
            await send(message)

        await self._app(scope, receive, with_headers)


def create_app(library: Library, largest_upload: int = LARGEST) -> FastAPI:
    """The application that answers from one library, and takes files up to so many bytes."""
    app = FastAPI(title="octome", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(GZipMiddleware, minimum_size=800, compresslevel=6)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False)
    app.add_middleware(SafeHeaders)
    app.mount("/static", StaticFiles(directory=str(STATIC)), name="static")
    rendering = Rendering(library)
    Inspector(library, rendering, largest_upload).routes(app)

    @app.api_route("/{path:path}", methods=["GET", "HEAD"])
    async def page(request: Request, path: str) -> Response:
        return answer(library, rendering, f"/{path}", dict(request.query_params))

    return app


def answer(library: Library, rendering: Rendering, path: str, query: dict[str, str]) -> Response:
    """The response for a path and its query: a page, its data, a redirection or a refusal."""
    is_data = path.endswith(".json")
    path = path.removesuffix(".json")
    state = kept_state(library, query)
    path = path[:LONGEST_PATH]
    try:
        found = library.at(path, query.get("edition"), **options(query))
    except (UnknownPath, UnknownEdition) as error:
        status = 404
        if is_data:
            return as_json(error.as_data(), status)
        return as_html(rendering.refusal(error.as_data(), state), status)
    except OctomeError as error:
        return as_json(error.as_data(), 500)
    if is_data:
        return as_json(page_data(found))
    canonical, _, _ = found.path.partition("?")
    if canonical != path:
        kept = f"?{urlencode(query)}" if query else ""
        return Response(status_code=307, headers={"location": quote(canonical) + kept})
    return as_html(rendering.page(found, state))


def options(query: dict[str, str]) -> dict[str, str]:
    """What of a query the pages take."""
    return {name: query[name] for name in ("order", "group", "q") if name in query}
