"""The registry of UIDs in two editions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pond_edition import TERMS
from synthetic_registers import synthetic_part6
from two_ponds import NEWER, OLDER

from kept_store import keep_store
from octome.standard.library import Library, open_library
from octome.standard.sources.records import Uid
from octome.standard.sync import sync


def test_uid_that_went_has_its_page_in_the_older_edition(ponds: Library) -> None:
    gone, renamed = ponds.edition_diff(OLDER, NEWER, "uids").uids
    assert (gone.what, gone.title, gone.path, gone.edition) == (
        "removed",
        "Pond",
        "/uids/1.2.3",
        OLDER,
    )
    assert (renamed.what, renamed.before, renamed.after) == ("renamed", "Reed", "Tall Reed")


def test_one_uid_is_compared_by_its_properties(ponds: Library) -> None:
    page = ponds.edition_diff(OLDER, NEWER, "uids/1.2.4")
    assert [(c.title, c.before, c.after) for c in page.properties] == [
        ("Name", "Reed", "Tall Reed"),
        ("Keyword", "Reed", "TallReed"),
    ]


def test_uid_that_one_edition_lacks_is_not_in_it(ponds: Library) -> None:
    page = ponds.edition_diff(OLDER, NEWER, "sop-classes/1.2.3")
    assert (page.path, page.notes) == (
        f"/editions/{OLDER}..{NEWER}/uids/1.2.3",
        (f"{NEWER} does not have it.",),
    )


LABEL_MAP = "1.2.840.10008.5.1.4.1.1.66.7"
"""A CIOD of 2026b stores it, although the registry there does not have it."""


@pytest.fixture(scope="module")
def fetched(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The registry of 2024a has a UID that 2026b's, which is older than 2026b, does not have."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        keep_store(store)
        mirror = tmp_path_factory.mktemp("2024a")
        uids = [
            Uid("1.2.3", "Pond", "SOP Class", "", "Pond", False),
            Uid(LABEL_MAP, "Label Map", "SOP Class", "", "LabelMap", False),
        ]
        (mirror / "part06.xml").write_bytes(synthetic_part6("2024a", TERMS, uids))
        sync("2024a", origin=str(mirror), parts=(6,))
        with open_library() as library:
            yield library


def test_uid_missing_in_a_registry_of_another_edition_was_not_removed(fetched: Library) -> None:
    for older, newer, other in (("2024a", "2026b", "removed"), ("2026b", "2024a", "added")):
        page = fetched.edition_diff(older, newer, "uids")
        assert page.uids
        assert other not in [change.what for change in page.uids]
        assert page.notes[0].startswith("UIDs that 2026b lacks here are left out")
    page = fetched.edition_diff("2024a", "2026b", "uids/1.2.3")
    assert page.notes[0].startswith("Not in the registry of 2024c")
    assert not page.is_compared


def test_sop_class_newer_than_the_registry_has_the_name_of_the_other(fetched: Library) -> None:
    page = fetched.edition_diff("2024a", "2026b", f"uids/{LABEL_MAP}")
    assert page.title == f"Label Map ({LABEL_MAP}): 2024a to 2026b"
    assert "Name" not in [change.title for change in page.properties]
