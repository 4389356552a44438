"""Changes of attributes, folded."""

from __future__ import annotations

from octome.standard.model.edition_diff import Change, ChangeKind
from octome.standard.model.folded_change import folded

FROG = "/modules/frog"


def change(path: str, what: ChangeKind = "added", group: str = "") -> Change:
    return Change(what=what, title=path, path=FROG + path, edition="2099a", group=group)


def test_items_of_a_new_sequence_are_under_it_at_any_depth() -> None:
    (top,) = folded([change("/1"), change("/1/2"), change("/1/2/3"), change("/1/4")])
    assert [one.title for one in top.inside] == ["/1/2", "/1/4"]
    assert (top.hidden, top.folds) == (3, "3 attributes in its items")


def test_change_in_a_changed_sequence_stands_alone() -> None:
    assert len(folded([change("/1", "changed"), change("/1/2", "changed")])) == 2
    assert len(folded([change("/1", "added"), change("/1/2", "removed")])) == 2


def test_attributes_of_a_macro_are_one_line_for_each_sequence() -> None:
    found = folded(
        [
            change("/1/2", group="Pond Macro"),
            change("/1/3", group="Pond Macro"),
            change("/9"),
            change("/5/2", group="Pond Macro"),
            change("/5/2/8"),
        ]
    )
    assert [(one.title, one.path, one.folds) for one in found] == [
        ("Pond Macro", f"{FROG}/1", "2 attributes"),
        ("/9", f"{FROG}/9", ""),
        ("Pond Macro", f"{FROG}/5", "2 attributes"),
    ]
