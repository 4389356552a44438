"""The Standard's registries and its text: UIDs, context groups, codes, templates, sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from octome.standard.session import page as page_of
from octome.standard.stored_standard import StoredStandard

if TYPE_CHECKING:
    from octome.standard.model.code import CodeIndex, CodePage
    from octome.standard.model.confidentiality import ConfidentialityIndex
    from octome.standard.model.context_group import ContextGroupIndex, ContextGroupPage
    from octome.standard.model.section import PartPage, SectionIndex, SectionPage
    from octome.standard.model.template import TemplateIndex, TemplatePage
    from octome.standard.model.uid import UidIndex, UidList, UidPage
    from octome.standard.pages.code import CodesKnown


class Registries(StoredStandard):
    """Questions about what is registered or listed, and about the text, as those of `Library`."""

    def section_index(self, edition: str | None = None) -> SectionIndex:
        """The parts of the Standard with the chapters that are here."""
        from octome.standard.pages.part import section_index

        return page_of(self._stores, "/sections", edition, section_index)

    def part(self, number: int, edition: str | None = None) -> PartPage:
        """A part of the Standard, such as 8, with its chapters, or how to get it."""
        from octome.standard.pages.part import part_page

        return page_of(
            self._stores,
            f"/parts/{number}",
            edition,
            lambda r, chosen: part_page(r, chosen, number),
        )

    def section(self, number: str, edition: str | None = None) -> SectionPage:
        """A section, such as `C.8.17.14.1.1`, with what refers to it."""
        from octome.standard.pages.section import section_page

        return page_of(
            self._stores,
            f"/sections/{number}",
            edition,
            lambda r, chosen: section_page(r, chosen, number),
        )

    def context_group_index(self, edition: str | None = None) -> ContextGroupIndex:
        """The context groups, by number."""
        from octome.standard.pages.context_group import context_group_index

        return page_of(self._stores, "/context-groups", edition, context_group_index)

    def context_group(self, cid: int, edition: str | None = None) -> ContextGroupPage:
        """A context group with its codes."""
        from octome.standard.pages.context_group import context_group_page

        return page_of(
            self._stores,
            f"/context-groups/{cid}",
            edition,
            lambda r, chosen: context_group_page(r, chosen, str(cid)),
        )

    def template_index(self, edition: str | None = None) -> TemplateIndex:
        """The templates of PS3.16; none in an edition whose part 16 has not been read."""
        from octome.standard.pages.template import template_index

        return page_of(self._stores, "/templates", edition, template_index)

    def template(self, tid: str, edition: str | None = None) -> TemplatePage:
        """A template, such as `1500`, with its rows and those of the templates it includes."""
        from octome.standard.pages.template import template_page

        return page_of(
            self._stores,
            f"/templates/{tid}",
            edition,
            lambda r, chosen: template_page(r, chosen, tid),
        )

    def code_index(
        self, edition: str | None = None, *, scheme: str = "", words: str = "", page: int = 1
    ) -> CodeIndex:
        """A page of the list of codes: of one coding scheme or all, with some words or any."""
        from octome.standard.pages.code_index import code_index

        return page_of(
            self._stores,
            "/codes",
            edition,
            lambda r, chosen: code_index(r, chosen, scheme, words, str(page)),
        )

    def code(self, scheme: str, value: str, edition: str | None = None) -> CodePage:
        """A code, such as `121071` of `DCM`, with its definition and its context groups."""
        from octome.standard.pages.code import code_page

        return page_of(
            self._stores,
            f"/codes/{scheme}/{value}",
            edition,
            lambda r, chosen: code_page(r, chosen, scheme, value),
        )

    def code_meanings(self, scheme: str, value: str, edition: str | None = None) -> frozenset[str]:
        """Every meaning that the Standard gives a code; empty if it is nowhere in what is here."""
        from octome.standard.pages.code import code_meanings

        return self._stores.ask(edition, lambda r, chosen: code_meanings(r, chosen, scheme, value))

    def codes_known(self, edition: str | None = None) -> CodesKnown:
        """Which edition's codes of scheme DCM are here, and whether all of them are."""
        from octome.standard.pages.code import codes_known

        return self._stores.ask(edition, codes_known)

    def confidentiality_index(self, edition: str | None = None) -> ConfidentialityIndex:
        """PS3.15 Table E.1-1: what each confidentiality profile does to each attribute."""
        from octome.standard.pages.confidentiality import confidentiality_index

        return page_of(self._stores, "/confidentiality", edition, confidentiality_index)

    def vocabulary(self, edition: str | None = None) -> frozenset[str]:
        """The words in the names of attributes and the meanings of codes, folded."""
        from octome.standard.pages.vocabulary import vocabulary

        return self._stores.ask(edition, vocabulary)

    def uid_index(self, edition: str | None = None, which: UidList = "uids") -> UidIndex:
        """Every UID of the registry, or every SOP Class, or every Transfer Syntax."""
        from octome.standard.pages.uid import uid_index

        return page_of(
            self._stores, f"/{which}", edition, lambda r, chosen: uid_index(r, chosen, which)
        )

    def uid(self, uid: str, edition: str | None = None) -> UidPage:
        """A UID: a SOP Class with the CIOD that it stores, a Transfer Syntax, or another one."""
        from octome.standard.pages.uid import uid_page

        return page_of(
            self._stores, f"/uids/{uid}", edition, lambda r, chosen: uid_page(r, chosen, uid)
        )
