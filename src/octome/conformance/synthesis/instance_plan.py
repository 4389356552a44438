"""The request for one instance, and what all of its values share."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

# How deep optional attributes are added in the items of sequences. 0 is the root.
DEEPEST_OPTIONAL = 1
FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True, kw_only=True)
class InstancePlan:
    """The request for one instance.

    `ciod` is its id in the newest edition that has it, which the tables use. `edition` is the one
    whose rules are followed. `all_optional` adds every allowed attribute, in items down to
    `DEEPEST_OPTIONAL`.
    """

    ciod: str
    sop_class: str
    edition: str
    seed: int = 0
    all_optional: bool = False

    def uid(self, *what: object) -> str:
        """The UID of something: the same for the same seed (PS3.5 B.2).

        Examples
        --------
        >>> plan = InstancePlan(ciod="x", sop_class="1.2", edition="2026b")
        >>> other = InstancePlan(ciod="y", sop_class="1.3", edition="2026b")
        >>> plan.uid("study") == other.uid("study")
        True
        """
        words = "/".join(["octome", str(self.seed), *map(str, what)])
        number = int.from_bytes(hashlib.sha256(words.encode()).digest()[:16], "big")
        return f"2.25.{number}"

    @property
    def own_uid(self) -> str:
        """The SOP Instance UID."""
        what = (self.edition, self.ciod, self.sop_class, self.all_optional)
        return self.uid("instance", *what)

    @property
    def day(self) -> str:
        """The date of the whole study, as a DA.

        Examples
        --------
        >>> InstancePlan(ciod="x", sop_class="1.2", edition="2026b", seed=31).day
        '20000201'
        """
        return f"{FIRST_DAY + timedelta(days=self.seed % 365):%Y%m%d}"

    def may_be_optional(self, depth: int) -> bool:
        """Whether optional attributes are added at this depth of sequences."""
        return self.all_optional and depth <= DEEPEST_OPTIONAL
