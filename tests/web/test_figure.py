"""Figures of a fetched edition, from a folder to a page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from made_part import made_xml

from kept_store import keep_store
from octome.standard.edition_folder import edition_folders
from octome.standard.library import open_library
from octome.standard.sync import sync
from octome.web.app import create_app

Get = Callable[[str], httpx.Response]
SITE = "http://127.0.0.1"
NAME = "PS3.3_Z.1-1.svg"
PATH = f"/figures/2024a/3/{NAME}"
POND = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    '<script>alert(1)</script><circle cx="20" cy="10" r="9"/></svg>'
)
SECTION = f"""<chapter label="Z" xml:id="chapter_Z"><title>Ponds</title>
<figure label="Z.1-1" xml:id="figure_Z.1-1"><title>A Pond</title><mediaobject><imageobject>
<imagedata fileref="figures/{NAME}"/></imageobject></mediaobject></figure></chapter>"""


@pytest.fixture(scope="module")
def get(
    store: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], httpx.Response]]:
    folder = tmp_path_factory.mktemp("figure")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        keep_store(store)
        yield from served(folder)


def served(folder: Path) -> Iterator[Callable[[str], httpx.Response]]:
    """Answers of an edition with a figure, fetched from a mirror in that folder."""
    mirror = folder / "part03"
    (mirror / "figures").mkdir(parents=True)
    subtitle = "DICOM PS3.3 2024a - Information Object Definitions"
    (mirror / "part03.xml").write_text(made_xml(SECTION, 3, subtitle), "utf-8")
    (mirror / "figures" / NAME).write_text(POND, "utf-8")
    sync("2024a", origin=str(folder), parts=(3,))
    with open_library() as library:
        transport = httpx.ASGITransport(create_app(library))

        async def fetched(path: str) -> httpx.Response:
            async with httpx.AsyncClient(
                transport=transport, base_url="http://127.0.0.1"
            ) as client:
                return await client.get(path)

        # In a separate thread: a browser of other tests has a loop running in this one.
        with ThreadPoolExecutor(1) as thread:
            yield lambda path: thread.submit(asyncio.run, fetched(path)).result()


def test_figure_is_shown_in_its_section(get: Get) -> None:
    page = get("/sections/Z?edition=2024a")
    assert f'<img src="{PATH}' in page.text
    figure = get(PATH)
    assert (figure.status_code, figure.headers["content-type"]) == (200, "image/svg+xml")
    assert "<circle" in figure.text.replace("svg:", "")
    assert "script" not in figure.text
    assert "script-src 'self'" in figure.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/figures/2024a/3/frog.svg",
        "/figures/2024a/4/PS3.3_Z.1-1.svg",
        "/figures/1999/3/PS3.3_Z.1-1.svg",
        "/figures/2024a/3/edition.json",
        "/figures/2024a/3/..%2f..%2fedition.json",
    ],
)
def test_a_path_that_is_not_a_figure_is_not_found(get: Get, path: str) -> None:
    assert get(path).status_code == 404


def test_damaged_figure_is_not_shown(get: Get) -> None:
    (folder,) = edition_folders()
    (kept,) = folder.manifest.figures.values()
    figure = folder.path / kept.file
    whole = figure.read_bytes()
    figure.write_bytes(b"<svg/>")
    assert get(PATH).status_code == 500
    figure.write_bytes(whole)
    assert get(PATH).status_code == 200
