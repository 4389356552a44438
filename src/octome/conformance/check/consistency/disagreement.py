"""What a check of attributes against each other says."""

from __future__ import annotations

from typing import NamedTuple


class Disagreement(NamedTuple):
    """Attributes that do not fit together; `code` and `outcome` are a finding's."""

    code: str
    outcome: str
    path: str
    message: str
    section: str
