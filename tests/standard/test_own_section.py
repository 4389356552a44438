"""The section of a module or a macro."""

from __future__ import annotations

import pytest

from octome.errors import UnknownPath
from octome.standard.library import Library
from octome.standard.own_section import own_section, paths_of_section

PAGE = "https://dicom.nema.org/medical/dicom/current/output/chtml/part03/sect_C.7.6.html"


@pytest.mark.parametrize(
    ("path", "url", "expected"),
    [
        ("/modules/general-image", f"{PAGE}#table_C.7-9", "C.7.6.1"),
        ("/modules/floating-point-image-pixel", f"{PAGE}#table_PS3.3_C.7.6.24-1", "C.7.6.24"),
        ("/modules/patient", None, "C.7.1.1"),
        ("/modules/frogs", None, ""),
        ("/modules/patient", f"{PAGE}#table_Q.1-1", ""),
    ],
)
def test_a_table_is_in_one_section(path: str, url: str | None, expected: str) -> None:
    assert own_section(path, url) == expected


def test_a_section_without_text_shows_the_module_that_it_consists_of(library: Library) -> None:
    assert paths_of_section("C.7.1.1") == ("/modules/patient",)
    assert library.at("/sections/C.7.1.1").path == "/modules/patient"
    with pytest.raises(UnknownPath):
        library.at("/sections/Q.1.2")
