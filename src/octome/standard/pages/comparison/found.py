"""What a comparison of one thing found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from octome.standard.model.page import Link


class Found(NamedTuple):
    """What it is about, what is to be said of it, and the fields of `EditionDiff` by name.

    Without a field nothing was compared; the notes say why.
    """

    subject: Link
    notes: tuple[str, ...]
    fields: Mapping[str, tuple[object, ...]]
