"""The figures of fetched editions, as `/figures/<edition>/<part>/<file>`.

They were made safe when they were fetched. A browser runs nothing in a picture that a page shows,
and the headers of every response forbid it where one is opened by itself.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from octome.errors import StoreUnavailable, UnknownPath
from octome.standard.edition_folder import edition_folders
from octome.web.answer import ASK_AGAIN, as_json

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
}


def figure(request: Request) -> Response:
    """One figure."""
    edition, part, name = (request.path_params[key] for key in ("edition", "part", "name"))
    media_type = TYPES.get(name.rpartition(".")[2].lower())
    try:
        for folder in edition_folders():
            if folder.edition == edition and media_type:
                kept = folder.manifest.figures.get(f"{part}/figures/{name}")
                if kept:
                    return FileResponse(
                        folder.whole_file(kept),
                        media_type=media_type,
                        headers={"cache-control": ASK_AGAIN},
                    )
    except StoreUnavailable as error:
        return as_json(error.as_data(), 500)
    path = f"/figures/{edition}/{part}/{name}"
    return as_json(UnknownPath(f"there is no {path}", path=path).as_data(), 404)
