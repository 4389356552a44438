"""New UIDs from random numbers, which need no registration (PS3.5 B.2)."""

from __future__ import annotations

import re
import uuid

from pydicom.uid import UID


def new_uid() -> UID:
    """A UID that is used nowhere else.

    >>> str(new_uid()).startswith("2.25.")
    True
    """
    return UID(f"2.25.{uuid.uuid4().int}")


def is_uid(value: object) -> bool:
    """Whether a value is one UID; leading zeros in its components are accepted.

    >>> is_uid(UID("1.2.840")), is_uid(None)
    (True, False)
    """
    return isinstance(value, UID) and re.fullmatch(r"[0-9.]{1,64}", value) is not None
