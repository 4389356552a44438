"""Pseudonyms follow from the original and the secret alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydicom.uid import UID, CTImageStorage

from octome.deidentification.pseudonym import Pseudonyms, secret_of
from octome.errors import MissingFact


def test_other_secrets_give_other_pseudonyms() -> None:
    one, other = Pseudonyms(b"frog" * 8), Pseudonyms(b"newt" * 8)
    assert one.uid("1.2.3") == Pseudonyms(b"frog" * 8).uid("1.2.3") != other.uid("1.2.3")
    assert one.patient("K") == Pseudonyms(b"frog" * 8).patient("K") != other.patient("K")
    assert Pseudonyms().uid("1.2.3") != Pseudonyms().uid("1.2.3")


def test_uids_are_valid_and_those_of_the_standard_stay() -> None:
    names = Pseudonyms()
    assert all(UID(names.uid(f"1.2.{number}")).is_valid for number in range(100))
    assert Pseudonyms(None, {CTImageStorage}).uid(CTImageStorage) == CTImageStorage
    assert names.uid("1.2.840.10008.4711") != "1.2.840.10008.4711"


def test_dates_of_a_person_move_together() -> None:
    names = Pseudonyms(b"frog" * 8)
    days = [names.shifted(f"2026030{day}", "kermit") for day in (1, 2)]
    assert int(days[1]) - int(days[0]) in (1, 70, 71, 72, 73, 8870)  # the next day
    assert names.shifted("20260301", "kermit") != names.shifted("20260301", "piggy")
    assert names.shifted("20260301-20260302", "kermit") == ""
    assert names.shifted("00010101", "kermit") == names.shifted("20261399", "kermit") == ""


def test_short_or_missing_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / "short").write_bytes(b"frog\n")
    for name, why in (("short", "4 bytes"), ("missing", "No such file")):
        with pytest.raises(MissingFact, match=why):
            secret_of(tmp_path / name)
    (tmp_path / "long").write_bytes(b"a pond full of frogs\n")
    assert secret_of(tmp_path / "long") == b"a pond full of frogs"
