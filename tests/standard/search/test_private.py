"""Whose private elements are."""

from __future__ import annotations

import subprocess
import sys

import pytest

from octome.standard.library import Library
from octome.standard.search.private import private_creator, private_tag


def test_private_element_names_the_creators_that_have_it() -> None:
    lead, owners = private_tag("0029", "1010")
    assert "(0029,0010)" in lead
    assert "CSA Image Header Info (OB) of SIEMENS CSA HEADER, " in owners
    assert owners.startswith("It may be ")
    assert owners.endswith(" others.")


def test_element_that_no_creator_has() -> None:
    assert len(private_tag("4405", "4006")) == 2


@pytest.mark.parametrize("query", ["SIEMENS CSA HEADER", "siemens csa header", "GEMS_PARM_01"])
def test_creator(query: str) -> None:
    assert "private creator" in private_creator(query)[0]


def test_no_creator() -> None:
    assert private_creator("frog") == private_creator("") == ()


def test_search_answers(library: Library) -> None:
    assert library.search("(0029,1010)").notes
    assert library.search("SIEMENS CSA HEADER").notes


def test_creator_is_named_though_texts_mention_it(library: Library) -> None:
    assert "GEMS_PARM_01" in library.search("GEMS_PARM_01").notes[0]


def test_misspelt_word_does_not_wait_for_pydicom() -> None:
    code = (
        "import sys; from octome.standard.search.private import private_creator; "
        "private_creator('frog'); sys.exit('pydicom' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
