"""How long a page takes while the inspector works on the worst file, and without."""

from __future__ import annotations

import http.client
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parents[2] / "tests"
sys.path += [str(TESTS / "web"), str(TESTS / "conformance")]

from server_process import ServerProcess, server_process  # noqa: E402
from small_instance import with_empty_items  # noqa: E402

PAGE = "/ciods/ct-image"


@pytest.fixture(scope="module")
def served(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with server_process(store, tmp_path_factory.mktemp("server")) as server:
        yield server


def page(connection: http.client.HTTPConnection) -> bytes:
    connection.request("GET", PAGE)
    return connection.getresponse().read()


@pytest.mark.parametrize("items", [0, 200_000])
def bench_page_while_a_file_is_inspected(
    benchmark: Callable[..., Any], served: ServerProcess, items: int
) -> None:
    with ThreadPoolExecutor() as executor:
        upload = executor.submit(served.post, with_empty_items(items)) if items else None
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
        assert b"CT Image" in benchmark(page, connection)
        connection.close()
        if upload is not None:
            assert upload.result()[0] in (200, 503)
