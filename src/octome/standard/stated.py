"""What a text states about an attribute's values, read when the store is compiled.

PS3.3 5.1 and 5.5 (enumerated values and defined terms), 5.6 (context groups), 5.4 (items).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Binding = Literal["baseline", "defined", "none"]
"""Whether the codes of a context group are suggested or required (PS3.3 5.6), or there is none."""
BINDINGS: frozenset[str] = frozenset(get_args(Binding))


@dataclass(frozen=True, slots=True)
class ValueList:
    """A list of values that an attribute may have.

    `is_closed`: Enumerated Values, which may not be extended; else Defined Terms. `index`: the
    value that the list is for, from 0; None: for each value. `condition` are the Standard's words
    on where the list applies; empty: everywhere.
    """

    is_closed: bool
    values: tuple[str, ...]
    index: int | None = None
    condition: str = ""


@dataclass(frozen=True, slots=True)
class ContextGroup:
    """A context group that the codes of an attribute are from.

    `cid` is None where the text states that there is none. `is_always`: the text does not limit
    it, as in "for images" or "unless".
    """

    cid: int | None
    binding: Binding
    is_always: bool = True

    def __post_init__(self) -> None:
        if self.binding not in BINDINGS:
            raise ValueError(f"{self.binding!r} is not a binding of a context group")

    @property
    def is_defined(self) -> bool:
        """Whether the codes shall be from the group."""
        return self.binding == "defined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a text of an edition states, as far as that is certain.

    `sections` are those it refers to if it has no list of terms itself. `items` is the least and
    the largest number of items, None for any number. `overridden_module` is the module whose Type
    of the same attribute does not count (PS3.3 C.8.6.1).
    """

    edition: str
    value_lists: tuple[ValueList, ...] = ()
    context_groups: tuple[ContextGroup, ...] = ()
    sections: tuple[str, ...] = ()
    items: tuple[int, int | None] | None = None
    overridden_module: str = ""
