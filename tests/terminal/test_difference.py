"""Differences between editions as lines."""

from __future__ import annotations

import re

from octome.standard.library import Library
from octome.terminal.difference import difference_lines
from octome.terminal.style import plain


def lines(library: Library, subject: str, width: int = 200) -> list[str]:
    return difference_lines(library.edition_diff("2020b", "2026b", subject), width, plain)


def test_change_of_a_type_has_both_values(library: Library) -> None:
    shown = lines(library, "/modules/surface-segmentation")
    (creator,) = [line for line in shown if line.startswith("  (0070,0084)")]
    assert "2 -> 3" in creator


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
