"""What changed between editions."""

from __future__ import annotations

from octome.standard.library import Library
from octome.standard.model.edition import EditionDiff


def changes(library: Library, subject: str = "") -> EditionDiff:
    page = library.at(f"/editions/2020b..2026b{subject}")
    assert isinstance(page, EditionDiff)
    return page


def test_new_renamed_and_lost_ciods(library: Library) -> None:
    found = {(change.what, change.path) for change in changes(library).ciods}
    assert ("added", "/ciods/height-map-segmentation") in found
    assert ("changed", "/ciods/computed-radiography-image") in found
    assert not [path for what, path in found if what == "removed"]


def test_every_module_listed_as_changed_has_changes(library: Library) -> None:
    for change in changes(library).modules:
        if change.what == "changed":
            assert changes(library, change.path).attributes, change.path


def test_module_that_is_not_listed_has_no_changes(library: Library) -> None:
    found = {change.path for change in changes(library).modules}
    same = [
        child.path for child in library.children("/modules", "2020b") if child.path not in found
    ]
    assert len(same) > 100
    for path in same[::10]:
        assert not changes(library, path).attributes, path


def test_changed_type_has_both_values(library: Library) -> None:
    # Content Creator's Name went from Type 2 to 3 in Surface Segmentation.
    module = "/modules/surface-segmentation"
    of_path = {change.path: change for change in changes(library, module).attributes}
    creator = of_path[f"{module}/00700084"]
    assert (creator.what, creator.before, creator.after) == ("changed", "2", "3")


def test_functional_groups_are_not_compared(library: Library) -> None:
    for page in (changes(library), changes(library, "/ciods/enhanced-ct-image")):
        paths = [change.path for change in page.modules if "functional-groups" in change.path]
        # The sparse ones are a module of their own, and new.
        assert [path for path in paths if "/sparse-" not in path] == []


def test_modules_of_one_ciod(library: Library) -> None:
    modules = changes(library, "/ciods/ct-image").modules
    assert ("added", "/modules/enhanced-patient-orientation") in [(c.what, c.path) for c in modules]


def test_list_of_editions_counts_what_each_holds(library: Library) -> None:
    index = library.edition_index()
    assert [(edition.id, edition.ciods, edition.modules) for edition in index.editions] == [
        ("2026b", 175, 445),
        ("2020b", 143, 375),
    ]
    assert [edition.is_current for edition in index.editions] == [True, False]
    assert [link.path for link in index.comparisons] == ["/editions/2020b..2026b"]
