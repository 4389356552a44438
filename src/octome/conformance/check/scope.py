"""The scope of a condition: a data set, and the other data sets of the attributes it names.

A sibling of the conditional attribute is looked up there. Any other attribute is looked up in the
parent data sets, from the inside out, then in the functional groups: those of the same frame first
(PS3.3 C.7.6.16.1.1: a frame's groups and the shared ones together describe it).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from octome.conformance.check.predicates import OF_INSTANCE, OWN_VALUES, PREDICATES
from octome.conformance.rules.condition.expression import Truth
from octome.dicom.data_set import NUMBERS, DataSet
from octome.dicom.tag import TAG

CODE_VALUES = (TAG.CodeValue, TAG.LongCodeValue, TAG.URNCodeValue)
# Read without a scope: by predicates, of codes, for alternatives, to decode text.
ALWAYS_READ = OWN_VALUES | {
    *CODE_VALUES,
    TAG.CodingSchemeDesignator,
    TAG.ValueType,
    TAG.SpecificCharacterSet,
}
DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+-]?\d+)?", re.ASCII)


class Instance:
    """What all scopes of one instance share.

    Parameters
    ----------
    root : DataSet
        The whole instance.
    demands : callable
        Whether its CIOD requires an attribute in every instance.
    """

    def __init__(self, root: DataSet, demands: Callable[[int], Truth] = lambda _tag: None) -> None:
        self.root = root
        self.demands = demands
        self.tags = frozenset(root.elements)
        """The tags of the attributes of the root."""
        self.present = frozenset(root.walk.by_tag)
        """The tags of all attributes, of the items too."""
        self._predicates: dict[str, Truth] = {}
        self.values_read = set(ALWAYS_READ)
        """Every attribute whose value was read, apart from whether it has one."""

    def predicate(self, name: str) -> Truth:
        """A predicate of the instance as a whole, evaluated once."""
        if name not in self._predicates:
            self._predicates[name] = PREDICATES[name](self.root)
        return self._predicates[name]

    def in_groups(self, tag: int) -> list[DataSet]:
        """The functional groups, of any frame, that have an attribute."""
        return [ds for ds in self.root.everywhere(tag) if _is_group(ds)]


class Scope:
    """One data set of an instance, and the attributes that may be siblings in it.

    Parameters
    ----------
    instance : Instance
        Whose data set it is.
    ds : DataSet
        Where the conditional attribute is or would be.
    siblings : frozenset of int
        The tags that the same table has at the same level.
    """

    __slots__ = ("ds", "instance", "siblings")

    def __init__(self, instance: Instance, ds: DataSet, siblings: frozenset[int]) -> None:
        self.instance = instance
        self.ds = ds
        self.siblings = siblings

    def presence(self, tag: int) -> Truth:
        """Whether the attribute is present, empty or not."""
        found = self._data_sets_with(tag)
        return None if found is None else bool(found)

    def has_value(self, tag: int) -> Truth:
        """Whether it is present with a value, or with an item."""
        found = self._data_sets_with(tag)
        return None if found is None else any(ds.has_value(tag) for ds in found)

    def values(self, tag: int) -> Sequence[Sequence[object]] | None:
        """Its values in each data set where it may be meant; None if one cannot be read."""
        self.instance.values_read.add(tag)
        found = self._data_sets_with(tag)
        if found is None or not all(is_readable(ds, tag) for ds in found):
            return None
        return [ds.values(tag) for ds in found]

    def own_values(self, tag: int) -> Sequence[object]:
        """Its values in this data set."""
        self.instance.values_read.add(tag)
        return self.ds.values(tag)

    def codes(self, tag: int) -> Sequence[tuple[str, str]] | None:
        """Coding scheme and value of the items of a code sequence."""
        found = self._data_sets_with(tag)
        if found is None:
            return None
        return [code_of(item) for ds in found for item in ds.items(tag)]

    def number_of_items(self, tag: int) -> int | None:
        """The number of items of the sequence."""
        found = self._data_sets_with(tag)
        return None if found is None else max((len(ds.items(tag)) for ds in found), default=0)

    def is_demanded(self, tag: int) -> Truth:
        """Whether the CIOD requires the attribute in every instance."""
        return self.instance.demands(tag)

    def predicate(self, name: str) -> Truth:
        """A predicate of `predicates.py`."""
        is_of_instance = name in OF_INSTANCE
        return self.instance.predicate(name) if is_of_instance else PREDICATES[name](self.ds)

    def _data_sets_with(self, tag: int) -> list[DataSet] | None:
        """The data sets whose attribute is meant; None if unknown."""
        if tag in self.ds.elements:
            return [self.ds]
        if tag in self.siblings and self.ds.parent is not None:
            return []
        parent = self.ds.parent
        while parent is not None:
            if tag in parent.elements:
                return [parent]
            parent = parent.parent
        found = self._in_same_frame(tag)
        if found or not self.instance.root.everywhere(tag):
            return found
        if tag in self.siblings:
            return self.instance.in_groups(tag)
        # It is somewhere else; it is unknown if that one is meant.
        return self.instance.in_groups(tag) or None

    def _in_same_frame(self, tag: int) -> list[DataSet]:
        """Other functional groups of the frame that this scope is in, then the shared ones."""
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


def is_readable(ds: DataSet, tag: int) -> bool:
    """Whether the value of an attribute that is there can be read as its VR requires.

    A number that is none does not decide a condition, and neither does a value that is cut.
    """
    element = ds.elements[tag]
    if element.is_unread or tag == ds.cut_at:
        return False
    if element.vr in ("IS", "DS"):
        return all(value == "" or DECIMAL.fullmatch(str(value)) for value in ds.values(tag))
    return element.vr not in NUMBERS or not element.length or bool(ds.values(tag))


def code_of(item: DataSet) -> tuple[str, str]:
    """Coding scheme and value of a code sequence's item; empty strings where they are missing."""
    value = next((item.text(tag) for tag in CODE_VALUES if item.has_value(tag)), "")
    return item.text(TAG.CodingSchemeDesignator), value


def _groups(frame: DataSet) -> Iterator[DataSet]:
    """The items of a frame's functional groups."""
    for element in frame:
        yield from element.items or ()


def _is_group(ds: DataSet) -> bool:
    """Whether a data set is an item of a functional group, shared or of a frame."""
    return ds.parent is not None and ds.parent.parent_sequence in (
        TAG.SharedFunctionalGroupsSequence,
        TAG.PerFrameFunctionalGroupsSequence,
    )
