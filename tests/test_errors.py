"""The tree of errors: as its docstring shows it, with unique codes and plain messages."""

from __future__ import annotations

import inspect
import json
import re

import pytest

from octome import errors
from octome.errors import OctomeError, StoreUnavailable, UnknownPath

CLASSES = [
    each
    for each in vars(errors).values()
    if inspect.isclass(each) and issubclass(each, OctomeError)
]


def test_the_docstring_shows_each_error_below_its_base() -> None:
    # Each level is four columns wide; the last line of the level above it is its base.
    above, found = {0: "OctomeError"}, {}
    for line in str(errors.__doc__).splitlines():
        if match := re.match(r"([│├└─ ]+)(\w+) {2,}\S", line):
            level = len(match[1]) // 4
            found[match[2]] = above[level - 1]
            above[level] = match[2]
    below = [each for each in CLASSES if each is not OctomeError]
    assert found == {each.__name__: each.__bases__[0].__name__ for each in below}


def test_codes_are_unique_words_in_lower_case() -> None:
    codes = [each.code for each in CLASSES]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", code) for code in codes)


@pytest.mark.parametrize("kind", [UnknownPath, StoreUnavailable])
def test_a_message_is_shown_unchanged_for_every_built_in_base(kind) -> None:
    # KeyError would show quotes, OSError a number.
    error = kind("nothing is at 'x'", path="x")
    assert str(error) == "nothing is at 'x'"
    assert json.loads(json.dumps(error.as_data())) == {
        "code": kind.code,
        "message": "nothing is at 'x'",
        "details": {"path": "x"},
    }
