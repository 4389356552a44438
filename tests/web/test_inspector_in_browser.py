"""The inspector in a real Chromium, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pydicom.dataset import Dataset
from small_instance import ct_image, encoded

from soak import LOOKS, amount

Open = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser, server: str) -> Iterator[Open]:
    """Opens the inspector in a new window; an error on it fails the test."""
    contexts, troubles = [], []

    def opened(**options: object) -> Page:
        context = chromium.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("dialog", lambda dialog: troubles.append(dialog.message))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(f"{server}/inspect")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """Three frames, no KVP, a private attribute with markup, and an item that lacks something."""
    ds = ct_image()
    del ds.KVP
    item = Dataset()
    item.ReferencedSOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    ds.ReferencedImageSequence = [item]
    ds.PatientComments = "<script>alert(1)</script>"
    ds.NumberOfFrames, ds.PixelData = (
        3,
        np.random.default_rng(0).integers(0, 99, 48, "<u2").tobytes(),
    )
    path = tmp_path / "wrong.dcm"
    path.write_bytes(encoded(ds))
    return path


def test_a_file_is_opened_and_read_explanation_the_standard(open_page: Open, wrong: Path) -> None:
    page = open_page()
    page.set_input_files("#file", wrong)
    expect(page.get_by_role("heading", level=1)).to_have_text("wrong.dcm")
    missing = page.locator('[id="at-KVP"]')
    expect(missing).to_contain_text("KVP is missing")
    nested = page.locator('[id="at-ReferencedImageSequence[0].ReferencedSOPInstanceUID"]')
    expect(nested).to_be_visible()  # what holds a violation is open
    missing.get_by_role("link", name="KVP").click()
    explanation = page.locator(".explanation")
    expect(explanation).to_contain_text("Decimal String (DS)")
    assert page.url.endswith("/inspect")
    page.keyboard.press("Escape")
    expect(explanation).to_be_hidden()


def test_optional_missing_attributes_are_shown_on_request(open_page: Open, wrong: Path) -> None:
    page = open_page()
    page.set_input_files("#file", wrong)
    line = page.locator('[id="at-PatientSpeciesDescription"]')
    expect(line).to_be_hidden()
    page.get_by_label("what may be missing").check()
    expect(line).to_be_visible()
    expect(page.locator(".absent").first).to_be_hidden()
    page.get_by_label("optional attributes that are absent").check()
    expect(page.locator(".absent").first).to_be_visible()


def test_a_file_may_be_dropped_anywhere(open_page: Open, wrong: Path) -> None:
    page = open_page()
    handle = page.evaluate_handle(
        """async (bytes) => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], "dropped.dcm"));
            return data;
        }""",
        list(wrong.read_bytes()),
    )
    page.dispatch_event("footer", "drop", {"dataTransfer": handle})
    expect(page.get_by_role("heading", level=1)).to_have_text("dropped.dcm")


def test_frames_can_be_chosen(open_page: Open, wrong: Path) -> None:
    page = open_page()
    page.set_input_files("#file", wrong)
    image = page.locator(".preview img")
    first = image.get_attribute("src")
    page.locator("input.frame").fill("2")
    expect(page.locator(".preview output")).to_have_text("3")
    expect(image).not_to_have_attribute("src", first or "")


def test_a_refusal_stays_on_the_page(open_page: Open, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing of DICOM")
    page = open_page()
    page.set_input_files("#file", tmp_path / "notes.txt")
    expect(page.get_by_role("alert")).to_contain_text("not a DICOM instance")


def test_the_form_works_without_scripts(open_page: Open, wrong: Path) -> None:
    page = open_page(java_script_enabled=False)
    page.set_input_files("#file", wrong)
    page.get_by_role("button", name="Inspect").click()
    expect(page.locator('[id="at-KVP"]')).to_contain_text("KVP is missing")


@pytest.mark.parametrize(("width", "scheme"), LOOKS[: amount(2, whole=4)])
def test_axe_finds_nothing(open_page: Open, wrong: Path, scheme: str, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.set_input_files("#file", wrong)
    page.get_by_label("what may be missing").check()
    page.get_by_label("optional attributes that are absent").check()
    page.locator('[id="at-KVP"]').get_by_role("link", name="KVP").click()
    expect(page.locator(".explanation")).to_be_visible()
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
