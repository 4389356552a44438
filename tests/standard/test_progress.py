"""What the compiler reports while it works."""

from __future__ import annotations

from pathlib import Path

from invented_source import InventedSource, whole_edition

from octome.standard.compile.compiler import compile_store


def test_share_that_is_done_rises_from_zero_to_one(tmp_path: Path) -> None:
    steps: list[tuple[str, float]] = []
    compile_store(
        tmp_path / "s.sqlite",
        "key",
        lambda step, share: steps.append((step, share)),
        [InventedSource(editions=(whole_edition("2020b"), whole_edition("2021a")))],
    )
    shares = [share for _, share in steps]
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert shares == sorted(shares)
    assert all(step for step, _ in steps)
