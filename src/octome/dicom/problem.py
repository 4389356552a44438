"""Problems of an encoding, reported a limited number of times."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

MOST_OF_A_CODE = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of the encoding: the code of its finding, its path, and a message.

    `path` leads from the root: tags of sequences and numbers of items in turn, then the tag.
    """

    code: str
    path: tuple[int, ...]
    message: str


class Problems:
    """The problems of one instance: the first hundred of each code, then that there are more."""

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self._counts: Counter[str] = Counter()

    @property
    def count(self) -> int:
        """How many were added, reported or not."""
        return self._counts.total()

    def add(self, code: str, message: str, path: tuple[int, ...] = ()) -> None:
        """Report one more."""
        self._counts[code] += 1
        if self._counts[code] <= MOST_OF_A_CODE:
            self.found.append(Problem(code, path, message))
        elif self._counts[code] == MOST_OF_A_CODE + 1:
            more = f"more than {MOST_OF_A_CODE} elements have this problem: the rest are not listed"
            self.found.append(Problem(code, (), more))
