"""Styles of text on a terminal."""

from __future__ import annotations

from collections.abc import Callable

Style = Callable[[str, str], str]
"""Takes a text and the name of its style (`title`, `dim`, `head`); returns the styled text."""


def plain(text: str, _part: str) -> str:
    """No style at all."""
    return text
