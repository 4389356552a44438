"""What short names lead to."""

from __future__ import annotations

from octome.standard.search.abbreviation import keys_of_short


def test_short_name_of_several_kinds_leads_to_each() -> None:
    assert keys_of_short("mpps") == ("uid:1.2.840.10008.3.1.2.3.3",)
    assert keys_of_short("ct")[0] == "ciod:ct-image"
    assert keys_of_short("bvalues") == ("name:diffusionbvalue",)


def test_picture_is_as_good_as_its_making() -> None:
    assert keys_of_short("mammogram") == keys_of_short("mammography") != ()


def test_other_words_are_no_short_names() -> None:
    assert keys_of_short("frog") == ()
