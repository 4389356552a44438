"""axe finds nothing wrong on any kind of page: names, roles, contrast, headings, landmarks."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from soak import LOOKS, amount

EN_FACE = "ophthalmic-optical-coherence-tomography-en-face-image"
PAGES = [
    "/ciods?order=kind",
    "/ciods/enhanced-ct-image",
    f"/ciods/{EN_FACE}/{EN_FACE}/00082112",
    "/modules/image-plane",
    "/attributes?group=0054",
    "/attributes/00280030",
    "/sections/C.7.6.16.2.2.4",
    "/transfer-syntaxes",
    "/context-groups/4271",
    "/search?q=oct",
    "/editions",
    "/editions/2020b..2026b",
    "/editions/2020b..2026b/modules/enhanced-us-image",
    "/nope",
    "/codes/DCM/121071",
    "/codes/DCM",
    "/attributes?q=pixel",
    "/sections",
    "/parts/3",
    "/attributes/DS",
    "/confidentiality",
]
# More pages of kinds that are there already, by far the longest.
LONGEST = ["/modules/sr-document-content", "/attributes", "/uids"]
# Wide and light each page is looked at; otherwise those whose layout or colours change the most.
SAMPLE = [(page, *LOOKS[0]) for page in PAGES] + [
    (page, *LOOKS[1]) for page in (PAGES[2], PAGES[9], PAGES[11])
]
WHOLE = [(page, *look) for page in PAGES + LONGEST for look in LOOKS]


@pytest.mark.parametrize(("path", "width", "scheme"), amount(SAMPLE, whole=WHOLE))
def test_axe_finds_nothing(
    chromium: Browser, server: str, path: str, width: int, scheme: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto(server + path)
    violations = Axe().run(page).response["violations"]
    context.close()
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in violations] == []


def test_focus_can_be_seen(chromium: Browser, server: str) -> None:
    page = chromium.new_page()
    page.goto(f"{server}/ciods/ct-image")
    for _ in range(6):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style != "none", page.evaluate("document.activeElement.outerHTML")
    page.close()
