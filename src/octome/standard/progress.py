"""How the compiler reports what it is doing."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, float], None]
"""Called with the step that begins, in words, and the share that is done, 0 to 1."""
Notify = Callable[[str], None]
"""Called with one line for a person to read."""


def no_progress(_step: str, _share: float) -> None:
    """Do nothing with it."""


def no_notice(_line: str) -> None:
    """Do nothing with it."""
