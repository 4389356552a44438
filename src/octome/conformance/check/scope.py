"""The place that a condition is asked of: a data set, and where else what it names may stand.

An attribute beside the conditional one is meant there. Any other is looked for in the data sets
around, from the inside out, then in the functional groups: those of the same frame first (PS3.3
C.7.6.16.1.1: a frame's groups and the shared ones make up what holds for it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from octome.conformance.check.predicates import FACTS
from octome.conformance.rules.condition.expression import Truth
from octome.dicom.data_set import DataSet
from octome.dicom.tag import TAG

CODE_VALUES = (TAG.CodeValue, TAG.LongCodeValue, TAG.URNCodeValue)


class Instance:
    """What all places of one instance share.

    Parameters
    ----------
    root : DataSet
        The whole instance.
    demands : callable
        Whether its CIOD wants an attribute in every instance.
    """

    def __init__(self, root: DataSet, demands: Callable[[int], Truth] = lambda _tag: None) -> None:
        self.root = root
        self.demands = demands
        self._tags: frozenset[int] | None = None
        self._in_groups: dict[int, list[DataSet]] | None = None

    @property
    def tags(self) -> frozenset[int]:
        """Every tag that stands anywhere."""
        if self._tags is None:
            self._tags = frozenset(_all_tags(self.root))
        return self._tags

    def in_groups(self, tag: int) -> list[DataSet]:
        """The functional groups, of any frame, that hold an attribute."""
        if self._in_groups is None:
            self._in_groups = {}
            for holder in (
                TAG.SharedFunctionalGroupsSequence,
                TAG.PerFrameFunctionalGroupsSequence,
            ):
                for frame in self.root.items(holder):
                    for group in _groups(frame):
                        for found in group.elements:
                            self._in_groups.setdefault(found, []).append(group)
        return self._in_groups.get(tag, [])


class Place:
    """One data set of an instance, with the attributes that the Standard puts side by side there.

    Parameters
    ----------
    instance : Instance
        Whose data set it is.
    ds : DataSet
        Where the conditional attribute stands or would stand.
    beside : frozenset of int
        The tags that the same table has at the same level.
    """

    __slots__ = ("beside", "ds", "instance")

    def __init__(self, instance: Instance, ds: DataSet, beside: frozenset[int]) -> None:
        self.instance = instance
        self.ds = ds
        self.beside = beside

    def presence(self, tag: int) -> Truth:
        """Whether the attribute is there, empty or not."""
        found = self._holders(tag)
        return None if found is None else bool(found)

    def has_value(self, tag: int) -> Truth:
        """Whether it is there with a value, or with an item."""
        found = self._holders(tag)
        return None if found is None else any(ds.has_value(tag) for ds in found)

    def values(self, tag: int) -> Sequence[Sequence[object]] | None:
        """Its values wherever it is meant."""
        found = self._holders(tag)
        return None if found is None else [ds.values(tag) for ds in found]

    def codes(self, tag: int) -> Sequence[tuple[str, str]] | None:
        """Coding scheme and value of the items of a code sequence."""
        found = self._holders(tag)
        if found is None:
            return None
        return [code_of(item) for ds in found for item in ds.items(tag)]

    def number_of_items(self, tag: int) -> int | None:
        """How many items a sequence has where it is meant."""
        found = self._holders(tag)
        return None if found is None else max((len(ds.items(tag)) for ds in found), default=0)

    def is_demanded(self, tag: int) -> Truth:
        """Whether the CIOD wants the attribute in every instance."""
        return self.instance.demands(tag)

    def fact(self, name: str) -> Truth:
        """A fact of `known.py`."""
        return FACTS[name](self.ds)

    def _holders(self, tag: int) -> list[DataSet] | None:
        """The data sets in which the attribute is meant; None where that is not known."""
        if tag in self.ds.elements:
            return [self.ds]
        if tag in self.beside and self.ds.parent is not None:
            return []
        around = self.ds.parent
        while around is not None:
            if tag in around.elements:
                return [around]
            around = around.parent
        found = self._in_same_frame(tag)
        if found or tag not in self.instance.tags:
            return found
        if tag in self.beside:
            return self.instance.in_groups(tag)
        # It stands somewhere, and whether it is the one that is meant there is not known.
        return self.instance.in_groups(tag) or None

    def _in_same_frame(self, tag: int) -> list[DataSet]:
        """Other functional groups of the frame that this place is in, then the shared ones."""
        frame: DataSet | None = self.ds
        while frame is not None and frame.parent_sequence not in (
            TAG.SharedFunctionalGroupsSequence,
            TAG.PerFrameFunctionalGroupsSequence,
        ):
            frame = frame.parent
        if frame is None:
            return []
        shared = self.instance.root.items(TAG.SharedFunctionalGroupsSequence)
        for one in (frame, *shared):
            found = [group for group in _groups(one) if tag in group.elements]
            if found:
                return found
        return []


def code_of(item: DataSet) -> tuple[str, str]:
    """Coding scheme and value of a code sequence's item; empty strings where they are missing."""
    value = next((item.text(tag) for tag in CODE_VALUES if item.has_value(tag)), "")
    return item.text(TAG.CodingSchemeDesignator), value


def _groups(frame: DataSet) -> Iterator[DataSet]:
    """The items of a frame's functional groups."""
    for element in frame:
        yield from element.items or ()


def _all_tags(ds: DataSet) -> Iterator[int]:
    waiting = [ds]
    while waiting:
        here = waiting.pop()
        yield from here.elements
        for element in here:
            waiting += element.items or ()
