"""New files get unused names."""

from __future__ import annotations

from pathlib import Path

from octome.pipeline.free_path import free_path


def test_a_taken_name_gets_the_next_number(tmp_path: Path) -> None:
    found = []
    for _ in range(3):
        path = free_path(tmp_path, "surfaces")
        path.touch()
        found.append(path.name)
    assert found == ["surfaces.dcm", "surfaces-2.dcm", "surfaces-3.dcm"]
