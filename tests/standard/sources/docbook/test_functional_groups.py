from __future__ import annotations

from pathlib import Path

import pytest

from octome.standard.sources.docbook.attribute_tables import attribute_tables
from octome.standard.sources.docbook.functional_groups import functional_groups
from octome.standard.sources.docbook.iods import iods
from octome.standard.sources.docbook.part import parse_part
from octome.standard.sources.docbook.text import Reading

REAL = Path(__file__).parents[5] / "shared" / "data" / "docbook-excerpt" / "part03.xml"


@pytest.mark.shared
@pytest.mark.skipif(not REAL.exists(), reason="needs the shortened part 3 of 2016c")
def test_each_macro_of_two_real_ciods_is_there() -> None:
    part = parse_part(REAL)
    reading = Reading(part)
    tables = attribute_tables(part, reading)
    uses = list(functional_groups(part, reading, iods(part, reading, tables), tables))
    # 25 and 28 lines of the two tables, less a head each. The second has another name.
    assert {use.ciod for use in uses} == {"enhanced-ct-image", "enhanced-x-ray-angiographic-image"}
    assert len(uses) == 24 + 27
