"""A whole edition from a mirror to its pages: the one of 19 March 2024, put together of oracles.

Its CIODs, modules and usages are those of that edition; its sentences are invented.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from synthetic_part3 import synthetic_part3
from synthetic_registers import (
    innolitics_terms,
    synthetic_part4,
    synthetic_part6,
)

from kept_store import keep_store
from octome.standard.library import Library, open_library
from octome.standard.names import base_module
from octome.standard.sync import sync

SHARED = Path(__file__).parents[3] / "shared" / "data" / "standard"
EDITION = "2024a"
SEED = "/ciods/ophthalmic-optical-coherence-tomography-en-face-image"
MODULE = f"{SEED}/ophthalmic-optical-coherence-tomography-en-face-image"

pytestmark = pytest.mark.shared


def oracle(file: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(
        (SHARED / "innolitics-2024a" / file).read_text("utf-8")
    )
    return found


def classes() -> list[tuple[str, str, str]]:
    """SOP Classes with their IOD in words: the made part 3 has other sections than the real one."""
    return [(sop["name"], sop["id"], f"{sop['ciod']} IOD") for sop in oracle("sops.json")]


@pytest.fixture(scope="module")
def fetched(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("mirror")
    known = SHARED / "innolitics-2024a"
    for number, content in (
        (3, synthetic_part3(EDITION, iods_from="2024a")),
        (4, synthetic_part4(EDITION, classes())),
        (6, synthetic_part6(EDITION, innolitics_terms(known))),
    ):
        (folder / f"part{number:02}.xml").write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        keep_store(store)
        sync(EDITION, origin=str(folder), parts=(3, 4, 6))
        with open_library() as library:
            yield library


def test_fetched_edition_is_read_by_default(fetched: Library) -> None:
    assert fetched.editions[0] == EDITION
    assert set(fetched.editions[1:]) >= {"2020b"}


def test_every_ciod_has_its_modules_with_entity_and_usage(fetched: Library) -> None:
    names = {ciod["id"]: ciod["name"] for ciod in oracle("ciods.json")}
    assert len(names) == 171
    assert {ciod.id: ciod.name for ciod in fetched.ciods()} == names
    expected: dict[str, list[tuple[str, str]]] = {}
    for use in oracle("ciod_to_modules.json"):
        # Not in the tables that the made part 3 has: the one module without attributes there.
        if use["moduleId"] != "image-histogram":
            # Modules of functional groups have the name of a CIOD in front in this oracle.
            module = base_module(use["moduleId"])
            expected.setdefault(use["ciodId"], []).append((module, use["usage"]))
    found = {id_: [(use.id, use.usage) for use in fetched.ciod(id_).modules] for id_ in names}
    assert found == expected


def test_seed_page_has_its_tree_its_panel_and_its_section(fetched: Library) -> None:
    page = fetched.attribute_at(f"{MODULE}/00082112")
    assert (page.title, page.attribute.type, page.attribute.vr) == (
        "Source Image Sequence",
        "1",
        "SQ",
    )
    assert [item.tag for item in page.items][-1] == "0040a170"
    tree = fetched.children(f"{MODULE}/00082112")
    assert [child.path.rpartition("/")[2] for child in tree] == [item.tag for item in page.items]
    section = fetched.section("C.8.17.14.1.1")
    kinds = [block.kind for block in section.section.text.blocks]
    assert {"list", "figure"} <= set(kinds)


def test_every_sop_class_has_its_ciod(fetched: Library) -> None:
    ids = {ciod["name"]: ciod["id"] for ciod in oracle("ciods.json")}
    found = {sop["id"]: fetched.ciod_of(sop["id"]) for sop in oracle("sops.json")}
    named = {sop["id"]: ids[sop["ciod"]] for sop in oracle("sops.json") if sop["ciod"] in ids}
    assert len(named) > 150
    assert {uid: found[uid] for uid in named} == named
