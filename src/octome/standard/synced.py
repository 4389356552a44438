"""What a sync did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from octome.standard.edition_manifest import KeptEdition


@dataclass(frozen=True, kw_only=True)
class Synced:
    """What a sync did. `is_new` is False where the edition was up to date already."""

    edition: str
    is_new: bool
    parts: tuple[str, ...]
    figures: int
    size: int
    problems: tuple[str, ...] = ()
    missing: tuple[int, ...] = ()
    """The requested parts that the source does not have."""


def summary(manifest: KeptEdition, *, is_new: bool, missing: Sequence[int] = ()) -> Synced:
    """What was done, from what is kept now."""
    return Synced(
        edition=manifest.edition,
        is_new=is_new,
        parts=tuple(sorted(manifest.parts, key=lambda part: (len(part), part))),
        figures=len(manifest.figures),
        size=manifest.size,
        problems=manifest.problems,
        missing=tuple(sorted(missing)),
    )
