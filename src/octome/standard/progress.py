"""How the compiler reports what it is doing."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, float], None]
"""Called with the current step, as text, and the share that is done, 0 to 1."""
Notify = Callable[[str], None]
"""Called with one line for a person to read."""


def no_progress(_step: str, _share: float) -> None:
    """Ignore it."""


def no_notice(_line: str) -> None:
    """Ignore it."""
