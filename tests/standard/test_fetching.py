"""One file from the web: what is requested again, and how long is waited."""

from __future__ import annotations

from pathlib import Path

import pytest
from official_site import official_site

from octome.errors import SyncFailed
from octome.standard.fetching import Fetcher, NotThere, Validators, site_and_login


def test_a_file_is_fetched_once_and_then_known(tmp_path: Path) -> None:
    with official_site() as site:
        site.files["/frog"] = b"green" * 1000
        fetcher = Fetcher(lambda _seconds: None)
        shares: list[float] = []
        known = fetcher.fetch(f"{site.url}/frog", tmp_path / "frog", update=shares.append)
        assert (tmp_path / "frog").read_bytes() == b"green" * 1000
        assert shares[-1] == 1
        assert fetcher.fetch(f"{site.url}/frog", tmp_path / "new", known) is None
        fetcher.close()


def test_a_file_that_is_not_there_is_not_tried_again(tmp_path: Path) -> None:
    waits: list[float] = []
    with official_site() as site, pytest.raises(NotThere):
        Fetcher(waits.append).fetch(f"{site.url}/frog", tmp_path / "frog")
    assert waits == []


def test_a_file_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("octome.standard.fetching.LARGEST_BYTES", 1000)
    with official_site() as site:
        site.files["/frog"] = b"green" * 1000
        with pytest.raises(SyncFailed, match="larger than"):
            Fetcher(lambda _seconds: None).fetch(f"{site.url}/frog", tmp_path / "frog")


def test_only_a_strong_etag_or_a_date_resumes_a_file() -> None:
    assert Validators('"a"', "Sat").if_same() == '"a"'
    assert Validators('W/"a"', "Sat").if_same() == "Sat"
    assert Validators('W/"a"').if_same() == ""


def test_a_name_and_a_password_go_to_the_site_and_into_no_message() -> None:
    with official_site() as site:
        address, login = site_and_login(site.url.replace("://", "://frog:green%20tea@"))
        assert address == site.url
        assert "tea" not in repr(login)
        fetcher = Fetcher(lambda _seconds: None, login)
        with pytest.raises(NotThere) as refused:
            fetcher.text(f"{address}/pond")
        assert "frog" not in str(refused.value)
        fetcher.close()
        assert site.requests[0][1]["Authorization"] == "Basic ZnJvZzpncmVlbiB0ZWE="


def test_a_proxy_that_makes_no_sense_is_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "frog://pond")
    with pytest.raises(SyncFailed, match="proxy that HTTPS_PROXY"):
        Fetcher()


def test_an_address_that_cannot_be_reached_is_not_tried_again(tmp_path: Path) -> None:
    waits: list[float] = []
    fetcher = Fetcher(waits.append)
    for address in ("http://127.0.0.1:1/frog", "file:///frog"):
        with pytest.raises(SyncFailed):
            fetcher.fetch(address, tmp_path / "frog")
    fetcher.close()
    assert waits == []


def test_missing_certificates_are_one_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/pond/frog.pem")
    with pytest.raises(SyncFailed, match="certificates"):
        Fetcher()


def test_refused_connection_names_the_proxy_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://frog:croak@127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    with pytest.raises(SyncFailed) as refused:
        Fetcher().fetch("https://example.org/part03.xml", tmp_path / "part03.xml")
    words = str(refused.value)
    assert "through the proxy http://127.0.0.1:9: Connection refused" in words
    assert "croak" not in words


def test_address_without_a_host_is_refused() -> None:
    with pytest.raises(SyncFailed, match="without a host"):
        site_and_login("https://")
