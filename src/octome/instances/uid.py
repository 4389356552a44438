"""UIDs that need no registration: from random numbers, or from what they identify (PS3.5 B.2)."""

from __future__ import annotations

import json
import re
import uuid

from pydicom.uid import UID

NAMESPACE = uuid.UUID("40e6bb52-6449-479e-b6c2-a25a36dc2d68")
"""Of the UIDs that octome derives; generated once."""


def new_uid() -> UID:
    """A UID that is used nowhere else.

    >>> str(new_uid()).startswith("2.25.")
    True
    """
    return UID(f"2.25.{uuid.uuid4().int}")


def derived_uid(*parts: str) -> UID:
    """The UID that follows from some texts: a name-based UUID (RFC 4122, version 5).

    >>> derived_uid("study", "1") == derived_uid("study", "1") != derived_uid("study", "2")
    True
    """
    return UID(f"2.25.{uuid.uuid5(NAMESPACE, json.dumps(parts)).int}")


def is_uid(value: object) -> bool:
    """Whether a value is one UID; leading zeros in its components are accepted.

    >>> is_uid(UID("1.2.840")), is_uid(None)
    (True, False)
    """
    return isinstance(value, UID) and re.fullmatch(r"[0-9.]{1,64}", value) is not None
