"""The ids of CIODs, modules and macros, built from names as in the public browser."""

from __future__ import annotations

import re

GAP = re.compile(r"[\s/]+")
DROPPED = re.compile(r"[^\w\s/-]")


def table_id(name: str) -> str:
    """A name in lower case with hyphens.

    Examples
    --------
    >>> table_id("Plane Position (Patient)"), table_id("Contrast/Bolus")
    ('plane-position-patient', 'contrast-bolus')
    """
    return GAP.sub("-", DROPPED.sub("", name).strip().lower())
