"""The check compared with dciodvfy: which findings they share, attribute by attribute.

A finding of one is shared if the other has one of the same kind at the same path.

    python tests/conformance/comparison.py [--edition EDITION] FOLDER...

prints how often they agree about the files in folders.
"""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dciodvfy import DciodvfyStopped, Line, dciodvfy

from octome.conformance.check.checker import Checker
from octome.conformance.check.finding import Finding
from octome.errors import InstanceUnreadable
from octome.standard.library import open_library

FRAME = re.compile(r"^PerFrameFunctionalGroupsSequence\[\d+\]")
# Which codes of octome mean the same as a kind of dciodvfy's lines.
SAME = {
    "missing": {"missing", "group-missing", "file-meta-missing", "sop-class-missing"},
    "missing-conditional": {"missing", "group-missing"},
    "empty": {"empty", "missing"},
    "forbidden": {"forbidden", "group-misplaced", "group-in-both", "module-not-allowed"},
    "enumerated": {"enumerated", "standard-extended", "photometric"},
    "defined-term": {"defined-term", "enumerated"},
    "count": {"multiplicity", "too-few-items", "too-many-items", "empty"},
    "representation": {"wrong-representation", "unknown-representation", "unknown-vr"},
    "value": {"value-format", "value-length", "character", "nul-padding"},
    "odd-length": {"odd-length"},
    "unknown": {"unknown-attribute"},
    "private": {"private-block"},
    "meta": {"file-meta-missing", "file-meta-differs", "sop-class-missing", "no-file-meta"},
    "sop-class": {"sop-class-missing", "sop-class-unknown"},
    "encoding": {
        "truncated",
        "not-an-element",
        "wrong-transfer-syntax",
        "not-ascending",
        "odd-length",
        "unknown-vr",
        "private-block",
        "pixel-length",
    },
}
# Of the instance as a whole: one of them names the attribute where it was seen, the other not.
WHOLE = {"meta", "sop-class", "encoding", "reference-not-listed", "uid-reused"}
# Warnings about how a file might be better, and of which octome makes notes or nothing.
ADVICE = {"directory", "standard-extended", "retired"}


@dataclass(frozen=True)
class Difference:
    """A finding of only one of them.

    `side` is `dciodvfy`, `octome` or `undecided`: dciodvfy finds fault where octome cannot decide.
    """

    side: str
    kind: str
    path: str
    message: str
    file: str = ""


@dataclass(frozen=True)
class Compared:
    """One file: kinds that both find, and the differences.

    `false` holds the violations that octome finds where dciodvfy finds no error at all.
    """

    file: str
    agreed: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    is_clean: bool = False
    false: tuple[Finding, ...] = ()
    stopped: str = ""


def compare(file: Path, checkers: Sequence[Checker]) -> Compared:
    """One file, checked by both; by the first of the checkers that knows its SOP Class."""
    try:
        lines = dciodvfy(file)
    except DciodvfyStopped:
        return Compared(file.name, stopped="dciodvfy")
    try:
        reports = [checker.check(file) for checker in checkers]
    except InstanceUnreadable:
        return Compared(file.name, stopped="octome")
    report = next((report for report in reports if report.ciod), reports[0])
    findings = report.findings
    # dciodvfy warns of each term that no list has; octome notes it.
    wrong = [
        one
        for one in findings
        if one.outcome in ("violation", "warning")
        or (one.code == "defined-term" and one.edition == report.edition)
    ]
    serious = [line for line in lines if line.kind not in ADVICE]
    errors = [line for line in serious if line.outcome == "Error"]
    agreed, differences = [], []
    for line in _once(errors):
        shared = [one for one in findings if _is_shared(line, one)]
        if any(one in wrong for one in shared):
            agreed.append(line.kind)
            continue
        undecided = any(
            one.outcome == "undecided" and _place(one.path) == _place(line.path) for one in findings
        )
        side = "undecided" if undecided else "dciodvfy"
        differences.append(Difference(side, line.kind, line.path, line.message, file.name))
    differences += [
        Difference("octome", one.code, one.path, one.message, file.name)
        for one in wrong
        if not any(_is_shared(line, one) for line in serious)
    ]
    false = [] if errors else [one for one in findings if one.outcome == "violation"]
    return Compared(file.name, tuple(agreed), tuple(differences), not errors, tuple(false))


def _once(lines: list[Line]) -> list[Line]:
    """The first of several lines of one kind about one attribute; equal frames count once."""
    found: dict[tuple[str, str], Line] = {}
    for line in lines:
        key = line.message if line.kind in ("other", "encoding") else ""
        found.setdefault((line.kind + key, _place(line.path)), line)
    return list(found.values())


def _is_shared(line: Line, finding: Finding) -> bool:
    if line.kind not in WHOLE and _place(line.path) != _place(finding.path):
        return False
    return finding.code in SAME.get(line.kind, {finding.code})


def _place(path: str) -> str:
    """A path for comparison: without frame numbers."""
    return FRAME.sub("PerFrameFunctionalGroupsSequence[]", path)


def numbers(found: Sequence[Compared]) -> dict[str, int]:
    """How many files, clean ones, and findings that both have or one of them."""
    sides = Counter(one.side for compared in found for one in compared.differences)
    return {
        "files": sum(not compared.stopped for compared in found),
        "agreed": sum(len(compared.agreed) for compared in found),
        **{side: sides[side] for side in ("dciodvfy", "undecided", "octome")},
        "clean": sum(compared.is_clean for compared in found),
        "false": sum(len(compared.false) for compared in found),
    }


if __name__ == "__main__":
    parser = ArgumentParser(description="Count where octome and dciodvfy agree.")
    parser.add_argument(
        "--edition", help="2020b, and for newer classes the current one, if left out"
    )
    parser.add_argument("folders", nargs="+", type=Path)
    arguments = parser.parse_args()
    with open_library() as library:
        editions = [arguments.edition] if arguments.edition else ["2020b", None]
        checkers = [Checker(library, edition) for edition in editions]
        for folder in arguments.folders:
            files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
            found = numbers([compare(path, checkers) for path in files])
            sys.stdout.write(f"{folder}: {found}\n")
