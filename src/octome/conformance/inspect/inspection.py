"""The inspection of an instance: its attributes as a tree of frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from octome.conformance.check.finding import Finding, Report

State = Literal["present", "empty", "missing", "undecided", "unexpected"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One attribute of the instance, present or missing.

    `state` is `present`, `empty`, `missing`, `undecided` (it may be missing) or `unexpected` (in
    no module that the instance uses). `more` is the number of items that `items` leaves out.
    """

    tag: str
    keyword: str
    name: str
    vr: str
    type: str | None
    state: State
    value: str
    path: str
    link: str
    findings: tuple[Finding, ...] = ()
    items: tuple[tuple[Node, ...], ...] = ()
    more: int = 0

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise ValueError(f"state {self.state!r} is not one of {', '.join(STATES)}")

    @property
    def violations_below(self) -> int:
        """The number of violations in its items."""
        return sum(_violations(child) for item in self.items for child in item)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A module, or the attributes of no module, in the Standard's order.

    `absent` holds the names and pages of optional attributes that are missing.
    """

    name: str
    usage: str = ""
    section: str = ""
    link: str = ""
    nodes: tuple[Node, ...]
    absent: tuple[tuple[str, str], ...] = ()

    @property
    def violations(self) -> int:
        """The number of violations of its attributes."""
        return sum(_violations(node) for node in self.nodes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """A report, and the attributes of the instance by module."""

    report: Report
    transfer_syntax: str
    size: int
    parts: tuple[Part, ...]
    is_whole: bool
    """Whether all attributes are included; a huge instance is cut."""


def _violations(node: Node) -> int:
    own = sum(finding.outcome == "violation" for finding in node.findings)
    return own + node.violations_below
