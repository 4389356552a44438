"""Where the parts of a check write what they find."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from octome.conformance.check.finding import OUTCOMES, Finding

# What an attribute's Type demands.
OF_TYPE = frozenset({"missing", "missing-undecided", "empty"})
FRAME = re.compile(r"^(PerFrameFunctionalGroupsSequence)\[\d+\]")


@dataclass(frozen=True, slots=True)
class Where:
    """A data set of the instance as the Standard sees it.

    `path` leads to it in keywords, empty at the root and with a full stop at its end elsewhere;
    `link` is octome's page of the module or sequence whose items it is one of.
    """

    module: str
    section: str
    link: str
    path: str = ""

    def inside(self, keyword: str, tag_id: str, item: int) -> Where:
        """An item of a sequence here."""
        path = f"{self.path}{keyword}[{item}]."
        return Where(self.module, self.section, f"{self.link}/{tag_id}", path)


class Notebook:
    """Findings as they come, each told once.

    What one module forbids another may allow: `permit` notes that, and `findings` leaves out what
    was forbidden there.
    """

    def __init__(
        self, edition: str, was_there: Callable[[str], bool] = lambda _edition: True
    ) -> None:
        self.edition = edition
        self.was_there = was_there
        """Whether an edition has the instance's SOP Class."""
        self._found: dict[tuple[str, str], Finding] = {}
        self._permitted: set[str] = set()
        self._set_aside: set[tuple[str, str]] = set()
        self.frames = 0

    def add(self, finding: Finding) -> None:
        """Take a finding; of two with one code at one path the graver stays."""
        if finding.code in OF_TYPE and (finding.module, finding.path) in self._set_aside:
            return
        key = (finding.code, finding.path)
        known = self._found.get(key)
        if known is None or _gravity(finding) < _gravity(known):
            self._found[key] = (
                finding if finding.edition else replace(finding, edition=self.edition)
            )

    def set_aside(self, module: str, path: str) -> None:
        """Note that a module's Type of an attribute does not count: another one overrides it."""
        self._set_aside.add((module, path))

    def permit(self, path: str) -> None:
        """Note that some module lets the attribute at a path be present."""
        self._permitted.add(path)

    def findings(self) -> tuple[Finding, ...]:
        """All of them, the gravest first, those that frames have in common told once."""
        kept = [
            finding
            for finding in self._found.values()
            if finding.code not in ("forbidden", "presence-undecided")
            or finding.path not in self._permitted
        ]
        return tuple(sorted(self._by_frame(kept) if self.frames else kept, key=_gravity))

    def _by_frame(self, findings: Iterable[Finding]) -> list[Finding]:
        alike: dict[tuple[str, str, str], list[Finding]] = {}
        for finding in findings:
            common = FRAME.sub(r"\1[]", finding.path)
            message = "" if common != finding.path else finding.message
            alike.setdefault((finding.code, common, message), []).append(finding)
        return [
            first
            if not others
            else replace(
                first,
                message=f"{first.message} (and so in {len(others)} more of {self.frames} frames)",
            )
            for first, *others in alike.values()
        ]


def _gravity(finding: Finding) -> int:
    return OUTCOMES.index(finding.outcome)
