"""How a context group, a template and a confidentiality row changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from two_ponds import NEWER, OLDER, two_ponds

from octome.standard.library import Library
from octome.standard.model.history import History


@pytest.fixture(scope="module")
def ponds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Two editions, both compiled."""
    with two_ponds(tmp_path_factory.mktemp("ponds")) as library:
        library.uid_index(OLDER)
        yield library


def shown(found: History | None) -> str:
    return found.words.partition("; not ")[0] if found else ""


def test_version_of_a_context_group(ponds: Library) -> None:
    assert shown(ponds.context_group(1).history) == (
        f"Version 20990101 in {OLDER}; version 20990601 in {NEWER}"
    )
    assert shown(ponds.context_group(5).history) == f"Added in {NEWER}"
    assert shown(ponds.context_group(2).history) == f"The same in {OLDER} and {NEWER}"


def test_rows_of_a_template(ponds: Library) -> None:
    assert shown(ponds.template("10").history) == f"In {OLDER} and {NEWER}; changed in {NEWER}"


def test_groups_of_a_source_that_has_not_all_of_them_have_no_history(library: Library) -> None:
    assert library.context_group(4271).history is None


def test_what_profiles_do_is_known_where_the_table_is(library: Library) -> None:
    found = library.attribute("PatientID", "2020b").protection
    assert found is not None
    assert found.row is not None
    assert found.history is None  # only one edition here has the table
