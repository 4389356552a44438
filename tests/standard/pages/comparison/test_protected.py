"""Confidentiality profiles of real parts 15, thirteen years apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kept_store import keep_store
from octome.standard.library import Library, open_library
from octome.standard.sync import sync

REAL = Path(__file__).parents[5] / "shared" / "data" / "standard" / "docbook"

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def synced(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        keep_store(store)
        for edition in ("2013", "2026c"):
            mirror = tmp_path_factory.mktemp(edition)
            (mirror / "part15.xml").symlink_to(REAL / edition / "part15.xml")
            sync(edition, origin=str(mirror), parts=(15,))
        with open_library() as library:
            yield library


def test_actions_that_differ_are_named(synced: Library) -> None:
    found = {c.title: c for c in synced.edition_diff("2013", "2026c", "confidentiality").protected}
    patient_id = found["(0010,0020) Patient ID"]
    assert (patient_id.before, patient_id.after) == ("Basic Profile Z", "Basic Profile Z/D")
    assert sum(change.what == "added" for change in found.values()) == 410
    # Another spelling of its name is no change.
    assert "(0040,A123) Person Name" not in found
