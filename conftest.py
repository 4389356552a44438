"""One compiled store, one server and one browser for all tests and benchmarks."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from octome.standard.library import Library, open_library
from octome.standard.store import connect, store_path
from octome.standard.store_key import store_key

SHARED = Path(__file__).parents[1] / "shared"
# Files to begin with, in this order, where processes share the tests: the first ones make what many
# read, each something else, and none of these is left to one process at the end.
FIRST = (
    "tests/pipeline/test_chain.py",
    "tests/web/test_app.py",
    "tests/conformance/synthesis/test_instance.py",
    "tests/octa/segmentation/test_layers.py",
    "tests/octa/test_angiography.py",
    "tests/web/test_accessibility.py",
    "tests/conformance/check/test_damaged_instances.py",
    "tests/standard/test_library.py",
)
LONGEST = {path: place for place, path in enumerate(FIRST)}
MadeOnce = Callable[[str, Callable[[Path], None]], Path]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; skip what needs the shared data where there is none."""
    items.sort(key=lambda item: LONGEST.get(item.nodeid.partition("::")[0], len(LONGEST)))
    if SHARED.is_dir():
        return
    for item in items:
        if "shared" in item.keywords:
            item.add_marker(pytest.mark.skip(reason=f"no shared data at {SHARED}"))


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The folders of the user's data and cache are empty ones, for commands in a process too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """A folder by name: the first process that needs it fills it, the others read it."""
    base = tmp_path_factory.getbasetemp()
    common = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def made(name: str, fill: Callable[[Path], None]) -> Path:
        folder = common / name
        is_filled = folder.with_suffix(".filled")
        with folder.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not is_filled.exists():
                folder.mkdir()
                fill(folder)
                is_filled.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def store(made_once: MadeOnce) -> Path:
    """The store in that cache, compiled once for all tests and benchmarks."""
    path = store_path(store_key())

    def fill(folder: Path) -> None:
        open_library(folder / path.name).close()

    compiled = made_once("store", fill) / path.name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(compiled, path)
    return path


@pytest.fixture(scope="session")
def library(store: Path) -> Iterator[Library]:
    """The library over that store."""
    with open_library(store) as library:
        yield library


@pytest.fixture(scope="session")
def database(store: Path) -> Iterator[sqlite3.Connection]:
    """That store's own tables."""
    with closing(connect(store)) as connection:
        yield connection


@pytest.fixture(scope="session")
def server(library: Library) -> Iterator[str]:
    """The address of the web application on a free port of the loopback address."""
    from octome.web.app import create_app
    from octome.web.server import listening_socket, server_of

    listener = listening_socket(0, print)
    server = server_of(create_app(library))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(5)
    listener.close()


@pytest.fixture(scope="session")
def chromium_options() -> dict[str, object]:
    """What starts Debian's Chromium; what needs it is skipped where it is not installed."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    arguments = [
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return {"executable_path": found, "args": arguments}


@pytest.fixture(scope="session")
def chromium(chromium_options: dict[str, object]) -> Iterator[object]:
    """Debian's Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium_options)  # type: ignore[arg-type]
        yield browser
        browser.close()
