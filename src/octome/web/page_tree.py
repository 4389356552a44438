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


@dataclass(frozen=True, kw_only=True)
class Tree:
    """A tree that has the page at `path` open in it."""

    root: str
    title: str
    order: CiodOrder
    is_by_tag: bool
    nodes: tuple[Node, ...]


def tree_for(
    library: Library, path: str, edition: str, order: CiodOrder, *, by_tag: bool = False
) -> Tree | None:
    """The tree next to the page at a path; None if the page is in no tree, or in an empty one.

    Parameters
    ----------
    by_tag : bool
        Whether attributes are sorted by tag, and not in the Standard's order.
    """
    words = path.strip("/").split("/")
    if words[0] not in ROOTS:
        return None

    def children(above: str) -> tuple[Child, ...]:
        found = library.children(above, edition, order)
        is_sorted = by_tag and all(child.tag for child in found)
        return tuple(sorted(found, key=lambda child: child.tag)) if is_sorted else found

    def nodes(above: str) -> tuple[Node, ...]:
        return tuple(
            Node(
                child,
                child.path == path,
                nodes(child.path)
                if child.has_items and f"{path}/".startswith(f"{child.path}/")
                else None,
            )
            for child in children(above)
        )

    lines = nodes(f"/{words[0]}")
    if not lines:
        return None
    return Tree(
        root=f"/{words[0]}",
        title=ROOTS[words[0]],
        order=order,
        is_by_tag=by_tag,
        nodes=lines,
    )
