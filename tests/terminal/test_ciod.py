"""CIODs in the terminal."""

from __future__ import annotations

from octome.standard.library import Library
from octome.terminal.ciod import ciod_index_lines, ciod_lines
from octome.terminal.sheet import Sheet


def test_ciods_are_under_their_kinds_if_that_is_the_order(library: Library) -> None:
    sheet = Sheet()
    page = library.ciod_index(order="kind")
    lines = ciod_index_lines(sheet, page)
    assert lines[:2] == sheet.head(page.ciods[0].kind)
    assert len([line for line in lines if "/ciods/" in line]) == len(page.ciods)


def test_modules_of_a_ciod_are_under_their_information_entities(library: Library) -> None:
    lines = ciod_lines(Sheet(200), library.ciod("ct-image"))
    patient = lines.index("  Patient")
    assert lines[patient + 1].split() == ["M", "Patient", "/ciods/ct-image/patient"]
