"""The tree next to a page is open down to the page."""

from __future__ import annotations

import pytest

from octome.standard.library import Library
from octome.web.page_tree import Node, tree_for

PATH = "/ciods/ct-image/image-plane/00280030"


def opened(nodes: tuple[Node, ...] | None) -> list[str]:
    """The paths of the branches that are open."""
    return [
        path
        for node in nodes or ()
        if node.nodes is not None
        for path in (node.child.path, *opened(node.nodes))
    ]


def test_only_the_branches_above_a_page_are_open(library: Library) -> None:
    tree = tree_for(library, PATH, library.editions[0], "standard")
    assert tree is not None
    assert (tree.root, tree.title) == ("/ciods", "CIODs")
    assert opened(tree.nodes) == ["/ciods/ct-image", "/ciods/ct-image/image-plane"]
    assert sum(node.is_closed for node in tree.nodes) == len(tree.nodes) - 1


def test_a_path_is_not_below_one_that_only_begins_alike(library: Library) -> None:
    tree = tree_for(library, "/ciods/rt-image", library.editions[0], "standard")
    assert tree is not None
    assert opened(tree.nodes) == ["/ciods/rt-image"]


# 2026b's source has no macros.
@pytest.mark.parametrize("path", ["/search", "/attributes/00280030", "/editions", "/macros"])
def test_other_pages_have_no_tree(library: Library, path: str) -> None:
    assert tree_for(library, path, library.editions[0], "standard") is None


def test_attributes_are_sorted_by_tag_at_every_depth(library: Library) -> None:
    path = "/modules/general-reference/00081140"
    tree = tree_for(library, path, library.editions[0], "standard", by_tag=True)
    assert tree is not None
    module = next(node for node in tree.nodes if node.nodes is not None)
    tags = [node.child.tag for node in module.nodes or ()]
    assert tags == sorted(tags)
    sequence = next(node for node in module.nodes or () if node.is_current)
    below = [node.child.tag for node in sequence.nodes or ()]
    assert below == sorted(below)
    assert len(below) > 2
