"""What the caller chooses: the options of the Basic Profile (PS3.15 E.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Retained = Literal[
    "uids", "device", "institution", "patient", "dates", "shifted-dates", "safe-private"
]
Cleaned = Literal["descriptors", "structured-content", "graphics"]
RETAINED: tuple[Retained, ...] = get_args(Retained)
CLEANED: tuple[Cleaned, ...] = get_args(Cleaned)
Dates = Literal["REMOVED", "UNMODIFIED", "MODIFIED"]
BASIC = "Basic Profile"
BASIC_CODE = ("113100", "Basic Application Confidentiality Profile")
# The column of Table E.1-1, and the code of context group 7050 with its meaning.
OPTIONS: dict[Retained | Cleaned, tuple[str, str, str]] = {
    "graphics": ("Clean Graphics Option", "113103", "Clean Graphics Option"),
    "structured-content": (
        "Clean Structured Content Option", "113104", "Clean Structured Content Option",
    ),
    "descriptors": ("Clean Descriptors Option", "113105", "Clean Descriptors Option"),
    "dates": (
        "Retain Longitudinal Full Dates Option", "113106",
        "Retain Longitudinal Temporal Information Full Dates Option",
    ),
    "shifted-dates": (
        "Retain Longitudinal Modified Dates Option", "113107",
        "Retain Longitudinal Temporal Information Modified Dates Option",
    ),
    "patient": (
        "Retain Patient Characteristics Option", "113108", "Retain Patient Characteristics Option",
    ),
    "device": ("Retain Device Identity Option", "113109", "Retain Device Identity Option"),
    "uids": ("Retain UIDs Option", "113110", "Retain UIDs Option"),
    "safe-private": ("Retain Safe Private Option", "113111", "Retain Safe Private Option"),
    "institution": (
        "Retain Institution Identity Option", "113112", "Retain Institution Identity Option",
    ),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Options:
    """The options of one run."""

    retain: frozenset[Retained] = frozenset()
    clean: frozenset[Cleaned] = frozenset()

    def __post_init__(self) -> None:
        for name, chosen, known in (
            ("retain", self.retain, RETAINED),
            ("clean", self.clean, CLEANED),
        ):
            unknown = set(chosen) - set(known)
            if unknown:
                raise ValueError(f"{name} is one of {', '.join(known)}, not {min(unknown)!r}")
        if {"dates", "shifted-dates"} <= self.retain:
            raise ValueError("dates are either retained or shifted, not both")

    @property
    def chosen(self) -> tuple[Retained | Cleaned, ...]:
        """All that are chosen, in the order of their codes."""
        return tuple(name for name in OPTIONS if name in self.retain | self.clean)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the table that apply besides the Basic Profile's."""
        return tuple(OPTIONS[name][0] for name in self.chosen)

    @property
    def codes(self) -> tuple[tuple[str, str], ...]:
        """Value and meaning of each code for what was done, the profile's first."""
        return (BASIC_CODE, *(OPTIONS[name][1:] for name in self.chosen))

    @property
    def dates(self) -> Dates:
        """Longitudinal Temporal Information Modified (0028,0303)."""
        if "dates" in self.retain:
            return "UNMODIFIED"
        return "MODIFIED" if "shifted-dates" in self.retain else "REMOVED"
