"""A template in a browser: nothing is cut on a phone, and axe finds nothing wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from invented_source import InventedSource, compiled
from invented_templates import row, with_templates
from playwright.sync_api import Browser, expect
from server_process import server_process

from octome.standard.sources.records import EditionRecords, TemplateRecord
from soak import LOOKS, amount

OPEN = "document.querySelectorAll('article details').forEach((one) => { one.open = true })"
CUT = """[...document.querySelectorAll('.template-rows td')].filter(
    (cell) => cell.getBoundingClientRect().right > innerWidth || cell.scrollWidth > cell.clientWidth
).map((cell) => cell.textContent)"""

# The lines of a cell begin one below the other, to the right of its heading.
RAGGED = """[...document.querySelectorAll('.template-rows td')].filter((cell) =>
    new Set([...cell.querySelectorAll(":scope > p")].map((p) => p.offsetLeft)).size > 1
).map((cell) => cell.textContent)"""


def with_deeper_templates() -> EditionRecords:
    """Frog includes Tea, Tea includes Cup, Cup includes Spoon and Tea."""
    known = with_templates()
    frog, tea = known.templates
    tea = replace(tea, rows=(*tea.rows, row("2", "INCLUDE", "DTID 11")))
    cup = TemplateRecord(
        tid="11",
        name="Cup",
        rows=(row("1", "INCLUDE", "DTID 12"), row("2", "INCLUDE", "DTID 10B")),
    )
    spoon = TemplateRecord(tid="12", name="Spoon", rows=(row("1", "TEXT", "Of silver"),))
    return replace(known, templates=(frog, tea, cup, spoon))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("templates")
    compiled(folder / "s.sqlite", InventedSource(editions=(with_deeper_templates(),))).close()
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
        assert page.evaluate(RAGGED) == []
    context.close()
    assert found == []


def test_included_templates_open_in_place_to_any_depth(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    page.goto(f"{address}/templates/9")
    for name in ("TID 10B Tea", "TID 11 Cup", "TID 12 Spoon"):
        page.locator("summary", has_text=f"Rows of {name}").click()
    expect(page.get_by_text("Of silver")).to_be_visible()
    # Cup includes Tea, which all of it is in.
    expect(page.get_by_text("TID 10B Tea again here, to any depth.")).to_be_visible()
    expect(page.get_by_text("It includes itself here, to any depth.")).to_be_visible()
    page.close()


def test_deeper_template_is_a_link_without_scripts(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/templates/9")
    page.locator("summary", has_text="Tea").click()
    page.locator("summary", has_text="Cup").click()
    page.get_by_role("link", name="TID 11 Cup").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cup")
    context.close()
