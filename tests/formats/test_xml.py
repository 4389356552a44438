"""XML from untrusted sources: its texts and numbers; an error in one line for other files."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from octome.errors import DeviceFileUnreadable
from octome.formats.xml import number, text, xml_root


def test_texts_are_stripped_and_empty_ones_are_none() -> None:
    element = etree.fromstring("<a><b><c>\n OD </c></b><d> </d><e/><n> 1.5e-3 </n></a>")
    assert text(element, "b/c") == "OD"
    assert [text(element, where) for where in ("d", "e", "f")] == [None, None, None]
    assert number(element, "n") == 0.0015
    assert number(element, "e") is None
    with pytest.raises(ValueError, match="OD"):
        number(element, "b/c")


@pytest.mark.parametrize("content", [b"", b"<a>", b"\x89PNG", b"<a></b>"])
def test_a_file_that_is_not_xml_is_an_error_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "scan.xml"
    path.write_bytes(content)
    with pytest.raises(DeviceFileUnreadable, match=r"scan\.xml is not well-formed XML") as caught:
        xml_root(path)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DeviceFileUnreadable, match="No such file"):
        xml_root(tmp_path / "none.xml")


def test_no_other_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    path = tmp_path / "scan.xml"
    url = (tmp_path / "secret").as_uri()
    path.write_text(f'<!DOCTYPE a [<!ENTITY e SYSTEM "{url}">]><a><b>&e;</b></a>')
    assert text(xml_root(path), "b") is None
