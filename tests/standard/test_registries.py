"""Questions about registries have the pages that paths have."""

from __future__ import annotations

from octome.standard.library import Library


def test_answer_of_each_question_is_the_page_at_its_path(library: Library) -> None:
    for page in (
        library.context_group_index(),
        library.context_group(4271),
        library.code("DCM", "121071"),
        library.template_index(),
        library.uid_index(which="sop-classes"),
        library.uid("1.2.840.10008.1.2"),
        library.confidentiality_index(),
    ):
        assert library.at(page.path) == page
