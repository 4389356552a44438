"""`octome send` with wrong arguments; sending is tested with real archives."""

from __future__ import annotations

import pytest

from octome.cli.archive import TARGET


@pytest.mark.parametrize(
    ("target", "parts"),
    [
        ("localhost:4242", (None, "localhost", "4242")),
        ("ORTHANC@10.0.0.7:104", ("ORTHANC", "10.0.0.7", "104")),
    ],
)
def test_target_has_a_title_a_host_and_a_port(
    target: str, parts: tuple[str | None, str, str]
) -> None:
    found = TARGET.fullmatch(target)
    assert found is not None
    assert found.group("aet", "host", "port") == parts


@pytest.mark.parametrize(
    "target", ["localhost", "@localhost:104", "A@B@localhost:104", "SEVENTEEN_LETTERS@localhost:1"]
)
def test_text_that_is_not_a_target_gives_none(target: str) -> None:
    assert TARGET.fullmatch(target) is None
