"""The tree next to a page: the CIODs or modules, opened down to the page."""

from __future__ import annotations

from dataclasses import dataclass

from octome.standard.library import Library
from octome.standard.model.ciod import CiodOrder
from octome.standard.model.page import Child

ROOTS = {"ciods": "CIODs", "modules": "Modules", "macros": "Macros"}


@dataclass(frozen=True)
class Node:
    """One line of the tree; `nodes` is None if it is closed."""

    child: Child
    is_current: bool
    nodes: tuple[Node, ...] | None

    @property
    def is_closed(self) -> bool:
        """Whether it looks the same on every page."""
        return self.nodes is None and not self.is_current


@dataclass(frozen=True)
class Tree:
    """A tree that has the page at `path` open in it."""

    root: str
    title: str
    order: CiodOrder
    nodes: tuple[Node, ...]


def tree_for(library: Library, path: str, edition: str, order: CiodOrder) -> Tree | None:
    """The tree next to the page at a path; None if the page is in no tree."""
    words = path.strip("/").split("/")
    if words[0] not in ROOTS:
        return None

    def nodes(above: str) -> tuple[Node, ...]:
        return tuple(
            Node(
                child,
                child.path == path,
                nodes(child.path)
                if child.has_items and f"{path}/".startswith(f"{child.path}/")
                else None,
            )
            for child in library.children(above, edition, order)
        )

    return Tree(f"/{words[0]}", ROOTS[words[0]], order, nodes(f"/{words[0]}"))
