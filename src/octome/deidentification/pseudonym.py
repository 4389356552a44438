"""What stands in for UIDs, patients and dates: the same for the same original, by a secret.

Nobody can find the original from it without the secret. With the same secret, instances that are
de-identified on another day still belong to the same patient and study.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import uuid
from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from octome.errors import MissingFact

LEAST_SECRET, MOST_SECRET = 16, 1 << 20  # bytes
MOST_DAYS = 3650  # that dates are moved back
DATE = re.compile(r"(\d{4})(\d{2})(\d{2})((?:\d{2,6}(?:\.\d{1,6})?)?(?:[+-]\d{4})?)", re.ASCII)


def secret_of(path: Path) -> bytes:
    """The secret that a file holds.

    Raises
    ------
    MissingFact
        It cannot be read, or has fewer than 16 bytes or more than 1 MB.
    """
    try:
        with path.open("rb") as file:
            secret = file.read(MOST_SECRET + 1)
    except OSError as error:
        raise MissingFact(
            f"cannot read the secret in {path}: {error.strerror or error}", missing="secret"
        ) from error
    stripped = secret.strip()
    if len(stripped) < LEAST_SECRET or len(secret) > MOST_SECRET:
        raise MissingFact(
            f"the secret in {path} has {len(stripped)} bytes: it needs {LEAST_SECRET} or "
            "more, which nobody can guess, and at most 1 MB",
            missing="secret",
        )
    return stripped


class Pseudonyms:
    """The pseudonyms that follow from one secret.

    Parameters
    ----------
    secret : bytes, optional
        A random one if None: then no other run gives the same pseudonyms.
    registered : collection of str
        UIDs that the Standard assigns: they stay.
    """

    def __init__(
        self, secret: bytes | None = None, registered: Collection[str] = frozenset()
    ) -> None:
        self._registered = registered
        self._secret = secret or secrets.token_bytes(32)
        self._uids: dict[str, str] = {}
        self._patients: dict[str, str] = {}
        self._days: dict[str, int] = {}

    def _digest(self, *words: str) -> bytes:
        text = json.dumps(words).encode()
        return hmac.new(self._secret, text, hashlib.sha256).digest()

    def uid(self, original: str) -> str:
        """The UID for another one; those of the Standard stay."""
        if not original or original in self._registered:
            return original
        if original not in self._uids:
            number = uuid.UUID(bytes=self._digest("uid", original)[:16], version=5).int
            self._uids[original] = f"2.25.{number}"
        return self._uids[original]

    def patient(self, original: str) -> str:
        """The ID for a patient; empty where there is none."""
        if not original:
            return ""
        if original not in self._patients:
            code = self._digest("patient", original)[:6].hex().upper()
            self._patients[original] = f"ANON-{code}"
        return self._patients[original]

    def days(self, person: str) -> int:
        """By how many days the dates of a person are moved back: from 1 to 3650."""
        if person not in self._days:
            number = int.from_bytes(self._digest("days", person)[:8], "big")
            self._days[person] = 1 + number % MOST_DAYS
        return self._days[person]

    def shifted(self, value: str, person: str) -> str:
        """A date, or a date and time, moved as all those of this person; empty if it is not one.

        Examples
        --------
        >>> names = Pseudonyms(b"a secret of frogs")
        >>> names.shifted("20260301101500", "frog")[8:], names.shifted("March", "frog")
        ('101500', '')
        """
        found = DATE.fullmatch(value)
        if found is None:
            return ""
        year, month, day, rest = found.groups()
        try:
            moved = date(int(year), int(month), int(day)) - timedelta(days=self.days(person))
        except (ValueError, OverflowError):
            return ""
        return f"{moved:%Y%m%d}".zfill(8) + rest

    @property
    def written(self) -> set[str]:
        """All pseudonyms that were given."""
        return {*self._patients.values(), *self._uids.values()}

    def as_data(self) -> dict[str, Any]:
        """Which original each pseudonym stands for, for a file that only its owner may read."""
        return {"patients": self._patients, "uids": self._uids, "days_moved_back": self._days}
