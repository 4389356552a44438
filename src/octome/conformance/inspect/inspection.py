"""What an inspection shows: an instance as a tree of frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from octome.conformance.check.finding import Finding, Report


@dataclass(frozen=True)
class Node:
    """One attribute of the instance, or one that it lacks.

    `state` is `present`, `empty`, `missing`, `undecided` (it may be missing) or `unexpected` (in
    no module that the instance uses). `more` counts the items that are not in `items`.
    """

    tag: str
    keyword: str
    name: str
    vr: str
    type: str | None
    state: str
    value: str
    path: str
    link: str
    findings: tuple[Finding, ...] = ()
    items: tuple[tuple[Node, ...], ...] = ()
    more: int = 0

    @property
    def violations_below(self) -> int:
        """How many violations are in its items."""
        return sum(_count(child) for item in self.items for child in item)


@dataclass(frozen=True)
class Part:
    """A module, or what stands in none, with its attributes in the Standard's order.

    `absent` are the names and pages of optional attributes that are not there.
    """

    name: str
    usage: str
    section: str
    link: str
    nodes: tuple[Node, ...]
    absent: tuple[tuple[str, str], ...] = ()

    @property
    def violations(self) -> int:
        """How many violations are below it."""
        return sum(_count(node) for node in self.nodes)


@dataclass(frozen=True)
class Inspection:
    """A report, and the instance laid over its CIOD."""

    report: Report
    transfer_syntax: str
    size: int
    parts: tuple[Part, ...]
    is_whole: bool
    """Whether all attributes are here; a huge instance is cut."""


def _count(node: Node) -> int:
    own = sum(finding.outcome == "violation" for finding in node.findings)
    return own + node.violations_below
