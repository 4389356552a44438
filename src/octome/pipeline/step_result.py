"""What a run reports for each step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from octome.instances.instance_kind import InstanceKind


@dataclass(frozen=True, kw_only=True)
class StepResult:
    """One instance of a chain."""

    kind: InstanceKind
    path: Path
    sop_instance: str
    seconds: float
    is_new: bool
    """Whether this run wrote it; otherwise an earlier one did."""
