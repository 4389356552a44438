"""Numbers of things in words."""

from __future__ import annotations

from octome.standard.counted import counted


def test_one_thing_is_not_several() -> None:
    assert [counted(number, "frog") for number in (0, 1, 2)] == ["0 frogs", "1 frog", "2 frogs"]
