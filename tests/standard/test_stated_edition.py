"""Which edition files are of."""

from __future__ import annotations

import pytest

from octome.errors import SyncFailed
from octome.standard.stated_edition import ReadPart, edition_of, most_stated


def parts(*editions: str) -> dict[int, ReadPart]:
    return {number: ReadPart(edition) for number, edition in enumerate(editions, 3)}


def test_most_parts_count_and_of_as_many_the_first() -> None:
    assert most_stated(parts("2021b", "2024a", "2024a")) == "2024a"
    assert most_stated(parts("2024a", "2021b")) == "2024a"


@pytest.mark.parametrize(
    ("editions", "kept", "is_kept"),
    [
        (("2024a", "2024a", "2021b"), 0, True),
        (("2024a", "2021b"), 0, True),
        (("2021b",), 0, False),
        (("2021b",), 1, True),
        (("2021b", "2021b"), 1, False),
    ],
)
def test_the_requested_edition_is_kept_unless_most_parts_state_another(
    editions: tuple[str, ...], kept: int, is_kept: bool
) -> None:
    if is_kept:
        assert edition_of(parts(*editions), "2024a", kept=kept, origin="pond") == "2024a"
    else:
        with pytest.raises(SyncFailed, match="pond has edition 2021b, not 2024a"):
            edition_of(parts(*editions), "2024a", kept=kept, origin="pond")
