"""How much differs of each kind of thing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from two_ponds import NEWER, OLDER

from octome.standard.library import Library, open_library
from octome.standard.sync import sync

PART7 = Path(__file__).parents[5] / "shared" / "data" / "standard" / "docbook" / "part07-editions"


def test_counts_of_each_kind(ponds: Library) -> None:
    page = ponds.edition_diff(OLDER, NEWER)
    counts = {one.kind: (one.added, one.removed, one.renamed, one.changed) for one in page.summary}
    assert counts == {
        "ciods": (0, 0, 0, 0),
        "modules": (0, 0, 1, 0),
        "macros": (0, 0, 0, 0),
        "terms": (1, 0, 0, 1),
        "uids": (0, 1, 1, 0),
        "context_groups": (1, 1, 0, 1),
        "templates": (0, 0, 0, 1),
        "protected": (0, 0, 0, 0),
    }
    (why,) = filter(None, (one.not_compared for one in page.summary))
    assert why == f"not compared, {OLDER} and {NEWER} have none here."


@pytest.mark.shared
def test_command_elements_alone_are_not_called_the_dictionary(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        for edition in ("2016c", "2024c"):
            (tmp_path / edition).mkdir()
            shutil.copy(PART7 / f"part07_{edition}.xml", tmp_path / edition / "part07.xml")
            sync(edition, str(tmp_path / edition), parts=[7])
        with open_library() as opened:
            page = opened.edition_diff("2016c", "2024c")
    (terms,) = [one for one in page.summary if one.kind == "terms"]
    assert (terms.title, terms.not_compared) == ("Command elements", "")
    assert "Data dictionary (PS3.6): not compared, 2016c and 2024c have none here." in page.notes
