"""Which eye: right or left."""

from __future__ import annotations

from typing import Literal, get_args

Laterality = Literal["R", "L"]
LATERALITIES: tuple[Laterality, ...] = get_args(Laterality)
