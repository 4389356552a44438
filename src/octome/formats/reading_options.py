"""What only the caller knows about a vendor file."""

from __future__ import annotations

from dataclasses import dataclass

from octome.octa.acquisition import ScanGeometry


@dataclass(frozen=True, kw_only=True)
class ReadingOptions:
    """How to read a vendor file; each may be left out."""

    spacing: ScanGeometry | None = None
    """Used instead of the file's own; needed if the file states none."""
    series: int | None = None
    """Which scan of a file that holds several, from 1; needed if it holds more than one."""
    size: tuple[int, int, int] | None = None
    """(Z, X, B) of a file that does not state its size."""
    grey_span_db: float | None = None
    """dB of amplitude from black to white, for a file of grey values."""


NO_OPTIONS = ReadingOptions()
