"""The pictures of a part."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_part import chapter, made_part

from octome.standard.sources.docbook import figures
from octome.standard.sources.docbook.figures import (
    picture_files,
    picture_format,
    sanitised_svg,
)


def picture(*files: str) -> str:
    objects = "".join(f'<imageobject><imagedata fileref="{file}"/></imageobject>' for file in files)
    return f"<mediaobject>{objects}</mediaobject>"


def svg(inside: str, attributes: str = "") -> bytes:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f"{attributes}>{inside}</svg>"
    ).encode()


def test_a_part_needs_each_file_once_and_the_best_of_a_picture(tmp_path: Path) -> None:
    body = picture("figures/a.png", "figures/a.svg") + picture("figures/b.gif") * 2
    part = made_part(tmp_path, chapter(body))
    assert picture_files(part) == ("figures/a.svg", "figures/b.gif")


@pytest.mark.parametrize(
    "file", ["../secret.png", "a/../../b.png", "/etc/x.png", "https://tea.test/x.png", "a\\b", ""]
)
def test_a_file_outside_the_folder_is_not_fetched(tmp_path: Path, file: str) -> None:
    assert picture_files(made_part(tmp_path, chapter(picture(file)))) == ()


@pytest.mark.parametrize(
    ("content", "format_"),
    [
        (b"\x89PNG\r\n\x1a\n...", "png"),
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"GIF87a", "gif"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><!-- x --><svg/>', "svg"),
        (b"<html><body/></html>", None),
        (b"", None),
    ],
)
def test_a_picture_is_known_by_its_first_bytes(content: bytes, format_: str | None) -> None:
    assert picture_format(content) == format_


def test_a_safe_drawing_is_not_changed() -> None:
    drawing = (
        '<defs><marker id="m"><path d="M0 0L1 1"/></marker></defs><style>.a{fill:url(#g)}</style>'
        '<g transform="scale(2)"><path d="M1 1" marker-end="url(#m)" style="stroke:red"/>'
        '<use xlink:href="#m"/><text x="1">Frog <tspan>hops</tspan> on</text></g>'
    )
    clean = sanitised_svg(svg(drawing, 'viewBox="0 0 9 9"')).decode()
    assert drawing in clean
    assert 'viewBox="0 0 9 9"' in clean


@pytest.mark.parametrize(
    "bad",
    [
        "<script>evil</script>",
        '<g onclick="evil"/>',
        "<foreignObject><p>evil</p></foreignObject>",
        '<a xlink:href="javascript:evil"><path d="M0 0"/></a>',
        '<image xlink:href="https://evil.test/x.png"/>',
        '<use href="evil.svg#x"/>',
        '<image href="data:image/svg+xml;base64,evil"/>',
        '<path fill="url(https://evil.test/x)"/>',
        "<style>@import url(evil.css);</style>",
        "<style>@im/**/port 'evil.css';</style>",
        "<style>.a{background:url('evil.png')}</style>",
        '<set attributeName="href" to="evil"/>',
        '<animate attributeName="href" values="evil"/>',
        '<e:evil xmlns:e="urn:evil">evil</e:evil>',
        "<?evil evil?><!-- evil -->",
    ],
)
def test_nothing_that_runs_or_fetches_is_left(bad: str) -> None:
    clean = sanitised_svg(svg(bad + '<path d="M0 0"/>'))
    assert b'<path d="M0 0"/>' in clean
    assert b"evil" not in clean


def test_nothing_can_be_spelt_otherwise() -> None:
    clean = sanitised_svg(svg('<style>.a{fill:u\\72l(x.png)}</style><path style="\\75rl(x)"/>'))
    assert b"\\" not in clean


def test_entities_come_from_nowhere(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("evil")
    doctype = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'.encode()
    assert b"evil" not in sanitised_svg(doctype + svg("<text>&x;</text>"))


@pytest.mark.parametrize("content", [b"", b"<svg", b"<html/>", b"<svg/>"])
def test_a_file_that_is_not_a_drawing_is_an_error(content: bytes) -> None:
    with pytest.raises(ValueError, match="SVG"):
        sanitised_svg(content)


def test_too_large_a_drawing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "LARGEST_BYTES", 10)
    with pytest.raises(ValueError, match="MiB"):
        sanitised_svg(svg(""))
