"""Two templates about frogs and tea, invented: one includes the other, and itself."""

from __future__ import annotations

from dataclasses import replace

from invented_source import facts_edition

from octome.standard.block import Block
from octome.standard.sources.records import (
    EditionRecords,
    Passage,
    TemplateParameter,
    TemplateRecord,
    TemplateRow,
)


def cell(*lines: str) -> Passage | None:
    return Passage(tuple(Block(kind="paragraph", words=line) for line in lines)) if lines else None


def row(number: str, value_type: str, concept: str, *value_set: str, depth: int = 0) -> TemplateRow:
    included = concept.split()[1] if value_type == "INCLUDE" else ""
    return TemplateRow(
        number=number,
        depth=depth,
        relationship="R-INFERRED FROM" if depth else "",
        value_type=value_type,
        concept=cell(concept),
        vm="1",
        requirement="M",
        condition=cell("IF it rains") if depth else None,
        value_set=cell(*value_set),
        included=included,
    )


def with_templates() -> EditionRecords:
    frog = TemplateRecord(
        tid="9",
        name="Frog",
        is_extensible=True,
        text=cell("Of a frog."),
        parameters=(TemplateParameter("$Leg", cell("Which leg")),),
        rows=(
            row("1", "CONTAINER", 'EV (1, 99FROG, "Frog")'),
            row("2", "NUM", "DCID 7", 'UNITS = EV (mm, UCUM, "mm")', "It is even.", depth=1),
            row("3", "INCLUDE", "DTID 10B", "$Leg = $Leg", depth=1),
            row("4", "INCLUDE", "DTID 9", depth=1),
        ),
    )
    tea = TemplateRecord(tid="10B", name="Tea", rows=(row("1", "TEXT", "$Leg"),))
    return replace(facts_edition("2020b"), templates=(frog, tea))
