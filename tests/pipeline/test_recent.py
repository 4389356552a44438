"""A reading is kept while its files are unchanged."""

from __future__ import annotations

from pathlib import Path

from octome.pipeline.recent import forget_readings, keep_recent

read: list[str] = []


@keep_recent(most=2)
def text_of(path: Path) -> str:
    read.append(path.name)
    return path.read_text()


def test_a_file_is_read_again_once_it_has_changed(tmp_path: Path) -> None:
    read.clear()
    path = tmp_path / "a"
    path.write_text("one")
    assert [text_of(path), text_of(path)] == ["one", "one"]
    path.write_text("other")
    assert text_of(path) == "other"
    assert read == ["a", "a"]


def test_only_the_newest_are_kept(tmp_path: Path) -> None:
    read.clear()
    for name in "abc":
        (tmp_path / name).write_text(name)
    for name in "abcba":
        text_of(tmp_path / name)
    assert read == ["a", "b", "c", "a"]
    forget_readings()
    text_of(tmp_path / "a")
    assert read[-2:] == ["a", "a"]
