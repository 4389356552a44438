"""How the compiler tells what it is doing."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, float], None]
"""Told the step that begins, in words, and the share that is done, 0 to 1."""


def no_progress(_step: str, _share: float) -> None:
    """Tell nobody."""
