"""Collects the findings of one check: each once, and a limited number of each cause."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypedDict, Unpack

from octome.conformance.check.finding import OUTCOMES, Finding, Outcome
from octome.conformance.check.limits import Limits
from octome.conformance.rules.rule import LevelRule

# Codes about an attribute's Type: another module may override it.
OF_TYPE = frozenset({"missing", "missing-undecided", "empty"})
# Codes for what one module forbids and another may allow.
OF_PRESENCE = frozenset({"forbidden", "presence-undecided"})
NO_ITEM = "[]"  # after the path of a sequence that may have none
FRAME = re.compile(r"^PerFrameFunctionalGroupsSequence\[(\d+)\]")
NUMBER = re.compile(r"\[\d+\]")


class Details(TypedDict, total=False):
    """The optional fields of a finding, apart from its code, outcome, path and message."""

    fix: str
    module: str
    type: str | None
    section: str
    link: str
    edition: str
    condition: str


class _Added(NamedTuple):
    """A finding as it was added, its path without what leads to the item."""

    times: int
    code: str
    outcome: Outcome
    path: str
    shape: str
    message: str
    details: Details


@dataclass(slots=True)
class Recorded:
    """What was added and allowed in one item; not whole if something was only counted."""

    added: list[_Added] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)
    is_whole: bool = True


@dataclass(slots=True, kw_only=True)
class _Cause:
    """Findings of one code and outcome at one attribute, in any item."""

    example: Finding
    shape: str
    listed: int = 0
    found: dict[str, int] = field(default_factory=dict)
    """How many each module has found, listed or not. Two modules may find the same."""
    paths: set[str] = field(default_factory=set)
    """Of a cause that another module may allow: the paths of those that are not listed."""

    @property
    def has_more(self) -> bool:
        """Whether some may have been found that are not listed."""
        return len(self.found) > 1 or self.listed < max(self.found.values())

    def count(self, module: str, times: int = 1) -> None:
        """Count findings of a module."""
        self.found[module] = self.found.get(module, 0) + times


@dataclass(slots=True)
class _Listed:
    """A finding that is listed; the same in another frame is only counted."""

    finding: Finding
    cause: _Cause
    frame: str = ""
    other_frames: int = 0


class FindingCollector:
    """Findings in the order they are added, each kept once.

    What one module forbids, another may allow: `allow` records that, and `findings` leaves these
    out. Findings beyond the limits are counted and not kept.

    This is the one place where a rule of another edition loses its weight: what it finds is
    undecided at most, as the edition that is checked against may have changed it.

    Parameters
    ----------
    edition : str
        The edition that is checked against, and of every rule that does not name its own.
    limits : Limits
        How many findings are listed.
    frames : int
        How many frames the instance has: the same in several frames is one finding.
    """

    def __init__(
        self,
        edition: str,
        *,
        limits: Limits | None = None,
        frames: int = 0,
    ) -> None:
        self.edition = edition
        self.limits = limits or Limits()
        self.frames = frames
        self._causes: dict[tuple[str, Outcome, str], _Cause] = {}
        self._listed: dict[tuple[str, Outcome, str], _Listed] = {}
        self._count: Counter[Outcome] = Counter()
        self._beyond: Counter[Outcome] = Counter()
        self._allowed: set[str] = set()
        self._allowed_shapes: set[str] = set()
        self._allowed_levels: dict[str, dict[LevelRule, set[int]]] = {}
        self._overridden: set[tuple[str, str]] = set()
        self._times = 1
        self._recorded: Recorded | None = None
        self._item_path = ""

    def add(
        self, *, code: str, outcome: Outcome, path: str, message: str, **details: Unpack[Details]
    ) -> None:
        """Add a finding; the fields are those of `Finding`."""
        if self._recorded is not None:
            inside = path.removeprefix(self._item_path)
            shape = _shape(path)
            self._recorded.added.append(
                _Added(self._times, code, outcome, inside, shape, message, details.copy())
            )
        module = details.get("module", "")
        if code in OF_TYPE and (module, path) in self._overridden:
            return
        edition = details.setdefault("edition", self.edition)
        own_outcome, outcome = outcome, self.outcome(outcome, edition)
        if outcome != own_outcome:
            message = f"{message} (a rule of {edition}, which {self.edition} may have changed)"
        frame = FRAME.match(path) if self.frames else None
        key_path = f"PerFrameFunctionalGroupsSequence[]{path[frame.end() :]}" if frame else path
        key_path = key_path or module  # a module as a whole
        if code == "excluded" and ("forbidden", "violation", key_path) in self._listed:
            return  # the same, found by the condition of the attribute
        listed = self._listed.get((code, outcome, key_path))
        if listed is not None:
            self._count_again(listed, module, frame[1] if frame else None)
            return
        shape = _shape(path)
        cause = self._causes.get((code, outcome, shape))
        if cause is not None and cause.listed >= self.limits.of_a_cause:
            cause.count(module, self._times)
            if code in OF_PRESENCE:
                cause.paths.add(path)
            return
        if self._count[outcome] >= self.limits.findings:
            self._beyond[outcome] += self._times
            return
        finding = Finding(code=code, outcome=outcome, path=path, message=message, **details)
        if cause is None:
            cause = self._causes[code, outcome, shape] = _Cause(example=finding, shape=shape)
        cause.listed += 1
        cause.count(module)
        self._count[outcome] += 1
        number = frame[1] if frame else ""
        self._listed[code, outcome, key_path] = _Listed(finding, cause, number)

    def outcome(self, outcome: Outcome, edition: str) -> Outcome:
        """The outcome of a finding by a rule of an edition."""
        is_own = edition == self.edition
        return "undecided" if not is_own and outcome in ("violation", "warning") else outcome

    def count_more(self, code: str, outcome: Outcome, shape: str, module: str) -> bool:
        """Count one more finding, if enough of its cause are already listed.

        This is the fast path for a problem in thousands of items: no finding is built. It is not
        for findings in frames or findings that another module may allow.
        """
        cause = self._causes.get((code, outcome, shape))
        if cause is None or cause.listed < self.limits.of_a_cause or code in OF_PRESENCE:
            return False
        if "[" not in shape or (self.frames and shape.startswith("PerFrame")):
            return False
        cause.count(module, self._times)
        if self._recorded is not None:
            self._recorded.is_whole = False
        return True

    @contextmanager
    def standing_for(self, items: int) -> Iterator[None]:
        """Count what is found in one item for so many that are all the same."""
        self._times = items
        try:
            yield
        finally:
            self._times = 1

    @property
    def is_recording(self) -> bool:
        """Whether what is added is recorded."""
        return self._recorded is not None

    @contextmanager
    def recording(self, path: str) -> Iterator[Recorded]:
        """Record what is added and allowed in the item at a path, to repeat it for others."""
        self._recorded, self._item_path = Recorded(), path
        try:
            yield self._recorded
        finally:
            self._recorded = None

    def repeat(self, recorded: Recorded, path: str) -> None:
        """Add and allow the same in the item at another path."""
        for one in recorded.added:
            details = one.details
            outcome = self.outcome(one.outcome, details.get("edition", self.edition))
            module = details.get("module", "")
            if one.times == 1 and self.count_more(one.code, outcome, one.shape, module):
                continue
            self._times = one.times
            self.add(
                code=one.code,
                outcome=one.outcome,
                path=path + one.path,
                message=one.message,
                **one.details,
            )
        self._times = 1
        self._allowed.update([path + inside for inside in recorded.allowed])

    def override(self, module: str, path: str) -> None:
        """Record that a module's Type of an attribute is overridden by another module."""
        self._overridden.add((module, path))

    def allow(self, path: str) -> None:
        """Record that some module allows the attribute at a path."""
        self._allowed.add(path)
        if self._recorded is not None:
            self._recorded.allowed.append(path.removeprefix(self._item_path))

    def allow_no_item(self, path: str) -> None:
        """Record that some module allows the sequence at a path to have no item."""
        self.allow(f"{path}{NO_ITEM}")

    def allow_in_all_items(self, shape: str) -> None:
        """Record that some module allows an attribute in all items of the sequences around it."""
        self._allowed_shapes.add(shape)

    def allow_all(self, shape: str, level: LevelRule, tags: Set[int]) -> None:
        """The same of several attributes of a level, `shape` leading to the data sets with it."""
        self._allowed_levels.setdefault(shape, {}).setdefault(level, set()).update(tags)

    def findings(self) -> tuple[Finding, ...]:
        """All findings, the most serious first; unlisted ones are summed up."""
        found: list[Finding] = []
        left = Counter(id(listed.cause) for listed in self._listed.values())
        graver: set[tuple[str, str]] = set()
        by_outcome: dict[Outcome, dict[tuple[str, Outcome, str], _Listed]] = {}
        for key, one in self._listed.items():
            by_outcome.setdefault(key[1], {})[key] = one
        for outcome in OUTCOMES:
            own = by_outcome.get(outcome, {})
            for (code, _, path), listed in own.items():
                if (code, path) not in graver and not self._is_allowed(listed.finding.path, code):
                    found.append(self._with_frames(listed))
                left[id(listed.cause)] -= 1
                if not left[id(listed.cause)] and listed.cause.has_more:
                    found += self._rest(listed.cause)
            graver |= {(code, path) for code, _, path in own}
            if self._beyond[outcome]:
                found.append(self._beyond_limit(outcome))
        return tuple(found)

    def _count_again(self, listed: _Listed, module: str, frame: str | None) -> None:
        """Count a finding that is listed: the same of another module, or in another frame."""
        is_same_module = module == listed.finding.module
        if frame is None and not is_same_module:
            listed.cause.count(module)
        elif frame is not None and is_same_module and frame != listed.frame:
            listed.frame = frame
            listed.other_frames += 1

    def _is_allowed(self, path: str, code: str) -> bool:
        if code == "too-few-items":
            return f"{path}{NO_ITEM}" in self._allowed
        if code not in OF_PRESENCE:
            return False
        return path in self._allowed or self._is_shape_allowed(_shape(path))

    def _is_shape_allowed(self, shape: str) -> bool:
        around, stop, keyword = shape.rpartition(".")
        levels = self._allowed_levels.get(around + stop, {})
        return shape in self._allowed_shapes or any(
            level.tag_of(keyword) in tags for level, tags in levels.items()
        )

    def _with_frames(self, listed: _Listed) -> Finding:
        if not listed.other_frames:
            return listed.finding
        more = f"(also in {listed.other_frames} more of {self.frames} frames)"
        return replace(listed.finding, message=f"{listed.finding.message} {more}")

    def _rest(self, cause: _Cause) -> Iterator[Finding]:
        """One finding for all unlisted ones of a cause."""
        count = max(cause.found.values()) - cause.listed
        if cause.example.code in OF_PRESENCE and count > 0:
            count = 0 if self._is_shape_allowed(cause.shape) else len(cause.paths - self._allowed)
        if count > 0:
            message = f"the same in {count:,} more items: the first {cause.listed} are listed"
            yield replace(cause.example, path=cause.shape, message=message)

    def _beyond_limit(self, outcome: Outcome) -> Finding:
        return Finding(
            code="more-findings",
            outcome=outcome,
            path="",
            message=f"{self._beyond[outcome]:,} more findings of outcome {outcome} are not listed: "
            f"the first {self.limits.findings} are",
            fix="Correct those that are listed, and check again",
            edition=self.edition,
        )


def _shape(path: str) -> str:
    """A path without the numbers of items."""
    return NUMBER.sub("[]", path) if "[" in path else path
