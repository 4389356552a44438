"""What is in one edition and not in another."""

from __future__ import annotations

import pytest

from octome.standard.model.edition import Change, ChangeKind
from octome.standard.pages.changes import differences, kind_of_change

FROG, POND = {"/frog": ("Frog", "1")}, {"/pond": ("Pond", "2")}


def test_differences_are_in_the_order_of_their_paths() -> None:
    assert differences(FROG, POND) == (
        Change(what="removed", title="Frog", path="/frog", before="1", after=None),
        Change(what="added", title="Pond", path="/pond", before=None, after="2"),
    )
    assert differences(FROG, FROG) == ()


def test_other_value_of_one_path_is_a_change() -> None:
    (change,) = differences(FROG, {"/frog": ("Tree Frog", "1C")})
    assert change == Change(what="changed", title="Tree Frog", path="/frog", before="1", after="1C")


@pytest.mark.parametrize(
    ("is_before", "is_after", "kind"),
    [(True, True, "changed"), (True, False, "removed"), (False, True, "added")],
)
def test_kind_of_change_is_by_which_edition_has_it(
    *, is_before: bool, is_after: bool, kind: ChangeKind
) -> None:
    assert kind_of_change(is_before=is_before, is_after=is_after) == kind
