"""Instances of a JSON file."""

from __future__ import annotations

import pytest

from octome.dicom.json_model import json_instances
from octome.errors import InstanceUnreadable


def test_a_file_has_one_instance_or_a_list() -> None:
    assert json_instances(b'\xef\xbb\xbf{"1": {}}', "a") == [{"1": {}}]
    assert json_instances(b"[{}, {}]", "a") == [{}, {}]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{", "not JSON"),
        (b"[]", "empty list"),
        (b"[5]", "something else"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_all_else_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(InstanceUnreadable, match=why):
        json_instances(content, "a")
