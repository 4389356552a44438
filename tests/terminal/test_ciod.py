"""CIODs in the terminal."""

from __future__ import annotations

import pytest

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


@pytest.mark.parametrize("width", [60, 200])
def test_condition_of_a_module_is_below_it_with_its_edition_first(
    library: Library, width: int
) -> None:
    lines = ciod_lines(Sheet(width), library.ciod("segmentation", "2026b"))
    below = next(i for i, line in enumerate(lines) if line.endswith("/frame-of-reference")) + 1
    assert lines[below].strip() == "[condition of 2020b, 6 years older than 2026b]"
    assert lines[below + 1].strip().startswith("Required if")
    unknown = next(i for i, line in enumerate(lines) if line.endswith("/icc-profile")) + 1
    assert lines[unknown].strip() == "condition not known in edition 2026b"
