"""Patterns of conditions. Attributes are tokens: `@` and eight digits."""

from __future__ import annotations

import pytest

from octome.conformance.rules.condition.phrase import ABSENT, CODE, SUBJECTS, VALUE


@pytest.mark.parametrize(
    ("words", "group", "found"),
    [
        ('"WET"', "quoted", "WET"),
        ("WET_AND COLD", "capitals", "WET_AND COLD"),
        ("-1.5", "number", "-1.5"),
        ("001FH", "hex", "001FH"),
        ("1.2.840.10008.1", "uid", "1.2.840.10008.1"),
    ],
)
def test_value_is_of_one_kind(words: str, group: str, found: str) -> None:
    match = VALUE.match(words)
    assert match is not None
    assert (match.lastgroup, match[group]) == (group, found)


def test_a_word_in_small_letters_is_not_a_value() -> None:
    assert VALUE.match("wet") is None


def test_code_has_a_value_and_a_scheme() -> None:
    match = CODE.fullmatch('(128317, DCM, "Frog")')
    assert match is not None
    assert match.group("value", "scheme") == ("128317", "DCM")


@pytest.mark.parametrize("words", ["is not present", "are absent", "does not exist"])
def test_absence_is_understood(words: str) -> None:
    assert ABSENT.match(words)


@pytest.mark.parametrize(
    ("words", "nth", "word"),
    [
        ("Value 3 of @00080008", "3", None),
        ("the third value of @00080008", None, "third"),
        ("@00080008, Value 3", "3", None),
        ("the @00080008", None, None),
    ],
)
def test_subject_is_an_attribute_or_one_of_its_values(
    words: str, nth: str | None, word: str | None
) -> None:
    match = next(found for pattern in SUBJECTS if (found := pattern.match(words)))
    groups = match.groupdict()
    assert groups["tag"] == "00080008"
    assert (groups.get("nth"), groups.get("word")) == (nth, word)
