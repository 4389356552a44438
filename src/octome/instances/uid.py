"""New UIDs: of random numbers, so that nobody has to be asked (PS3.5 B.2)."""

from __future__ import annotations

import uuid

from pydicom.uid import UID


def new_uid() -> UID:
    """A UID that nobody else has.

    >>> str(new_uid()).startswith("2.25.")
    True
    """
    return UID(f"2.25.{uuid.uuid4().int}")
