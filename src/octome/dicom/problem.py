"""What is wrong with an encoding, told a bounded number of times."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

MOST_OF_A_CODE = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the encoding: a code of a finding, where, and what.

    `path` leads from the root: tags of sequences and numbers of items in turn, then the tag.
    """

    code: str
    path: tuple[int, ...]
    message: str


class Problems:
    """The problems of one instance; of each code the first hundred, then that there are more."""

    def __init__(self) -> None:
        self.found: list[Problem] = []
        self._told: Counter[str] = Counter()

    def say(self, code: str, message: str, path: tuple[int, ...] = ()) -> None:
        """Tell one more."""
        self._told[code] += 1
        if self._told[code] <= MOST_OF_A_CODE:
            self.found.append(Problem(code, path, message))
        elif self._told[code] == MOST_OF_A_CODE + 1:
            more = f"the same is so in more than {MOST_OF_A_CODE} places: only these are told"
            self.found.append(Problem(code, (), more))
