"""What the other side says, in one line: it is text from another system."""

from __future__ import annotations

from collections.abc import Mapping

LONGEST = 200  # characters of what another system says


def one_line(text: str) -> str:
    r"""A text of another system, on one line, without control characters, and not too long.

    Examples
    --------
    >>> one_line("no\n  frogs\x1b[31m today")
    'no frogs?[31m today'
    """
    words = " ".join(text.split())
    line = "".join(letter if letter.isprintable() else "?" for letter in words)
    return line if len(line) <= LONGEST else line[:LONGEST] + "…"


def status_line(code: int, meanings: Mapping[int, tuple[str, str]], comment: object = None) -> str:
    """A status of DIMSE, with its meaning and the comment of the other side (PS3.7 C).

    Examples
    --------
    >>> status_line(0xA700, {0xA700: ("Failure", "Refused: Out of Resources")}, "no room")
    'status 0xA700, refused: out of resources (no room)'
    """
    meaning = (
        meanings.get(code, ("", ""))[1]
        .lower()
        .replace("sop", "SOP")
        .replace("SOP class", "SOP Class")
    )
    return (
        f"status 0x{code:04X}"
        + (f", {meaning}" if meaning else "")
        + (f" ({one_line(str(comment))})" if comment else "")
    )
