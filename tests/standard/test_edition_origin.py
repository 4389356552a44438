"""Where editions are fetched from: the list of a site, and folders."""

from __future__ import annotations

from pathlib import Path

import pytest
from official_site import official_site

from octome.errors import SyncFailed
from octome.standard.edition_origin import Files, editions_at
from octome.standard.fetching import Fetcher


def test_only_editions_are_listed_the_oldest_first() -> None:
    with official_site() as site:
        site.files["/"] = (
            b'<a href="../">up</a> <A HREF="2024a/">2024a</A> <a href="current/">x</a>'
            b'<a href="/2013/">2013</a> <a href="Conf-1999/x">no</a>'
        )
        fetcher = Fetcher(lambda _seconds: None)
        assert editions_at(fetcher, site.url) == ["2013", "2024a"]
        fetcher.close()


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SyncFailed, match="pond is not there"):
        Files(tmp_path / "pond")
    (tmp_path / "frog").touch()
    with pytest.raises(SyncFailed, match="frog is not a folder"):
        Files(tmp_path / "frog")


def test_the_editions_of_a_folder_are_its_folders(tmp_path: Path) -> None:
    for name in ("2024a", "2013", "frog"):
        (tmp_path / name).mkdir()
    assert Files(tmp_path).editions() == ["2013", "2024a"]
