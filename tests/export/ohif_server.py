"""OHIF and an archive's DICOMweb behind one origin of the loopback address."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

CONFIGURATION = """
window.config = {
  routerBasename: null,
  extensions: [],
  modes: [],
  customizationService: {},
  showStudyList: true,
  investigationalUseDialog: { option: 'never' },
  maxNumberOfWebWorkers: 2,
  showWarningMessageForCrossOrigin: false,
  showCPUFallbackMessage: false,
  showLoadingIndicator: true,
  strictZSpacingForVolumeViewport: true,
  defaultDataSourceName: 'archive',
  dataSources: [
    {
      namespace: '@ohif/extension-default.dataSourcesModule.dicomweb',
      sourceName: 'archive',
      configuration: {
        friendlyName: 'archive',
        name: 'archive',
        qidoRoot: '/dicom-web',
        wadoRoot: '/dicom-web',
        wadoUriRoot: '/dicom-web',
        qidoSupportsIncludeField: false,
        imageRendering: 'wadors',
        thumbnailRendering: 'wadors',
        enableStudyLazyLoad: true,
        supportsFuzzyMatching: false,
        supportsWildcard: true,
        omitQuotationForMultipartRequest: true,
      },
    },
  ],
};
"""
# Without them a page has no shared memory, which OHIF's volumes need.
ISOLATED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
HOP_BY_HOP = {"transfer-encoding", "connection", "content-length", "content-encoding", "keep-alive"}


@contextmanager
def ohif_served(dist: Path, archive: str) -> Iterator[str]:
    """The address of OHIF, with the DICOMweb services of `archive` under /dicom-web.

    Parameters
    ----------
    dist : Path
        The folder of that name in the package.
    archive : str
        Address of an HTTP server that has /dicom-web.
    """
    client = httpx.Client(base_url=archive, timeout=120)

    def forward(request: Request) -> Response:
        answer = client.request(
            request.method,
            request.url.path,
            params=request.query_params,
            # With the name of this server, which the archive's addresses then have.
            headers={name: request.headers[name] for name in ("host", "accept")},
        )
        headers = {name: value for name, value in answer.headers.items() if name not in HOP_BY_HOP}
        return Response(answer.content, answer.status_code, headers | ISOLATED)

    def page(request: Request) -> Response:
        path = dist / request.path_params["path"]
        # Its own addresses, as /viewer, are all one page.
        return FileResponse(path if path.is_file() else dist / "index.html", headers=ISOLATED)

    def configuration(_request: Request) -> Response:
        return Response(CONFIGURATION, media_type="text/javascript", headers=ISOLATED)

    app = Starlette(
        routes=[
            Route("/app-config.js", configuration),
            Route("/dicom-web/{path:path}", forward),
            Route("/{path:path}", page),
        ]
    )
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()
        client.close()
