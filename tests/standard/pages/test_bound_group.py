"""The context groups of code sequences in the packaged editions, as far as those have them."""

from __future__ import annotations

from octome.standard.library import Library


def test_group_of_an_older_edition_is_marked_as_such(library: Library) -> None:
    page = library.attribute_at("/modules/dx-positioning/00540220", "2026b")
    (group,) = page.context_groups
    assert (group.title, group.binding, group.edition) == ("CID 4010 DX View", "baseline", "2020b")
    assert group.is_extensible is None


def test_code_sequence_without_a_group_says_that_it_is_not_known(library: Library) -> None:
    page = library.attribute_at("/modules/contrast-bolus/00180012", "2026b")
    assert page.context_groups == ()
    assert page.lacks_context_group
    assert not library.attribute_at("/modules/patient/00100010").lacks_context_group
