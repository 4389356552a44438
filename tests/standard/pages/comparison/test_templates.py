"""Templates in two editions."""

from __future__ import annotations

from two_ponds import NEWER, OLDER

from octome.standard.library import Library


def test_one_template_row_by_row(ponds: Library) -> None:
    page = ponds.edition_diff(OLDER, NEWER, "templates/10")
    new, toad = page.template_rows
    assert (new.what, new.title) == ("added", '2 > CODE EV (42, SCT, "Newt")')
    # It moved down: only its number differs for that.
    assert (toad.what, toad.title) == ("changed", '3 > TEXT EV (199002, DCM, "Toad")')
    assert toad.before == "VM 1; Requirement U; Condition none"
    assert toad.after == "VM 1-n; Requirement MC; Condition IFF it is wet"


def test_list_of_templates(ponds: Library) -> None:
    (change,) = ponds.edition_diff(OLDER, NEWER, "templates").templates
    assert (change.what, change.path, change.before, change.after) == (
        "changed",
        "/templates/10",
        "2 rows",
        "3 rows",
    )
