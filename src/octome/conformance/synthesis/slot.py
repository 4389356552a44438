"""The spot where a value is needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pydicom.dataset import Dataset

from octome.conformance.check.scope import Scope
from octome.conformance.rules.rule import AttributeRule
from octome.conformance.rules.rulebook import Rulebook
from octome.conformance.synthesis.instance_plan import Plan

Path = tuple[str, ...]


@dataclass(frozen=True)
class Spot:
    """An attribute at its place in the instance that is being made.

    `path` leads to the data set: keywords of sequences and numbers of items in turn. `place` is
    None where the data set is so new that nothing can be asked of it yet.
    """

    book: Rulebook
    plan: Plan
    rule: AttributeRule
    root: Dataset
    ds: Dataset
    path: Path = ()
    place: Scope | None = None

    @property
    def holders(self) -> Path:
        """The keywords of the sequences around, the outermost first."""
        return self.path[::2]

    @property
    def holder(self) -> str:
        """The keyword of the sequence around; empty at the root."""
        return self.path[-2] if self.path else ""

    @cached_property
    def names(self) -> Path:
        """What tables may call the attribute, the narrowest first."""
        word, inside = self.rule.keyword, f"{self.holder}.{self.rule.keyword}"
        return (f"{self.plan.ciod}:{inside}", inside, f"{self.plan.ciod}:{word}", word)

    @property
    def item(self) -> int:
        """Which item of the sequence around it stands in, from 0."""
        return int(self.path[-1]) if self.path else 0

    @property
    def depth(self) -> int:
        """How many sequences are around."""
        return len(self.path) // 2

    @property
    def frame(self) -> int:
        """Which frame's functional groups it stands in, from 0; 0 elsewhere."""
        return int(self.path[1]) if self.holders[:1] == ("PerFrameFunctionalGroupsSequence",) else 0
