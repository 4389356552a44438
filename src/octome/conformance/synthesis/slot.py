"""A slot: an attribute at its position in the instance that is being built."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pydicom.dataset import Dataset

from octome.conformance.check.scope import Scope
from octome.conformance.rules.rule import AttributeRule
from octome.conformance.rules.rulebook import Rulebook
from octome.conformance.synthesis.instance_plan import InstancePlan

Path = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Slot:
    """An attribute at its position in the instance that is being built.

    `path` leads to the data set: keywords of sequences and item numbers in turn. `scope` is
    None while the data set is new and conditions cannot be evaluated in it.
    """

    book: Rulebook
    plan: InstancePlan
    rule: AttributeRule
    root: Dataset
    ds: Dataset
    path: Path = ()
    scope: Scope | None = None

    @property
    def parent_sequences(self) -> Path:
        """The keywords of all parent sequences, the outermost first."""
        return self.path[::2]

    @property
    def parent_sequence(self) -> str:
        """The keyword of the parent sequence; empty at the root."""
        return self.path[-2] if self.path else ""

    @cached_property
    def names(self) -> Path:
        """The names that tables may use for the attribute, the narrowest first."""
        word, inside = self.rule.keyword, f"{self.parent_sequence}.{self.rule.keyword}"
        return (f"{self.plan.ciod}:{inside}", inside, f"{self.plan.ciod}:{word}", word)

    @property
    def item(self) -> int:
        """The number of its item in the parent sequence, from 0."""
        return int(self.path[-1]) if self.path else 0

    @property
    def depth(self) -> int:
        """How many parent sequences there are."""
        return len(self.path) // 2

    @property
    def frame(self) -> int:
        """The frame of its functional group, from 0; 0 elsewhere."""
        return (
            int(self.path[1])
            if self.parent_sequences[:1] == ("PerFrameFunctionalGroupsSequence",)
            else 0
        )
