"""How much differs of each kind of thing."""

from __future__ import annotations

from two_ponds import NEWER, OLDER

from octome.standard.library import Library


def test_counts_of_each_kind(ponds: Library) -> None:
    page = ponds.edition_diff(OLDER, NEWER)
    counts = {one.kind: (one.added, one.removed, one.renamed, one.changed) for one in page.summary}
    assert counts == {
        "ciods": (0, 0, 0, 0),
        "modules": (0, 0, 1, 0),
        "macros": (0, 0, 0, 0),
        "terms": (1, 0, 0, 1),
        "uids": (0, 1, 0, 0),
        "context_groups": (1, 1, 0, 1),
        "templates": (0, 0, 0, 1),
        "protected": (0, 0, 0, 0),
    }
    (why,) = filter(None, (one.not_compared for one in page.summary))
    assert why == f"not compared, {OLDER} and {NEWER} have none here."
