"""The codes of a context group, as a check needs them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSet:
    """Codes as coding scheme and value; none where the group is not known.

    `is_extensible` is None where that is not known. `is_complete`: the groups that it includes are
    all known. `is_own`: it is of the edition of the rules, and not of another one.
    """

    codes: frozenset[tuple[str, str]] = frozenset()
    is_extensible: bool | None = None
    is_complete: bool = True
    is_own: bool = False
