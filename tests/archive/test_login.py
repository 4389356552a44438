"""Names and passwords come from a netrc file or the keyring, and never show."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from octome.archive.login import login_for
from octome.archive.web_service import WebService
from octome.errors import LoginUnreadable, UnknownName


@pytest.fixture
def netrc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "netrc"
    monkeypatch.setenv("NETRC", str(path))
    monkeypatch.setitem(sys.modules, "keyring", None)
    return path


def test_a_netrc_file_has_the_login(netrc: Path) -> None:
    assert login_for("pond.example") is None
    netrc.write_text("machine pond.example login frog password tea\n")
    assert login_for("pond.example") == ("frog", "tea")
    assert login_for("pond.example", "toad") is None
    assert login_for("lake.example") is None


def test_a_damaged_netrc_file_is_reported_without_its_content(netrc: Path) -> None:
    netrc.write_text("machine pond.example login frog secret tea\n")
    with pytest.raises(LoginUnreadable, match=r"is not a readable netrc file \(line 1\)") as error:
        login_for("pond.example")
    assert "tea" not in str(error.value)


def test_the_keyring_is_next(netrc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def credential(host: str, user: str | None) -> object:
        return SimpleNamespace(username=user or "frog", password=f"tea of {host}")

    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_credential=credential))
    assert login_for("pond.example", "toad") == ("toad", "tea of pond.example")


def test_a_password_in_an_address_is_refused_and_not_shown() -> None:
    with pytest.raises(UnknownName) as error:
        WebService("http://frog:tea@pond.example")
    assert "tea" not in str(error.value) + str(error.value.details)
