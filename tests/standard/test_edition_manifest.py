"""What is written down of a fetched edition."""

from __future__ import annotations

import pytest

from octome.standard.edition_manifest import (
    KeptEdition,
    KeptFile,
    OtherFormat,
    read_manifest,
)

PART = KeptFile(file="frog.xml.gz", size=1, sha256="")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"croak", "it is not JSON"),
        (b"\xff", "it is not JSON"),
        (b"[]", "it does not describe an edition"),
        (b'{"edition": "2024a"}', "it does not describe an edition"),
        (b'{"format": 1, "parts": {"3": {}}, "figures": {}}', "it does not describe an edition"),
    ],
)
def test_what_is_not_a_manifest_is_refused_in_words(content: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_manifest(content)


def test_manifest_of_another_version_is_known_as_such() -> None:
    with pytest.raises(OtherFormat):
        read_manifest(b'{"format": 99}')


def test_part_without_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="a part without a number"):
        KeptEdition(edition="2024a", origin="pond", date="2026-01-31", parts={"frog": PART})


def test_edition_without_part_6_is_not_usable() -> None:
    only = KeptEdition(edition="2024a", origin="pond", date="2026-01-31", parts={"3": PART})
    assert not only.is_usable
