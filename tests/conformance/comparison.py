"""The check beside dciodvfy: which findings they share, attribute by attribute.

A finding of one is shared if the other says something of the same kind at the same path.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from dciodvfy import DciodvfyStopped, Line, dciodvfy

from octome.conformance.check import Checker
from octome.conformance.finding import Finding
from octome.errors import InstanceUnreadable

FRAME = re.compile(r"^PerFrameFunctionalGroupsSequence\[\d+\]")
# Which codes of octome say the same as a kind of dciodvfy's lines.
SAME = {
    "missing": {"missing", "group-missing", "file-meta-missing", "sop-class-missing"},
    "missing-conditional": {"missing", "group-missing"},
    "empty": {"empty", "missing"},
    "forbidden": {"forbidden", "group-misplaced", "group-in-both", "module-not-allowed"},
    "enumerated": {"enumerated"},
    "defined-term": {"defined-term", "enumerated"},
    "count": {"multiplicity", "too-few-items", "too-many-items", "empty"},
    "representation": {"wrong-representation", "unknown-representation", "unknown-vr"},
    "value": {"value-format", "value-length", "character"},
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
WHOLE = {"meta", "sop-class", "encoding", "reference-not-listed"}
UNDECIDED = {"missing-undecided", "presence-undecided", "group-undecided", "module-undecided"}
# Warnings that say how a file might be better, and of which octome makes notes or nothing.
ADVICE = {"directory", "standard-extended", "retired"}


@dataclass(frozen=True)
class Difference:
    """What one of them finds and the other does not.

    `side` is `dciodvfy`, `octome` or `undecided`: dciodvfy finds fault where octome cannot decide.
    """

    side: str
    kind: str
    path: str
    message: str
    file: str = ""


@dataclass(frozen=True)
class Compared:
    """One file: kinds that both find, and the differences."""

    file: str
    agreed: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    is_clean: bool = False
    stopped: str = ""


def compare(file: Path, checker: Checker) -> Compared:
    """One file, held by both."""
    try:
        lines = dciodvfy(file)
    except DciodvfyStopped:
        return Compared(file.name, stopped="dciodvfy")
    try:
        findings = checker.check(file).findings
    except InstanceUnreadable:
        return Compared(file.name, stopped="octome")
    wrong = [finding for finding in findings if finding.outcome in ("violation", "warning")]
    said = [line for line in lines if line.kind not in ADVICE]
    errors = [line for line in said if line.outcome == "Error"]
    agreed, differences = [], []
    for line in _once(errors):
        shared = [one for one in findings if _is_shared(line, one)]
        if any(one in wrong for one in shared):
            agreed.append(line.kind)
            continue
        undecided = any(
            one.code in UNDECIDED and _place(one.path) == _place(line.path) for one in findings
        )
        side = "undecided" if undecided else "dciodvfy"
        differences.append(Difference(side, line.kind, line.path, line.message, file.name))
    differences += [
        Difference("octome", one.code, one.path, one.message, file.name)
        for one in wrong
        if not any(_is_shared(line, one) for line in said)
    ]
    return Compared(file.name, tuple(agreed), tuple(differences), not errors)


def _once(lines: list[Line]) -> list[Line]:
    """Of lines of one kind about one attribute the first; frames alike count once."""
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
    """A path for comparing: what frames share is one thing."""
    return FRAME.sub("PerFrameFunctionalGroupsSequence[]", path)
