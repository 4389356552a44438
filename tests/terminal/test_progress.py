"""A progress bar is on standard error, and only once work has begun."""

from __future__ import annotations

import pytest

from octome.terminal.progress import ProgressBar


def test_nothing_is_shown_before_the_work_begins(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressBar() as bar:
        bar.update("step", 0.5)
    assert capsys.readouterr() == ("", "")


def test_the_title_is_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressBar() as bar:
        bar.begin("Compiling")
        bar.update("step", 0.5)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("Compiling\n")
