"""Differences between editions as lines."""

from __future__ import annotations

import re

import pytest

from octome.standard.library import Library
from octome.standard.model.edition_diff import COMPARED_WITH, SPELLING, EditionDiff
from octome.terminal.difference import difference_lines
from octome.terminal.style import plain


def lines(library: Library, subject: str, width: int = 200) -> list[str]:
    return difference_lines(library.edition_diff("2020b", "2026b", subject), width, plain)


def test_change_of_a_type_has_both_values(library: Library) -> None:
    shown = lines(library, "/modules/surface-segmentation")
    (creator,) = [line for line in shown if line.startswith("  (0070,0084)")]
    assert "2 -> 3" in creator


def test_attributes_are_folded_unless_each_is_requested(library: Library) -> None:
    page = library.edition_diff("2020b", "2026b", "modules/enhanced-us-image")
    shown = difference_lines(page, 200, plain)
    assert len(shown) < 15
    assert "45 attributes in its items" in "\n".join(shown)
    assert shown[-1].endswith("octome diff 2020b 2026b modules/enhanced-us-image --all")
    whole = difference_lines(page, 200, plain, is_unfolded=True)
    assert sum(line.startswith(("  (", "  >")) for line in whole) == len(page.attributes)


def test_whole_comparison_fits_a_screen_and_names_the_rest(library: Library) -> None:
    shown = lines(library, "", 80)
    assert len(shown) <= 40
    assert max(map(len, shown)) <= 80
    assert re.search(r"^  modules +42 +4 +- +\d+$", "\n".join(shown), re.MULTILINE)
    assert "  octome diff 2020b 2026b ciods    a list, named as above" in shown


def test_page_of_a_change_can_be_copied_with_its_edition(library: Library) -> None:
    shown = "\n".join(lines(library, "modules"))
    for path, edition in re.findall(r"(/modules/\S+) --edition (\S+)", shown):
        assert library.at(path, edition).path == path
    assert "/modules/rt-dose-roi --edition 2020b" in shown
    assert "Modules changed: " in shown
    assert "in full: octome diff 2020b 2026b PATH" in shown


@pytest.mark.parametrize(
    ("subject", "lacking"),
    [
        ("uids", "2020b has those of 2024c"),
        ("context-groups", "2020b has those of 2024c"),
        ("context-groups/29", "2020b has those of 2024c"),
        ("codes/DCM/121071", "2020b has those of 2024c"),
        ("macros", "2026b has none here"),
        ("templates", "2020b and 2026b have none here"),
        ("confidentiality", "2026b has none here"),
        ("parts", "no whole part in common"),
        ("parts/3", "2026b does not have this part here"),
    ],
)
def test_nothing_compared_is_not_called_no_differences(
    library: Library, subject: str, lacking: str
) -> None:
    shown = "\n".join(lines(library, subject))
    assert "No differences" not in shown
    assert shown.endswith("\n\nNothing was compared.")
    assert lacking in shown


@pytest.mark.parametrize(
    ("note", "words"),
    [
        (f"{COMPARED_WITH}2 sections within it.", "No differences."),
        (SPELLING, "No differences."),
        ("1999a has no frogs.", "No differences in what was compared."),
    ],
)
def test_no_differences_in_what_was_compared(note: str, words: str) -> None:
    page = EditionDiff(
        path="/",
        edition="1999b",
        title="Frog",
        older="1999a",
        newer="1999b",
        subject=None,
        notes=(note,),
    )
    assert difference_lines(page, 80, plain)[-1] == words


def test_same_attribute_has_no_differences(library: Library) -> None:
    assert lines(library, "attributes/PatientID")[-1].startswith("No differences")
