"""The pages in a real Chromium, with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

EN_FACE = "ophthalmic-optical-coherence-tomography-en-face-image"
SOURCE_IMAGE = f"/ciods/{EN_FACE}/{EN_FACE}/00082112"

# Tables wider than their place; those of the Standard's own text may be.
CUT_TABLES = """[...document.querySelectorAll(".scroll")].filter(
    (place) => !place.closest(".prose") && place.scrollWidth > place.clientWidth).length"""

Open = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser, server: str) -> Iterator[Open]:
    """Opens a path in a new window; a word on its console, or an error, fails the test."""
    contexts, troubles = [], []

    def opened(path: str, **options: object) -> Page:
        context = chromium.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(server + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


def line(page: Page, path: str) -> object:
    return page.locator(f'.tree a[data-path="{path}"]')


def test_tree_opens_in_place_down_to_the_attribute(open_page: Open) -> None:
    page = open_page("/ciods")
    page.evaluate("window.same = true")
    page.locator(f'.tree a[data-path="/ciods/{EN_FACE}"]').click()
    page.locator(f'.tree a[data-path="/ciods/{EN_FACE}/{EN_FACE}"]').click()
    page.locator(f'.tree a[data-path="{SOURCE_IMAGE}"]').click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Source Image Sequence")
    expect(page.locator("main")).to_contain_text("Required (1)")
    expect(page.locator("main")).to_contain_text("Sequence (SQ)")
    expect(page.locator("section.cited h2")).to_have_count(2)
    assert page.url.endswith(SOURCE_IMAGE)
    assert page.evaluate("window.same"), "the page was loaded again"


def test_same_path_without_scripts(open_page: Open) -> None:
    page = open_page("/ciods", java_script_enabled=False)
    for path in (f"/ciods/{EN_FACE}", f"/ciods/{EN_FACE}/{EN_FACE}", SOURCE_IMAGE):
        page.locator(f'.tree a[data-path="{path}"]').click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Source Image Sequence")
    page.locator("section.cited h2").get_by_role("link", name="C.8.17.14.1.1").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("C.8.17.14.1.1")
    page.locator("#q").fill("pixel spacing")
    page.locator("#q").press("Enter")
    expect(page.locator(".found li").first).to_contain_text("Pixel Spacing")


def test_back_and_forward_restore_each_state(open_page: Open) -> None:
    page = open_page(SOURCE_IMAGE)
    page.locator("section.cited h2").get_by_role("link", name="C.12.4.1.2").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("C.12.4.1.2")
    expect(page.locator(".tree")).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Source Image Sequence")
    expect(page.locator('.tree a[aria-current="page"]')).to_contain_text("Source Image Sequence")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_contain_text("C.12.4.1.2")


def test_search_as_you_type_by_keyboard_alone(open_page: Open) -> None:
    page = open_page("/ciods")
    page.keyboard.press("/")
    page.keyboard.type("0008,2112")
    expect(page.get_by_role("option").first).to_contain_text("Source Image Sequence")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Source Image Sequence")
    assert page.url.endswith("/attributes/00082112")


def test_tree_by_keyboard_alone(open_page: Open) -> None:
    page = open_page("/ciods/ct-image")
    page.locator('.tree a[aria-current="page"]').focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.path") == "/ciods/ct-image/patient"
    page.keyboard.press("ArrowRight")
    expect(page.locator('.tree a[data-path="/ciods/ct-image/patient/00100010"]')).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Patient's Name")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.dataset.path") == "/ciods/ct-image/patient"
    page.keyboard.press("ArrowLeft")
    expect(page.locator('.tree a[data-path="/ciods/ct-image/patient/00100010"]')).to_be_hidden()


def test_filter_hides_what_it_does_not_name(open_page: Open) -> None:
    page = open_page("/ciods?order=kind")
    page.get_by_label("Filter CIODs").fill("en face")
    expect(page.locator(".tree .root > li:not([hidden]) .name")).to_have_count(1)
    expect(page.locator(".tree .group:not([hidden])")).to_have_text(["Image"])


def test_tree_knows_short_names(open_page: Open) -> None:
    page = open_page("/ciods")
    page.get_by_label("Filter CIODs").fill("rtstruct")
    expect(page.locator(".tree .root > li:not([hidden]) .name")).to_have_text(["RT Structure Set"])
    expect(page.locator(".tree output")).to_have_text(re.compile("^1 of 1"))
    page.get_by_label("Filter CIODs").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("RT Structure Set")


def test_typing_in_the_tree_moves(open_page: Open) -> None:
    page = open_page("/ciods/ct-image")
    page.locator('.tree a[aria-current="page"]').focus()
    page.keyboard.type("optenf")
    assert page.evaluate("document.activeElement.dataset.path") == f"/ciods/{EN_FACE}"


@pytest.mark.parametrize(
    ("path", "typed", "first"),
    [
        ("/confidentiality", "PatientBirthDate", "Birth Date"),
        ("/confidentiality", "10,30", "Birth Date"),
        ("/context-groups", "CID 29", "Acquisition Modality"),
        ("/context-groups", "cid29", "Acquisition Modality"),
        ("/modules/general-series", "SeriesInstanceUID", "Series Instance UID"),
        ("/parts/3", "C.8.17.14.1.5", "Image Type"),
    ],
)
def test_list_is_filtered_by_what_people_type(
    open_page: Open, path: str, typed: str, first: str
) -> None:
    page = open_page(path)
    page.locator("main .filter").first.fill(typed)
    lines = page.locator("main :is(tbody > tr, .grouped > li):visible")
    expect(lines.filter(has_text=first).first).to_be_visible()
    expect(page.locator("main output").first).to_have_text(re.compile(r"^1?\d of "))


def test_long_list_is_filtered_and_the_filter_can_be_linked_to(open_page: Open) -> None:
    page = open_page("/context-groups")
    everything = page.locator("#groups tbody tr").count()
    page.get_by_label("Filter context groups").fill("ophth anat")
    few = page.locator("#groups tbody tr:visible").count()
    assert 0 < few < 10
    expect(page.locator("main output")).to_have_text(f"{few} of {everything:,}")
    page.get_by_label("Filter context groups").press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("CID")
    page.go_back()
    expect(page.locator("main output")).to_have_text(f"{few} of {everything:,}")


def test_long_list_is_whole_without_scripts(open_page: Open) -> None:
    page = open_page("/context-groups?filter=anat", java_script_enabled=False)
    assert page.locator("#groups tbody tr:visible").count() > 1000
    expect(page.locator(".filter-bar:visible")).to_have_count(0)


def test_edition_stays_while_following_links(open_page: Open) -> None:
    page = open_page("/ciods/cr-image?edition=2020b")
    page.locator("main").get_by_role("link", name="CR Series").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("CR Series")
    assert page.url.endswith("/ciods/cr-image/cr-series?edition=2020b")


def test_link_to_a_section_on_the_page_scrolls_to_it(open_page: Open) -> None:
    page = open_page(SOURCE_IMAGE)
    page.locator(".prose").get_by_role("link", name="Section C.8.17.14.1.1").first.click()
    assert page.url.endswith(f"{SOURCE_IMAGE}#section-C.8.17.14.1.1")
    expect(page.locator("section.cited").nth(1).locator("h2")).to_be_in_viewport()


def test_menu_copies_what_its_line_shows(open_page: Open) -> None:
    page = open_page(
        "/modules/image-plane/00280030", permissions=["clipboard-read", "clipboard-write"]
    )
    page.locator(".copy summary").click()
    for name, text in [
        ("Python", "ds.PixelSpacing"),
        ("Permalink", page.url + "?edition=2026b"),
    ]:
        page.get_by_role("button", name=f"Copy {name}").click()
        expect(page.locator("#status")).to_have_text(f"{name} copied")
        assert page.evaluate("navigator.clipboard.readText()") == text
    page.keyboard.press("Escape")
    expect(page.locator(".copy .menu")).to_be_hidden()


def test_what_can_be_copied_is_read_without_scripts(open_page: Open) -> None:
    page = open_page("/attributes/00280030", java_script_enabled=False)
    page.locator(".copy summary").click()
    expect(page.locator(".copy")).to_contain_text("ds.PixelSpacing")
    expect(page.locator(".copy button")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_tree_is_reached_on_a_phone(open_page: Open, scripts: bool) -> None:
    phone = {"width": 390, "height": 844}
    page = open_page("/ciods/ct-image/patient", viewport=phone, java_script_enabled=scripts)
    page.get_by_text("Show the tree").click()
    page.locator('.tree a[data-path="/ciods/ct-image/image-plane"]').click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Image Plane")
    expect(page.locator(".tree")).to_be_hidden()


def test_tree_on_a_phone_opens_at_the_line_of_the_page(open_page: Open) -> None:
    phone = {"width": 390, "height": 844}
    page = open_page("/ciods/ct-image/image-plane", viewport=phone)
    page.get_by_text("Show the tree").click()
    expect(page.locator('.tree a[aria-current="page"]')).to_be_in_viewport()
    page.get_by_text("Back to the page").click()
    assert page.evaluate("scrollY") == 0


def test_way_back_from_the_tree_stays_in_sight_on_a_phone(open_page: Open) -> None:
    phone = {"width": 390, "height": 844}
    page = open_page("/ciods/ct-image/image-plane", viewport=phone)
    page.get_by_text("Show the tree").click()
    page.mouse.wheel(0, 3000)
    page.wait_for_function("scrollY > 300")
    back = page.get_by_text("Back to the page")
    expect(back).to_be_in_viewport()
    back.click()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()


def test_phone_shows_the_page_and_no_sideways_scroll(open_page: Open) -> None:
    for path in (
        "/ciods",
        SOURCE_IMAGE,
        "/attributes/00280030",
        "/modules/patient",
        "/uids",
        "/sections/C.7.6.3.1.2",
    ):
        page = open_page(path, viewport={"width": 390, "height": 844})
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, path
        assert page.evaluate(CUT_TABLES) == 0, path


def test_table_is_sorted_by_a_heading_and_turned_by_the_second_click(open_page: Open) -> None:
    page = open_page("/confidentiality")
    heading = page.locator("#protected th").first
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("#protected tbody tr").first).to_contain_text("(0000,1000)")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(page.locator("#protected tbody tr").first).to_contain_text("(gggg,eeee)")
