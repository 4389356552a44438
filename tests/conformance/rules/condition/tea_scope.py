"""A scope for tests of expressions."""

from __future__ import annotations

from collections.abc import Sequence

from octome.conformance.rules.condition.expression import Truth

COLOUR, CUPS, TIME, POT = 0x00080001, 0x00080002, 0x00080003, 0x00080004


class Tea:
    """A scope with a colour, two cups and an empty time; the pot is unknown."""

    def __init__(self, *colours: object) -> None:
        self.found: dict[int, list[list[object]]] = {
            COLOUR: [list(colours or ("GREEN", "DARK"))],
            CUPS: [[2]],
            TIME: [[]],
        }

    def presence(self, tag: int) -> Truth:
        return None if tag == POT else tag in self.found

    def has_value(self, tag: int) -> Truth:
        return None if tag == POT else any(self.found.get(tag, []))

    def values(self, tag: int) -> Sequence[Sequence[object]] | None:
        return None if tag == POT else self.found.get(tag, [])

    def codes(self, tag: int) -> Sequence[tuple[str, str]] | None:
        return None if tag == POT else [("SCT", "1")] if tag == COLOUR else []

    def number_of_items(self, tag: int) -> int | None:
        return None if tag == POT else 2 if tag == CUPS else 0

    def is_demanded(self, tag: int) -> Truth:
        return tag == COLOUR

    def predicate(self, name: str) -> Truth:
        return {"hot": True, "cold": False}.get(name)
