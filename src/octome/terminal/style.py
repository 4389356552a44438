"""How parts of a text look on a terminal."""

from __future__ import annotations

from collections.abc import Callable

Style = Callable[[str, str], str]
"""From a text and the name of its part (`title`, `dim`, `head`) to the text as it is shown."""


def plain(text: str, _part: str) -> str:
    """No style at all."""
    return text
