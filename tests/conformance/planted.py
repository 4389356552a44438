"""Defects planted one at a time into clean instances, and whether each is found.

Required attributes come from the library's pages, not from the rules that the check has compiled: a
rule that is lost in compiling would be lost for both.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from octome.conformance.check.checker import Checker
from octome.conformance.rules.dictionary import Dictionary
from octome.dicom.data_set import DataSet, Element
from octome.dicom.part10 import Encoded, read_encoded
from octome.standard.functional_group import PER_FRAME, SHARED
from octome.standard.library import Library

# A value that no VR allows: a control character, a wrong length, an impossible date.
CORRUPT = {
    "AS": b"999X", "CS": b"not a code", "DA": b"20261399", "DS": b"ten ", "DT": b"20261399",
    "IS": b"1.5 ", "TM": b"9999", "UI": b"1..2", "US": b"\1\0\1", "UL": b"\1\0\1",
    "SS": b"\1\0\1", "SL": b"\1\0\1", "FL": b"\1\0\1", "FD": b"\1\0\1", "AT": b"\1\0\1",
    "LO": b"bell\7 ", "SH": b"bell\7 ", "PN": b"bell\7 ", "ST": b"bell\7 ", "LT": b"bell\7 ",
    "UT": b"bell\7 ", "UC": b"bell\7 ", "AE": b"bell\7 ",
}  # fmt: skip


@dataclass(frozen=True)
class Required:
    """A required attribute of an instance: its path and type."""

    ds: DataSet
    tag: int
    type: str
    path: str


@dataclass
class Tally:
    """How many defects of each kind were planted, found, and found alone."""

    planted: dict[str, int] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)
    alone: dict[str, int] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)

    def count(self, kind: str, path: str, new: set[tuple[str, str]]) -> None:
        """Count one defect, with the codes and paths that were not reported before it."""
        self.planted[kind] = self.planted.get(kind, 0) + 1
        # A functional group is missing where it may be, a code's item where its sequence is.
        if any(found == path or found.startswith(f"{path}[") for _, found in new):
            self.found[kind] = self.found.get(kind, 0) + 1
        else:
            self.missed.append(f"{kind} {path}")
        if {found for _, found in new} <= {path}:
            self.alone[kind] = self.alone.get(kind, 0) + 1


def required_attributes(
    library: Library, dictionary: Dictionary, edition: str, ciod: str, root: DataSet
) -> Iterator[Required]:
    """Every attribute of Type 1 or 2 that an instance has, in mandatory modules, items too."""
    page = library.at(f"/ciods/{ciod}", edition)
    seen: set[str] = set()
    modules = page.modules  # type: ignore[union-attr]
    # PS3.3 C.8.6.1: what is captured may have no modality, whatever General Series demands.
    overridden = any(module.id == "sc-equipment" for module in modules)
    for module in modules:
        if module.usage.startswith("M"):
            table = library.table(f"/modules/{module.id}", edition)
            if table:
                for required in _below(library, dictionary, edition, table.level, root, ""):
                    if overridden and module.id == "general-series" and required.path == "Modality":
                        continue
                    if required.path not in seen:
                        seen.add(required.path)
                        yield required


def _below(
    library: Library, dictionary: Dictionary, edition: str, level: int, ds: DataSet, path: str
) -> Iterator[Required]:
    lines = library.level(level, edition)
    tags = [line.tag for line in lines]
    for line in lines:
        if "x" in line.tag or line.tag in (SHARED, PER_FRAME) or tags.count(line.tag) > 1:
            continue
        tag = int(line.tag, 16)
        element = ds.get(tag)
        if element is None or line.value_types:
            continue
        here = path + dictionary.keyword(tag)
        if line.type in ("1", "2"):
            yield Required(ds, tag, line.type, here)
        for number, item in enumerate((element.items or [])[:1]):
            if line.items is not None:
                inside = f"{here}[{number}]."
                yield from _below(library, dictionary, edition, line.items, item, inside)


@contextmanager
def removed(required: Required) -> Iterator[None]:
    """The attribute is missing."""
    before = dict(required.ds.elements)
    del required.ds.elements[required.tag]
    with _other_values(required.ds):
        yield
    required.ds.elements.clear()
    required.ds.elements.update(before)


@contextmanager
def emptied(required: Required) -> Iterator[None]:
    """The attribute has no value, or no item."""
    element = required.ds.elements[required.tag]
    items: list[DataSet] | None = None if element.items is None else []
    required.ds.elements[required.tag] = Element(
        required.tag, element.vr, element.offset, 0, items=items
    )
    with _other_values(required.ds):
        yield
    required.ds.elements[required.tag] = element


@contextmanager
def corrupted(required: Required) -> Iterator[None]:
    """The attribute has a value that its VR does not allow."""
    element, buffer = required.ds.elements[required.tag], required.ds.buffer
    wrong = CORRUPT[element.vr]
    required.ds.buffer = bytes(buffer[: len(buffer)]) + wrong
    required.ds.elements[required.tag] = Element(required.tag, element.vr, len(buffer), len(wrong))
    with _other_values(required.ds):
        yield
    required.ds.elements[required.tag], required.ds.buffer = element, buffer


@contextmanager
def _other_values(ds: DataSet) -> Iterator[None]:
    """Values are read again, now and later, and all items are walked again."""
    ds._values = ds.root._walk = None
    yield
    ds._values = ds.root._walk = None


def reported(checker: Checker, encoded: Encoded) -> set[tuple[str, str]]:
    """Code and path of every violation and warning."""
    return {
        (finding.code, finding.path)
        for finding in checker.check_encoded(encoded).findings
        if finding.outcome in ("violation", "warning")
    }


def plant(
    checker: Checker,
    ciod: str,
    content: bytes,
    tally: Tally,
    share: float = 1.0,
    seed: int = 0,
) -> None:
    """Plant defects into one clean instance, or a share of them, and count what is found."""
    dictionary = checker.book.dictionary
    encoded = read_encoded(content, dictionary.vr_of)
    before = reported(checker, encoded)
    chance = random.Random(f"{ciod} {seed}")
    for required in required_attributes(
        checker.library, dictionary, checker.edition, ciod, encoded.data_set
    ):
        if required.path in ("SOPClassUID",) or chance.random() >= share:
            continue  # without it the CIOD is unknown: another test covers that
        has_value = required.ds.has_value(required.tag)
        ways = [("removed", removed)]
        if required.type == "1" and has_value:
            ways.append(("emptied", emptied))
        if has_value and required.ds.elements[required.tag].vr in CORRUPT:
            ways.append(("corrupted", corrupted))
        for kind, way in ways:
            with way(required):
                new = reported(checker, encoded) - before
            tally.count(f"{kind} type {required.type}", required.path, new)
    assert reported(checker, encoded) ^ before == set()
