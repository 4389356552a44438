"""A step is a value: it can be pickled and run in another process, with the same result."""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from octome.instances.composite import Reference
from octome.pipeline.chain_plan import plan
from octome.pipeline.executor import run_plan
from octome.pipeline.manifest import Manifest
from octome.pipeline.request import Request
from octome.pipeline.source import read_source
from octome.pipeline.step import Progress, Task, perform, step_keys

REQUEST = Request(slabs=("superficial",), with_height_map=True)


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        yield pool


def test_each_step_in_another_process_gives_the_same(
    made_chain, tmp_path: Path, pool: ProcessPoolExecutor
) -> None:
    source = read_source(made_chain.scan)
    done: list[str] = []

    def elsewhere(task: Task, _progress: Progress) -> Reference | None:
        task = pickle.loads(pickle.dumps(task))
        done.append(task.run.__name__)
        return pool.submit(perform, task).result()

    here, there = (Manifest(tmp_path / name, "chain") for name in ("here", "there"))
    ours = run_plan(plan(source, REQUEST, here.reserved), here)
    theirs = run_plan(plan(source, REQUEST, there.reserved), there, perform=elsewhere)
    assert done == [
        "raw_data",
        "scan_volumes",
        "structure_of_scan",
        "found_surfaces",
        "surfaces_as_height_map",
        "flow_of_scan",
        "enface_of_layers",
        "enface_of_layers",
    ]
    assert [each.path.name for each in ours] == [each.path.name for each in theirs]
    for our, their in zip(ours, theirs, strict=True):
        assert our.path.read_bytes() == their.path.read_bytes(), our.path.name


def test_a_key_changes_with_parameters_and_earlier_steps(made_chain) -> None:
    source = read_source(made_chain.scan)
    keys = step_keys(plan(source, Request()))
    other = step_keys(plan(source, Request(projection="max")))
    assert keys["flow-omag"] == other["flow-omag"]
    assert keys["enface/deep-flow"] != other["enface/deep-flow"]
    changed = step_keys(plan(replace(source, digest="another"), Request()))
    assert not set(keys.values()) & set(changed.values())


def test_the_structure_does_not_depend_on_the_flow_algorithm(made_chain) -> None:
    source = read_source(made_chain.scan)
    first = step_keys(plan(source, Request(algorithm="omag", with_raw=False)))
    second = step_keys(plan(source, Request(algorithm="ratio", with_raw=False)))
    assert first["structure"] == second["structure"]
    assert first["surfaces"] == second["surfaces"]
    assert first["enface/deep-flow"] != second["enface/deep-flow"]
