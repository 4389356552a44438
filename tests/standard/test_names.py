"""Names and usages against an independent snapshot of a 2024 edition."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from octome.standard.library import Library
from octome.standard.model.ciod import CiodPage
from octome.standard.model.dictionary import AttributeEntry

SNAPSHOT = Path(__file__).parents[3] / "shared" / "data" / "innolitics-json"
pytestmark = pytest.mark.shared


def snapshot(name: str) -> Any:
    return json.loads((SNAPSHOT / f"{name}.json").read_text("utf-8"))


def test_every_ciod_of_2024_is_here_by_its_name(library: Library) -> None:
    ours = {ciod.id: ciod.name for ciod in library.ciods()}
    theirs = {ciod["id"]: ciod["name"] for ciod in snapshot("ciods")}
    assert len(theirs) == 171
    assert {id_: ours.get(id_) for id_ in theirs} == theirs


def test_every_module_of_2024_is_here_by_its_name(library: Library) -> None:
    ours = {child.path.rpartition("/")[2]: child.title for child in library.children("/modules")}
    theirs = {module["id"]: module["name"] for module in snapshot("modules")}
    missing = theirs.keys() - ours.keys()
    # A module of real-time CIODs that the current source writes out once for each of them.
    assert missing == {"current-frame-functional-groups"}
    assert {id_: ours[id_] for id_ in theirs if id_ in ours} == {
        id_: name for id_, name in theirs.items() if id_ in ours
    }


def test_usages_agree_but_for_what_changed_since(library: Library) -> None:
    differences, compared = [], 0
    ours = {}
    for ciod in library.ciods():
        page = library.at(ciod.path)
        assert isinstance(page, CiodPage)
        ours |= {(ciod.id, use.id): (use.usage, use.information_entity) for use in page.modules}
    for use in snapshot("ciod_to_modules"):
        key = (use["ciodId"], use["moduleId"])
        if key in ours:
            compared += 1
            if ours[key] != (use["usage"], use["informationEntity"]):
                differences.append(key)
    assert compared > 3200
    assert len(differences) < 60, differences


def test_dictionary_agrees_on_every_attribute_that_both_have(library: Library) -> None:
    compared = 0
    for entry in snapshot("attributes")[::25]:
        page = library.at(f"/attributes/{entry['id']}")
        assert isinstance(page, AttributeEntry)
        if entry["keyword"] and not page.is_retired:
            assert (page.keyword, page.vm) == (entry["keyword"], entry["valueMultiplicity"])
            compared += 1
    assert compared > 150
