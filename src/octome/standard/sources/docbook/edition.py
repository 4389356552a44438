"""All parts of an edition, read one after the other into its records."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from octome.standard.edition_folder import EditionFolder
from octome.standard.edition_manifest import NEEDED_PARTS
from octome.standard.sources.docbook.attribute_tables import attribute_tables
from octome.standard.sources.docbook.code_definitions import read_code_definitions
from octome.standard.sources.docbook.confidentiality import read_confidentiality
from octome.standard.sources.docbook.context_groups import read_context_groups
from octome.standard.sources.docbook.dictionary import read_terms
from octome.standard.sources.docbook.functional_groups import functional_groups
from octome.standard.sources.docbook.iods import iods
from octome.standard.sources.docbook.part import Part, parse_part
from octome.standard.sources.docbook.sections import sections_of
from octome.standard.sources.docbook.sop_classes import ciods_by_uid, read_sop_classes
from octome.standard.sources.docbook.templates import read_templates
from octome.standard.sources.docbook.text import Reading
from octome.standard.sources.docbook.uids import read_uids
from octome.standard.sources.records import (
    CiodRecord,
    CodeDefinition,
    ContextGroupRecord,
    EditionRecords,
    Problem,
    ProtectedAttribute,
    SectionRecord,
    Table,
    TemplateRecord,
    Term,
    Uid,
    Use,
)


def read_edition(folder: EditionFolder, edition: str) -> EditionRecords:
    """Everything that the parts of an edition have; one part is in memory at a time.

    Raises
    ------
    StoreUnavailable
        A part is damaged.
    """
    manifest = folder.manifest
    numbers = sorted(map(int, manifest.parts))
    titles: dict[str, str] = {}
    for number in numbers:
        part = _part(folder, number)
        titles.update(part.titles)
        del part
    found = Found([_stated(words) for words in manifest.problems])
    for number in numbers:
        found.add(_part(folder, number), titles)
    lacks = [
        f"part {number} ({what})" for number, what in NEEDED_PARTS.items() if number not in numbers
    ]
    return EditionRecords(
        edition=edition,
        source=f"official DocBook from {manifest.origin}, {manifest.date[:10]}",
        dictionary=edition if 6 in numbers else "",
        note=f"Not fetched: {', '.join(lacks)}." if lacks else "",
        is_in_standard_order=True,
        ciods=found.ciods,
        module_uses=found.module_uses,
        macro_uses=found.macro_uses,
        modules=found.modules,
        macros=found.macros,
        terms=found.terms,
        sop_classes=found.sop_classes,
        section_records=found.sections,
        uids=found.uids,
        context_groups=found.context_groups,
        templates=found.templates,
        code_definitions=found.code_definitions,
        protected_attributes=found.protected_attributes,
        # The same problem from two readers is one problem.
        pictures=frozenset(map(_picture, manifest.figures)),
        problems=tuple(dict.fromkeys(found.problems)),
    )


def _stated(words: str) -> Problem:
    """A problem from the manifest, `part 5: a picture is missing: frog.svg`."""
    found = re.match(r"part (\d+): ", words)
    return Problem(int(found[1]), "", words[found.end() :]) if found else Problem(0, "", words)


def _picture(kept: str) -> str:
    """The name in passages of a picture that is kept as `5/figures/PS3.5_7.1-1.svg`."""
    part, _, name = kept.partition("/")
    return f"PS3.{part}#{name}"


def _part(folder: EditionFolder, number: int) -> Part:
    file = folder.whole_file(folder.manifest.parts[str(number)])
    return parse_part(file, folder.edition)


class Found:
    """The content of the parts that have been read so far."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.sections: list[SectionRecord] = []
        self.ciods: Sequence[CiodRecord] = ()
        self.ciod_sections: Mapping[str, str] = {}
        self.modules: Sequence[Table] = ()
        self.macros: Sequence[Table] = ()
        self.module_uses: Sequence[Use] = ()
        self.macro_uses: Sequence[Use] = ()
        self.terms: list[Term] = []
        self.uids: Sequence[Uid] = ()
        self.sop_classes: Mapping[str, str] = {}
        self.context_groups: Sequence[ContextGroupRecord] = ()
        self.templates: Sequence[TemplateRecord] = ()
        self.code_definitions: Sequence[CodeDefinition] = ()
        self.protected_attributes: Sequence[ProtectedAttribute] = ()

    def add(self, part: Part, titles: Mapping[str, str]) -> None:
        """Read a part. Part 4 comes after part 3, whose CIODs its SOP Classes store."""
        if part.number == 16:
            self._add_registers(part, titles)
        # Each has a page, which shows its codes and the rest of its section.
        groups = {f"sect_CID_{group.cid}" for group in self.context_groups}
        self.sections.extend(sections_of(part, titles, groups if part.number == 16 else ()))
        if part.number == 3:
            self._add_objects(part, titles)
        elif part.number == 4:
            classes = read_sop_classes(part, titles)
            if self.ciods:  # without part 3 none can be found
                self.sop_classes = ciods_by_uid(classes, self.ciods, part, self.ciod_sections)
        elif part.number == 6:
            self.terms += read_terms(part)
            self.uids = read_uids(part, titles)
        elif part.number == 7:
            self.terms += read_terms(part)
        elif part.number == 15:
            self.protected_attributes = read_confidentiality(part)
        self.problems += part.problems

    def _add_registers(self, part: Part, titles: Mapping[str, str]) -> None:
        reading = Reading(part, titles)
        self.templates = read_templates(part, reading)
        self.context_groups = read_context_groups(part, reading)
        self.code_definitions = read_code_definitions(part, reading)

    def _add_objects(self, part: Part, titles: Mapping[str, str]) -> None:
        reading = Reading(part, titles)
        tables = attribute_tables(part, reading)
        found = iods(part, reading, tables)
        self.modules, self.macros = tables.modules, tables.macros
        self.ciods, self.module_uses = found.ciods, found.uses
        self.ciod_sections = found.by_section
        self.macro_uses = list(functional_groups(part, reading, found, tables))
