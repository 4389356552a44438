"""Editions from a site of the official layout and from folders, whatever goes wrong."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from official_site import Site, book, official_site

from octome.errors import StoreUnavailable, SyncFailed
from octome.standard.edition_folder import EditionFolder, edition_folders, editions_folder
from octome.standard.edition_origin import editions_at
from octome.standard.fetching import Fetcher
from octome.standard.sync import Synced, sync

COMMAND = (sys.executable, "-m", "octome", "sync", "2024a", "--from")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "*")
    return tmp_path


@pytest.fixture
def site() -> Iterator[Site]:
    with official_site() as served:
        served.publish("2024a", "2024a", 3, 6)
        yield served


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def fetcher(waits: list[float]) -> Iterator[Fetcher]:
    made = Fetcher(waits.append)
    yield made
    made.close()


def synced(site: Site, fetcher: Fetcher, edition: str = "2024a") -> Synced:
    return sync(edition, site.url, parts=[3, 6], fetcher=fetcher)


def content(edition: str, part: int) -> bytes:
    folder = EditionFolder(editions_folder() / edition)
    return gzip.decompress(folder.whole_file(folder.manifest.parts[str(part)]).read_bytes())


def test_an_edition_is_kept_with_its_parts_and_figures(site: Site, fetcher: Fetcher) -> None:
    done = synced(site, fetcher)
    assert (done.edition, done.is_new, done.parts, done.figures) == ("2024a", True, ("3", "6"), 2)
    assert content("2024a", 3) == book(3, "2024a")
    assert [folder.edition for folder in edition_folders()] == ["2024a"]
    assert not (editions_folder() / ".fetching").exists()


def test_an_edition_that_has_not_changed_is_not_fetched_again(site: Site, fetcher: Fetcher) -> None:
    synced(site, fetcher)
    before = EditionFolder(editions_folder() / "2024a").fingerprint()
    site.requests.clear()
    assert not synced(site, fetcher).is_new
    assert not site.paths(200)
    assert EditionFolder(editions_folder() / "2024a").fingerprint() == before


def test_a_part_that_has_changed_is_replaced(site: Site, fetcher: Fetcher) -> None:
    synced(site, fetcher)
    site.publish("2024a", "2024a", 6, words="Black tea.")
    assert synced(site, fetcher).is_new
    assert b"Black" in content("2024a", 6)
    assert b"Green" in content("2024a", 3)


def test_current_is_kept_under_its_own_name(site: Site, fetcher: Fetcher) -> None:
    site.publish("current", "2026c", 3, 6)
    assert synced(site, fetcher, "current").edition == "2026c"
    assert not synced(site, fetcher, "current").is_new


def test_a_release_that_is_half_done_is_named_and_completed(site: Site, fetcher: Fetcher) -> None:
    site.publish("current", "2026c", 3, 6)
    synced(site, fetcher, "current")
    site.publish("current", "2026d", 3)
    done = synced(site, fetcher, "current")
    assert (done.edition, done.parts) == ("2026d", ("3", "6"))
    assert done.problems == ("part 6 states that it is of edition 2026c",)
    site.publish("current", "2026d", 6)
    done = synced(site, fetcher, "current")
    assert (done.edition, done.is_new, done.problems) == ("2026d", True, ())
    assert content("2026c", 3) == book(3, "2026c")


def test_the_newest_edition_may_only_be_at_current(site: Site, fetcher: Fetcher) -> None:
    site.publish("current", "2026c", 3, 6)
    assert synced(site, fetcher, "2026c").edition == "2026c"


def test_an_unknown_edition_names_those_that_are_there(site: Site, fetcher: Fetcher) -> None:
    with pytest.raises(SyncFailed, match=r"does not have edition 2031a; it has 2024a"):
        synced(site, fetcher, "2031a")
    assert editions_at(fetcher, site.url) == ["2024a"]


def test_a_retired_part_may_be_missing_and_part_3_may_not(site: Site, fetcher: Fetcher) -> None:
    del site.files["/2024a/source/docbook/part06/part06.xml"]
    with pytest.raises(
        SyncFailed,
        match=r"but not its part 6 \(the data dictionary\); --parts",
    ):
        synced(site, fetcher)
    assert edition_folders() == ()


def test_a_cut_off_part_is_resumed(site: Site, fetcher: Fetcher) -> None:
    site.cuts.append(200)
    synced(site, fetcher)
    assert content("2024a", 3) == book(3, "2024a")
    assert site.paths(206) == ["/2024a/source/docbook/part03/part03.xml"]


def test_a_resumed_part_that_has_changed_comes_whole(
    site: Site, fetcher: Fetcher, waits: list[float]
) -> None:
    site.cuts += [200, 20, 20, 20, 20]
    with pytest.raises(SyncFailed, match="cannot fetch"):
        synced(site, fetcher)
    site.cuts.clear()
    site.publish("2024a", "2024a", 3, words="Black tea.")
    synced(site, fetcher)
    assert content("2024a", 3) == book(3, "2024a", "Black tea.")
    assert waits == [1, 2, 4, 8]


def test_a_part_that_is_not_well_formed_is_not_used(site: Site, fetcher: Fetcher) -> None:
    path = "/2024a/source/docbook/part03/part03.xml"
    site.files[path] = site.files[path][:-20]
    with pytest.raises(SyncFailed, match="part 3 is not used"):
        synced(site, fetcher)
    site.publish("2024a", "2024a", 3)
    assert synced(site, fetcher).is_new


def test_503_is_tried_again_when_the_server_says(
    site: Site, fetcher: Fetcher, waits: list[float]
) -> None:
    site.statuses += [503, 429]
    assert synced(site, fetcher).is_new
    assert waits == [1, 1]


def test_a_server_that_stays_busy_is_one_error(site: Site, fetcher: Fetcher) -> None:
    site.statuses += [503] * 5
    with pytest.raises(SyncFailed, match="503"):
        synced(site, fetcher)


def test_a_wrong_subtitle_is_a_problem(site: Site, fetcher: Fetcher) -> None:
    path = "/2024a/source/docbook/part06/part06.xml"
    site.files[path] = book(6, "2021b")
    assert synced(site, fetcher).problems == ("part 6 states that it is of edition 2021b",)


def test_another_part_is_refused(site: Site, fetcher: Fetcher) -> None:
    site.files["/2024a/source/docbook/part06/part06.xml"] = book(5, "2024a")
    with pytest.raises(SyncFailed, match="is part 5, not 6"):
        synced(site, fetcher)


def test_a_missing_figure_is_a_problem(site: Site, fetcher: Fetcher) -> None:
    del site.files["/2024a/source/docbook/part03/figures/pond.svg"]
    assert synced(site, fetcher).problems == ("part 3: a picture is missing: figures/pond.svg",)


def test_a_picture_that_runs_something_is_made_safe(site: Site, fetcher: Fetcher) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>frog()</script></svg>'
    site.files["/2024a/source/docbook/part03/figures/pond.svg"] = svg
    synced(site, fetcher)
    folder = EditionFolder(editions_folder() / "2024a")
    kept = folder.manifest.figures["3/figures/pond.svg"]
    assert b"frog" not in folder.whole_file(kept).read_bytes()


def test_a_page_in_place_of_a_picture_is_a_problem(site: Site, fetcher: Fetcher) -> None:
    site.files["/2024a/source/docbook/part03/figures/pond.svg"] = b"<html>no frog</html>"
    assert synced(site, fetcher).problems == ("part 3: not a picture: figures/pond.svg",)


def test_problems_of_parts_that_stay_are_kept(site: Site, fetcher: Fetcher) -> None:
    del site.files["/2024a/source/docbook/part03/figures/pond.svg"]
    synced(site, fetcher)
    site.publish("2024a", "2024a", 6, words="Black tea.")
    assert len(synced(site, fetcher).problems) == 1
    site.publish("2024a", "2024a", 3, words="Black tea.")
    assert synced(site, fetcher).problems == ()


def test_a_stopped_sync_ends_with_130_and_goes_on(site: Site) -> None:
    site.publish("2024a", "2024a", 3, 6, words="Black tea. " * 40_000)
    site.pause_s = 0.05
    # Where the tests run in the background of a shell, Ctrl-C is ignored and children inherit that.
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        process = subprocess.Popen([*COMMAND, site.url, "--parts", "3,6"], stderr=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGINT, before)
    deadline = time.monotonic() + 30
    while not any(path.stat().st_size for path in editions_folder().glob(".fetching/*/part03.xml")):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=30)[1].splitlines() == [
        b"octome: what was received is kept: the same command continues from there",
        b"octome: stopped",
    ]
    assert process.returncode == 130
    site.pause_s = 0
    assert subprocess.run([*COMMAND, site.url], check=False).returncode == 0
    assert site.paths(206)


def test_a_redirect_is_followed(site: Site, fetcher: Fetcher) -> None:
    path = "/2024a/source/docbook/part03/part03.xml"
    site.files["/moved.xml"] = site.files.pop(path)
    site.redirects[path] = "/moved.xml"
    assert synced(site, fetcher).parts == ("3", "6")


def test_a_password_in_the_address_is_neither_kept_nor_shown(site: Site) -> None:
    secret = site.url.replace("://", "://frog:pond7@")
    assert sync("2024a", secret, parts=[3, 6]).is_new
    with pytest.raises(SyncFailed) as refused:
        sync("2031a", secret)
    assert "pond7" not in f"{refused.value} {refused.value.details}"
    assert all("Authorization" in headers for _, headers, _ in site.requests)
    kept = [file for file in editions_folder().rglob("*") if file.is_file()]
    assert kept
    assert not any(b"pond7" in file.read_bytes() for file in kept)


def test_a_redirect_to_a_file_of_this_machine_is_not(site: Site, fetcher: Fetcher) -> None:
    site.redirects["/2024a/source/docbook/part03/part03.xml"] = "file:///etc/passwd"
    with pytest.raises(SyncFailed):
        synced(site, fetcher)


def test_a_slow_line_is_given_up(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("octome.standard.fetching.SLOW_S", 0.01)
    monkeypatch.setattr("octome.standard.fetching.SLOWEST_BYTES_S", 1 << 20)
    site.pause_s = 0.05
    with pytest.raises(SyncFailed, match="too slow"):
        synced(site, fetcher)


def test_no_network_is_one_error(fetcher: Fetcher) -> None:
    with pytest.raises(SyncFailed, match="stays as it was"):
        sync("2024a", "http://127.0.0.1:1", fetcher=fetcher)


def test_a_certificate_that_nobody_vouches_for_is_refused(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = home / "site.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", file, "-out",
         home / "certificate.pem", "-subj", "/CN=frog", "-addext",
         "subjectAltName=IP:127.0.0.1"],
        capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("openssl is not installed")
    file.write_bytes(file.read_bytes() + (home / "certificate.pem").read_bytes())
    with official_site(file) as site:
        site.publish("2024a", "2024a", 3, 6)
        with pytest.raises(SyncFailed, match=r"(?i)certificate"):
            sync("2024a", site.url)
        monkeypatch.setenv("SSL_CERT_FILE", str(home / "certificate.pem"))
        assert sync("2024a", site.url).is_new


def test_only_the_requested_parts_are_fetched_and_others_stay(site: Site, fetcher: Fetcher) -> None:
    site.publish("2024a", "2024a", 5)
    assert sync("2024a", site.url, parts=[6], fetcher=fetcher).parts == ("6",)
    assert sync("2024a", site.url, parts=[5], fetcher=fetcher).parts == ("5", "6")


@pytest.mark.parametrize("layout", ["2024a/source/docbook/part{0}", "part{0}", "."])
def test_a_folder_of_any_layout_is_read(home: Path, layout: str) -> None:
    for number in (3, 6):
        folder = home / "files" / layout.format(f"{number:02}")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"part{number:02}.xml").write_bytes(book(number, "2024a"))
    assert sync("2024a", str(home / "files")).parts == ("3", "6")
    assert (home / "files").is_dir()


def test_a_damaged_file_names_itself_and_the_cure(site: Site, fetcher: Fetcher) -> None:
    synced(site, fetcher)
    folder = EditionFolder(editions_folder() / "2024a")
    kept = folder.manifest.parts["3"]
    (folder.path / kept.file).write_bytes(b"frog")
    with pytest.raises(StoreUnavailable, match=r"part03-.*octome sync 2024a"):
        folder.whole_file(kept)
    assert synced(site, fetcher).is_new  # the cure
    assert content("2024a", 3) == book(3, "2024a")


def test_a_killed_sync_leaves_the_old_edition_and_the_next_one_ends_it(
    site: Site, fetcher: Fetcher
) -> None:
    synced(site, fetcher)
    site.publish("2024a", "2024a", 3, 6, words="Black tea. " * 2000)
    site.pause_s = 0.02
    process = subprocess.Popen([*COMMAND, site.url], stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 30
    while not any(path.stat().st_size for path in editions_folder().glob(".fetching/*/part03.xml")):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait(30)
    assert content("2024a", 3) == book(3, "2024a")
    site.pause_s = 0
    assert synced(site, fetcher).is_new
    assert site.paths(206)
    assert content("2024a", 6) == book(6, "2024a", "Black tea. " * 2000)


def test_two_syncs_at_once_are_safe(site: Site) -> None:
    running = [
        subprocess.Popen([*COMMAND, site.url], stdout=subprocess.PIPE, env=dict(os.environ))
        for _ in range(2)
    ]
    answers = sorted(process.communicate(timeout=60)[0].decode() for process in running)
    assert [process.returncode for process in running] == [0, 0]
    assert answers[0].startswith("2024a: 2 parts")
    assert answers[1] == "2024a: already up to date\n"
    assert content("2024a", 3) == book(3, "2024a")
