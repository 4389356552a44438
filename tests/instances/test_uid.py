"""UIDs: new ones differ, and values are UIDs or not."""

from __future__ import annotations

import re

import pytest
from pydicom import config
from pydicom.uid import UID

from octome.instances.uid import derived_uid, is_uid, new_uid


def test_new_uids_are_valid_and_differ() -> None:
    uids = {new_uid() for _ in range(100)}
    assert len(uids) == 100
    assert all(re.fullmatch(r"2\.25\.(0|[1-9]\d*)", uid) and len(uid) <= 64 for uid in uids)


def test_derived_uids_follow_from_all_parts() -> None:
    first = derived_uid("series", "1", "2")
    assert first == derived_uid("series", "1", "2")
    assert first.is_valid
    others = {derived_uid("series", "12"), derived_uid("series", "2", "1"), derived_uid("series")}
    assert len({first, *others}) == 4


def unchecked(text: str) -> UID:
    """A UID as it was read, valid or not."""
    return UID(text, config.IGNORE)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (unchecked("1.2.840"), True),
        (unchecked("1.02.840"), True),
        (unchecked("1." * 32 + "1"), False),
        (unchecked("1.2.x"), False),
        (unchecked(""), False),
        ("1.2.840", False),
        (None, False),
    ],
)
def test_a_value_is_a_uid(value: object, *, expected: bool) -> None:
    assert is_uid(value) is expected
