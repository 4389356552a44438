"""A template in a browser: nothing is cut on a phone, and axe finds nothing wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from invented_source import InventedSource, compiled
from invented_templates import with_templates
from playwright.sync_api import Browser
from server_process import server_process

from soak import LOOKS, amount

OPEN = "document.querySelectorAll('article details').forEach((one) => { one.open = true })"
CUT = """[...document.querySelectorAll('.template-rows td')].filter(
    (cell) => cell.getBoundingClientRect().right > innerWidth || cell.scrollWidth > cell.clientWidth
).map((cell) => cell.textContent)"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("templates")
    compiled(folder / "s.sqlite", InventedSource(editions=(with_templates(),))).close()
    with server_process(folder / "s.sqlite", folder) as server:
        yield f"http://127.0.0.1:{server.port}"


@pytest.mark.parametrize(("width", "scheme"), LOOKS[: amount(2, whole=4)])
def test_opened_template_is_whole_and_axe_finds_nothing(
    chromium: Browser, address: str, width: int, scheme: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    found = []
    for path in ("/templates/9", "/templates"):
        page.goto(address + path)
        page.evaluate(OPEN)
        found += [
            (path, v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]
        ]
        assert page.evaluate(CUT) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert found == []
