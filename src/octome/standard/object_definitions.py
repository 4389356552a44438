"""What the Standard defines of information objects: CIODs, modules, macros, attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from octome.standard.route import words_of
from octome.standard.session import page as page_of
from octome.standard.stored_standard import StoredStandard

if TYPE_CHECKING:
    from octome.standard.model.attribute import AttributePage
    from octome.standard.model.ciod import CiodIndex, CiodOrder, CiodPage, CiodSummary
    from octome.standard.model.dictionary import AttributeEntry, AttributeIndex
    from octome.standard.model.table import TableIndex, TablePage
    from octome.standard.pages.ciod_use import StoredCiod
    from octome.standard.pages.reader import Reader


class ObjectDefinitions(StoredStandard):
    """Questions about CIODs and what they are built of, as those of `Library`."""

    def ciod_index(self, edition: str | None = None, order: CiodOrder = "standard") -> CiodIndex:
        """Every CIOD of an edition."""
        from octome.standard.pages.ciod import ciod_index

        return page_of(
            self._stores, "/ciods", edition, lambda r, chosen: ciod_index(r, chosen, order)
        )

    def ciod(self, id_: str, edition: str | None = None) -> CiodPage:
        """A CIOD, such as `ct-image`, with its modules and functional groups."""
        from octome.standard.pages.ciod import ciod_page

        return page_of(
            self._stores, f"/ciods/{id_}", edition, lambda r, chosen: ciod_page(r, chosen, id_)
        )

    def stored_ciod(self, id_: str, edition: str | None = None) -> StoredCiod:
        """What a CIOD is built of; its page says more, and takes longer."""
        from octome.standard.pages.ciod_use import stored_ciod

        return page_of(
            self._stores, f"/ciods/{id_}", edition, lambda r, chosen: stored_ciod(r, chosen, id_)
        )

    def module_index(self, edition: str | None = None) -> TableIndex:
        """Every module of an edition, by name."""
        from octome.standard.pages.table import table_index

        return page_of(
            self._stores, "/modules", edition, lambda r, chosen: table_index(r, chosen, "module")
        )

    def module(self, id_: str, edition: str | None = None, *, ciod: str | None = None) -> TablePage:
        """A module, such as `image-plane`, by itself or as a CIOD uses it."""
        return self._table(f"/modules/{id_}", edition, ciod)

    def macro_index(self, edition: str | None = None) -> TableIndex:
        """Every macro of an edition, by name."""
        from octome.standard.pages.table import table_index

        return page_of(
            self._stores, "/macros", edition, lambda r, chosen: table_index(r, chosen, "macro")
        )

    def macro(self, id_: str, edition: str | None = None) -> TablePage:
        """A macro, such as `contrast-bolus-usage`."""
        return self._table(f"/macros/{id_}", edition)

    def _table(self, path: str, edition: str | None, ciod: str | None = None) -> TablePage:
        from octome.standard.pages.table import table_page

        def page(reader: Reader, chosen: str) -> TablePage | None:
            table = reader.table(chosen, path)
            return table_page(reader, chosen, table, ciod) if table else None

        address = path if ciod is None else f"/ciods/{ciod}/{path.rpartition('/')[2]}"
        return page_of(self._stores, address, edition, page)

    def attribute_index(self, edition: str | None = None, group: str = "0008") -> AttributeIndex:
        """The data dictionary: its groups, and the attributes of one group."""
        from octome.standard.pages.dictionary import attribute_index

        return page_of(
            self._stores,
            "/attributes",
            edition,
            lambda r, chosen: attribute_index(r, chosen, group),
        )

    def attribute(self, word: str, edition: str | None = None) -> AttributeEntry:
        """An attribute in the data dictionary, by keyword or tag, and everywhere it is used."""
        from octome.standard.pages.dictionary import attribute_entry

        return page_of(
            self._stores,
            f"/attributes/{word}",
            edition,
            lambda r, chosen: attribute_entry(r, chosen, word),
        )

    def attribute_at(self, path: str, edition: str | None = None) -> AttributePage:
        """An attribute in a module, a macro or a module of a CIOD.

        Parameters
        ----------
        path : str
            As on the web, `/modules/patient/PatientName` or
            `/ciods/ct-image/image-plane/00280030`; tags or keywords, nested as sequences are.
        """
        from octome.standard.pages.attribute import attribute_page

        def page(reader: Reader, chosen: str) -> AttributePage | None:
            match words_of(path):
                case ["ciods", ciod, id_, *tags] if tags:
                    table = reader.table(chosen, f"/modules/{id_}")
                    return attribute_page(reader, chosen, table, tags, ciod) if table else None
                case ["modules" | "macros" as what, id_, *tags] if tags:
                    table = reader.table(chosen, f"/{what}/{id_}")
                    return attribute_page(reader, chosen, table, tags) if table else None
            return None

        return page_of(self._stores, path, edition, page)

    def ciods(
        self, edition: str | None = None, order: CiodOrder = "standard"
    ) -> tuple[CiodSummary, ...]:
        """Every CIOD of an edition."""
        return self.ciod_index(edition, order).ciods
