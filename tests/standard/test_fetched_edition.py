"""A whole edition from a mirror to its pages: the one of 19 March 2024, put together of oracles.

Its CIODs, modules and usages are those of that edition; its sentences are invented.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from official_site import PICTURE
from synthetic_part3 import REFERENCES, synthetic_part3
from synthetic_registers import (
    innolitics_terms,
    synthetic_part4,
    synthetic_part6,
)

from kept_store import keep_store
from octome.standard.library import Library, open_library
from octome.standard.model.attribute import spelled_type
from octome.standard.model.value_representation import spelled_vr
from octome.standard.names import base_module
from octome.standard.sync import sync

DATA = Path(__file__).parents[3] / "shared" / "data"
SHARED = DATA / "standard"
EDITION = "2024a"
SEED = "/ciods/ophthalmic-optical-coherence-tomography-en-face-image"
MODULE = f"{SEED}/ophthalmic-optical-coherence-tomography-en-face-image"
MOVED = ["(0022,1620)"]
"""Attributes of the module that the tables behind the made part 3, of 2025e, have elsewhere."""

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
    (folder / "figures").mkdir()
    for label in REFERENCES["C.8.17.14-1", "0x00082112"]:
        (folder / f"figures/PS3.3_{label}-1.svg").write_bytes(PICTURE)
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


def test_both_sections_are_on_the_seed_page_with_their_lists_and_figures(fetched: Library) -> None:
    page = fetched.attribute_at(f"{MODULE}/00082112")
    assert [section.number for section in page.sections] == ["C.12.4.1.2", "C.8.17.14.1.1"]
    for section in page.sections:
        assert {"list", "figure"} <= {block.kind for block in section.text.blocks}
        assert section.text.edition == EDITION
        # In place: this machine's copy, not the official site's.
        assert f"/figures/{EDITION}/3/PS3.3_{section.number}-1.svg" in section.text.html


def shown_on_the_seed_page() -> tuple[list[str], list[str], list[str]]:
    """Lines of the tree of the page that the project started from: CIODs, modules, attributes."""
    text = (DATA / "seed" / "page.txt").read_text("utf-8")
    lines = text.partition("Built with")[0].splitlines()
    ciods = [line.removesuffix("CIOD") for line in lines if line.endswith("CIOD")]
    modules = [line for line in lines if "Module - " in line]
    return ciods, modules, [line for line in lines if line.startswith("(")]


def test_tree_is_that_of_the_seed_page_line_by_line(fetched: Library) -> None:
    ciods, modules, attributes = shown_on_the_seed_page()
    assert len(ciods) == 171
    # The made part 3 has them in another order than the Standard.
    assert sorted(ciod.name for ciod in fetched.ciods()) == sorted(ciods)
    uses = fetched.ciod(SEED.rpartition("/")[2]).modules
    shown = [f"{use.name}{use.usage}Module - {use.information_entity}" for use in uses]
    assert shown == modules
    # Its own table, and the items of the sequence that is open on the page.
    rows = {
        child.path.rpartition("/")[2]: child
        for path in (f"{MODULE}/00082112", MODULE)
        for child in fetched.children(path)
    }
    found, newer = [], []
    for line in attributes:
        child = rows.get(f"{line[1:5]}{line[6:10]}".lower())
        if child is None:
            newer.append(line[:11])
        else:
            vr = spelled_vr(child.vr).partition(" (")[0].removeprefix("Floating Point ")
            found.append(f"{line[:11]} {child.title}{child.mark}{vr}")
    assert newer == MOVED
    assert found == [line for line in attributes if line[:11] not in MOVED]


def test_panel_is_that_of_the_seed_page(fetched: Library) -> None:
    page = fetched.attribute_at(f"{MODULE}/00082112")
    use = page.attribute
    assert (use.display_tag, spelled_type(use.type), page.keywords[-1], use.vm) == (
        "(0008,2112)",
        "Required (1)",
        "SourceImageSequence",
        "1",
    )
    assert spelled_vr(use.vr) == "Sequence (SQ)"
    assert page.standard_url is not None
    assert "#table_C.8.17.14-" in page.standard_url  # the table that holds it


def test_functional_groups_of_a_ciod_have_their_usages(fetched: Library) -> None:
    groups = fetched.ciod("enhanced-ct-image").functional_groups
    assert {"Pixel Measures", "Frame Content"} <= {group.name for group in groups}
    assert {group.usage for group in groups} <= {"M", "U", "C"}
    assert {group.usage_edition for group in groups} == {None}


def test_real_time_modules_have_the_sequence_of_the_current_frame(fetched: Library) -> None:
    assert fetched.attribute("00060001").keyword == "CurrentFrameFunctionalGroupsSequence"
    for kind in ("video-endoscopic-image", "video-photographic-image", "audio-waveform"):
        modules = fetched.ciod(f"real-time-{kind}").modules
        (module,) = [use for use in modules if use.name == "Current Frame Functional Groups"]
        assert [row.tag for row in fetched.module(module.id).attributes] == ["00060001"]


def test_every_sop_class_has_its_ciod(fetched: Library) -> None:
    ids = {ciod["name"]: ciod["id"] for ciod in oracle("ciods.json")}
    found = {sop["id"]: fetched.ciod_of(sop["id"]) for sop in oracle("sops.json")}
    named = {sop["id"]: ids[sop["ciod"]] for sop in oracle("sops.json") if sop["ciod"] in ids}
    assert len(named) > 150
    assert {uid: found[uid] for uid in named} == named
