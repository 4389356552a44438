"""Contradictions to plant into clean instances, and whether the check finds them.

    python tests/conformance/contradiction.py STUDY

prints how many are found at their attribute, and how many of those with nothing else reported;
STUDY is a folder with a chain that `octome process` has written.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from planted import reported
from pydicom import dcmread
from pydicom.dataset import Dataset
from small_instance import encoded

from octome.conformance.check.checker import Checker
from octome.dicom.part10 import read_encoded

Plant = Callable[[Dataset], object]


@dataclass(frozen=True)
class Contradiction:
    """A change of one instance, and where the check should report it; `base` names the instance."""

    base: str
    path: str
    plant: Plant


@dataclass(frozen=True)
class Outcome:
    """Whether a contradiction is found at its attribute, and what else is."""

    is_found: bool
    others: frozenset[str]


def outcome(checker: Checker, clean: bytes, one: Contradiction) -> Outcome:
    """Plant one contradiction into a copy of a clean instance, and compare the findings."""
    ds = dcmread(BytesIO(clean))
    one.plant(ds)
    return compared(one, _found(checker, clean), _found(checker, encoded(ds)))


def compared(one: Contradiction, before: set[str], after: set[str]) -> Outcome:
    """What is new in the paths of the findings."""
    new = after - before
    is_found = any(path == one.path or path.startswith(f"{one.path}[") for path in new)
    return Outcome(is_found, frozenset(path for path in new if not path.startswith(one.path)))


def _found(checker: Checker, content: bytes) -> set[str]:
    vr_of = checker.book.dictionary.vr_of
    return {path for _, path in reported(checker, read_encoded(content, vr_of))}


def put(keyword: str, value: object, at: str = "") -> Plant:
    """Sets an attribute of the data set at a path: `BeamSequence[0].ControlPointSequence[1]`."""
    return lambda ds: setattr(inside(ds, at), keyword, value)


def drop(keyword: str, at: str = "") -> Plant:
    """Removes an attribute of the data set at a path."""
    return lambda ds: delattr(inside(ds, at), keyword)


def again(keyword: str, at: str = "") -> Plant:
    """Repeats the first item of a sequence."""
    return lambda ds: inside(ds, at)[keyword].value.append(inside(ds, at)[keyword].value[0])


def inside(ds: Dataset, path: str) -> Dataset:
    """The data set at a path, items counted from 0; the instance itself if the path is empty."""
    for step in filter(None, path.split(".")):
        keyword, _, number = step.rstrip("]").partition("[")
        ds = ds[keyword].value[int(number)]
    return ds


def main(study: Path) -> None:
    """Print the numbers by area."""
    from contradictions_in_a_chain import IN_A_CHAIN, outcome_in_a_chain
    from contradictions_in_images import IN_IMAGES, made_instance
    from contradictions_in_reports import IN_REPORTS, report_instance

    from octome.standard.library import open_library

    with open_library() as library:
        checker, current = Checker(library, "2020b"), Checker(library)
        made = cache(lambda name: made_instance(checker, name))
        _report(IN_REPORTS, lambda one: outcome(checker, report_instance(one.base), one))
        _report(IN_IMAGES, lambda one: outcome(checker, made(one.base), one))
        _report(IN_A_CHAIN, lambda one: outcome_in_a_chain(current, study, one))


def _report(
    contradictions: Sequence[Contradiction], outcome_of: Callable[[Contradiction], Outcome]
) -> None:
    counted: Counter[str] = Counter()
    for one in contradictions:
        result = outcome_of(one)
        counted["planted"] += 1
        counted["found"] += result.is_found
        counted["alone"] += result.is_found and not result.others
        if not result.is_found:
            sys.stdout.write(f"not found: {one.base} {one.path}\n")
    sys.stdout.write(f"{dict(counted)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
