"""A script as a user writes it: what each question answers is known to a type checker."""

from __future__ import annotations

import octome
from octome.errors import UnknownPath


def mandatory_modules(library: octome.Library, ciod: str) -> list[str]:
    return [use.name for use in library.ciod(ciod).modules if use.usage == "M"]


def type_of(library: octome.Library, module: str, keyword: str) -> str:
    page = library.attribute_at(f"/modules/{module}/{keyword}")
    return page.attribute.type or "not stated"


def codes_of(library: octome.Library, cid: int) -> dict[str, str]:
    return {code.value: code.meaning for code in library.context_group(cid).codes}


def nearest_to(library: octome.Library, ciod: str) -> object:
    try:
        library.ciod(ciod)
    except UnknownPath as error:
        return error.details["nearest"]
    return []


def violations(library: octome.Library, path: str) -> list[str]:
    report = octome.Checker(library).check(path)
    return [finding.code for finding in report.findings if finding.outcome == "violation"]


def summary(library: octome.Library) -> list[str]:
    lines = [f"{edition.id}: {edition.ciods}" for edition in library.edition_index().editions]
    lines += [change.title for change in library.edition_diff(*reversed(library.editions)).ciods]
    lines += [use.ciod.title for use in library.macro("contrast-bolus-usage", "2020b").used_by]
    lines += [hit.title for hit in library.search("pixel spacing").hits]
    lines.append(library.attribute("PixelSpacing").vr)
    lines.append(library.section("C.8.17.14.1.1").section.title)
    return lines
