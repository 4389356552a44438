"""One thing that a search can find, as it is indexed."""

from __future__ import annotations

from typing import NamedTuple

from octome.standard.search.short_names import squash


class Doc(NamedTuple):
    """One thing to find.

    `keys` and `editions` are as in the schema. `weight` is how near the front it comes, all else
    equal. Only the index holds `alias`, other names, and `body`, the text: the words of `texts`
    and what else is found by its words. Where not `by_name`, its title is only found as text.
    """

    kind: str
    path: str
    title: str
    detail: str
    weight: float
    keys: tuple[str, ...] = ()
    editions: str = ""
    alias: str = ""
    body: str = ""
    texts: tuple[int, ...] = ()
    by_name: bool = True

    def row(self, number: int) -> tuple[object, ...]:
        """The row of the table `doc`."""
        folded = squash(self.title) if self.by_name else ""
        named = (number, self.kind, self.path, self.title, self.detail, folded)
        return (*named, self.weight, self.editions, " ".join(map(str, self.texts)))
