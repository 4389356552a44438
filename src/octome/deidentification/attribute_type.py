"""The Type of an attribute where it is in an instance, from the rules of its CIOD."""

from __future__ import annotations

from octome.conformance.rules.rule import LevelRule
from octome.conformance.rules.rulebook import Rulebook
from octome.deidentification.action_table import Need
from octome.dicom.tag import TAG

GROUPS = (TAG.SharedFunctionalGroupsSequence, TAG.PerFrameFunctionalGroupsSequence)


class Level:
    """What is known of the attributes of one data set: the root of an instance, or an item.

    Parameters
    ----------
    rules : tuple of LevelRule
        Those of all modules that may have attributes there; none if nothing is known.
    groups : tuple of LevelRule
        Those of the functional groups of the CIOD.
    """

    def __init__(self, rules: tuple[LevelRule, ...], groups: tuple[LevelRule, ...] = ()) -> None:
        self._rules = rules
        self._groups = groups
        self._needs: dict[int, Need] = {}
        self._inside: dict[int, Level] = {}

    def need(self, tag: int) -> Need:
        """The strictest Type that a module gives an attribute here."""
        if tag not in self._needs:
            types = {rule.type for level in self._rules for rule in level.rules.get(tag, ())}
            need: Need = "3" if types else "unknown"
            if types & {"1", "1C"}:
                need = "1"
            elif types & {"2", "2C"}:
                need = "2"
            self._needs[tag] = need
        return self._needs[tag]

    def has(self, tag: int) -> bool:
        """Whether a module has an attribute here."""
        return self.need(tag) != "unknown"

    def inside(self, tag: int) -> Level:
        """The level of the items of a sequence."""
        if tag not in self._inside:
            levels = [rule.items for level in self._rules for rule in level.rules.get(tag, ())]
            groups = self._groups if tag in GROUPS else ()
            self._inside[tag] = Level((*dict.fromkeys(levels), *groups))
        return self._inside[tag]


def root_level(rulebook: Rulebook, sop_class: str) -> Level:
    """The root of instances of a SOP Class; one that knows nothing if the edition has no CIOD."""
    ciod = rulebook.ciod_of(sop_class)
    if ciod is None:
        return Level(())
    return Level(
        tuple(module.level for module in ciod.modules),
        tuple(group.level for group in ciod.groups.values()),
    )
