"""How fast a part in DocBook becomes blocks: the target is 2 MB a second with everything else."""

from __future__ import annotations

from pathlib import Path

from made_part import chapter, made_xml, section

from octome.standard.sources.docbook.part import parse_part
from octome.standard.sources.docbook.sections import sections_of

ROW = (
    '<tr valign="top"><td align="left" colspan="1" rowspan="1"><para xml:id="para_{0}a">Tea {0}'
    '</para></td><td align="center" colspan="1" rowspan="1"><para xml:id="para_{0}b">(0009,{0:04})'
    '</para></td><td align="left" colspan="1" rowspan="1"><para xml:id="para_{0}c">How the tea is '
    'drunk. See <xref linkend="sect_C.1" xrefstyle="select: label"/>.</para><note><para>Hot.</para>'
    "</note></td></tr>"
)


def bench_sections_of_a_part(benchmark, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    rows = "".join(ROW.format(number) for number in range(5000))
    table = f'<table label="C-1" xml:id="table_C-1"><caption>Teas</caption>{rows}</table>'
    file = tmp_path / "part03.xml"
    file.write_text(made_xml(chapter(section("C.1", table))), "utf-8")
    records = benchmark(lambda: list(sections_of(parse_part(file))))
    assert len(records) == 2
    benchmark.extra_info["megabytes"] = file.stat().st_size / 1e6
