"""What a run tells of each instance."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from octome.instances.kind import Kind


@dataclass(frozen=True)
class Made:
    """One instance of a chain."""

    kind: Kind
    path: Path
    sop_instance: str
    seconds: float
    is_new: bool
    """Whether this run made it; else it was there."""
