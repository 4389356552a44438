"""The sections that findings cite."""

from __future__ import annotations

import pytest
from small_instance import ct_image, encoded

from octome.conformance.check.checker import Checker
from octome.conformance.check.citation import Citations
from octome.standard.library import Library


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("PS3.3 C.7.1.1, Table C.7-1", "PS3.3 C.7.1.1, Table C.7-1"),
        ("PS3.3 C.7.1.1.9.9", "PS3.3 C.7.1.1"),  # the nearest around it
        ("PS3.3 Q.1", "PS3.3 Q.1"),
        ("PS3.22 3", "PS3.22 3"),  # of a part that is not here
        ("", ""),
    ],
)
def test_the_nearest_section_that_opens_is_cited(
    library: Library, section: str, expected: str
) -> None:
    assert Citations(library, library.edition()).nearest(section) == expected


def test_findings_about_modules_cite_sections_that_open(
    checkers: dict[str, Checker], made_instances: dict[tuple[str, str], bytes]
) -> None:
    cited = {
        (edition, finding.section)
        for (edition, ciod), content in made_instances.items()
        if ciod < "e"
        for finding in checkers[edition].check(content).findings
        if finding.module
    }
    assert len(cited) > 50
    closed = {
        section
        for edition, section in cited
        if not checkers[edition].library.has_section(
            section.removeprefix("PS3.3 ").partition(",")[0], edition
        )
    }
    assert closed == set()


def test_sections_without_text_are_named_once(checker_2020: Checker) -> None:
    ds = ct_image()
    ds.add_new(0x00180060, "DS", "1")
    content = encoded(ds).replace(b"DS\x02\x001 ", b"DS\x02\x00x ")
    found = checker_2020.check(content)
    assert "PS3.5 6.2" in {finding.section for finding in found.findings}
    assert found.sections_without_text == ("PS3.5 6.2",)
