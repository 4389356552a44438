"""Names of UIDs; the facts are those of PS3.6 Annex A."""

from __future__ import annotations

import pytest

from octome.standard.library import Library


@pytest.mark.parametrize(
    "uid",
    [
        "1.2.840.10008.5.1.4.1.1.2",
        "1.2.840.10008.1.2.1",
        "1.2.840.10008.5.1.4.1.1.66.7",  # newer than the registry
    ],
)
def test_a_name_is_the_title_of_the_page(library: Library, uid: str) -> None:
    assert library.uid_name(uid) == library.uid(uid).title


def test_a_uid_that_is_nowhere_has_no_name(library: Library) -> None:
    assert library.uid_name("1.2.3.4") == ""
