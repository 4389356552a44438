"""The context groups that the codes in the items of a sequence are from."""

from __future__ import annotations

from collections.abc import Iterable

from octome.standard.model.attribute import BoundGroup
from octome.standard.pages.context_group import boolean, group_path
from octome.standard.pages.reader import Reader

BOUND = (
    "SELECT b.cid, g.name, b.binding, g.is_extensible, t.edition FROM binding b "
    "JOIN text t ON t.id = b.text LEFT JOIN context_group g ON g.cid = b.cid "
    "WHERE b.text = ? ORDER BY b.position"
)
MENTIONED = (
    "SELECT g.cid, g.name, 'mentioned', g.is_extensible, t.edition FROM link l "
    "JOIN context_group g ON l.path = '/context-groups/' || g.cid JOIN text t ON t.id = l.text "
    "WHERE l.text = ? ORDER BY l.position"
)


def lost_text_on_codes(reader: Reader, edition: str, path: str) -> list[int]:
    """The same for the sequence at a path below its table, from a source that lost the row."""
    return [
        text
        for (text,) in reader.rows(
            "SELECT text FROM lost_inclusion WHERE edition = ? AND path = ?",
            reader.text_edition(edition),
            path,
        )
    ]


def bound_groups(
    reader: Reader, binding: Iterable[int], others: Iterable[int]
) -> tuple[BoundGroup, ...]:
    """The groups that texts bind the codes of a sequence to, then groups that they mention.

    Parameters
    ----------
    binding : iterable of int
        The texts on the sequence and on its codes.
    others : iterable of int
        Other texts on its items, whose groups are those of other attributes.
    """
    texts = list(binding)
    rows = [row for text in texts for row in reader.rows(BOUND, text)]
    rows += [row for text in (*texts, *others) for row in reader.rows(MENTIONED, text)]
    found: dict[int | None, BoundGroup] = {}
    for cid, name, how, extensible, edition in rows:
        group = BoundGroup(
            cid=cid,
            name=name or "",
            path=group_path(cid) if name else "",
            binding=how,
            is_extensible=boolean(extensible),
            edition=edition,
        )
        found.setdefault(cid, group)
    return tuple(found.values())
