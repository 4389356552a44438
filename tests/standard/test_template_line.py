from __future__ import annotations

import pytest

from octome.standard.template_line import Code, Numbered, Parameter, read_line


@pytest.mark.parametrize(
    ("words", "name", "named"),
    [
        ('EV (121071, DCM, "Finding")', "", [Code("EV", "DCM", "121071", "Finding")]),
        ('(1, NCDR [2.0b], "Tea (green)")', "", [Code("", "NCDR", "1", "Tea (green)")]),
        (
            'UNITS = DT ({tea leaves}/min, UCUM, "leaves per minute")',
            "UNITS",
            [Code("DT", "UCUM", "{tea leaves}/min", "leaves per minute")],
        ),
        ("BCID (7) or DCID 8", "", [Numbered("CID", "7", "B"), Numbered("CID", "8", "D")]),
        ("DTID 10003B “Frog”", "", [Numbered("TID", "10003B", "D")]),
        ("$Method = $Tea", "$Method", [Parameter("$Tea")]),
        ("GRAPHIC TYPE = {POINT}", "GRAPHIC TYPE", []),
        ("The tea is green", "", []),
    ],
)
def test_line_names_what_it_holds(words: str, name: str, named: list[object]) -> None:
    line = read_line(words)
    assert (line.name, [mention.what for mention in line.mentions]) == (name, named)
    assert not line.is_cut


@pytest.mark.parametrize(
    ("words", "is_fact"),
    [
        ('$Unit = EV (mm, UCUM, "mm")', True),
        ("$Type = MemberOf {DCID 7 “Tea”}", True),
        ("GRAPHIC TYPE = {POINT, ELLIPSE}", True),
        ('Defaults to (1, 99FROG, "Frog")', False),
        ("Value = 0 - 100", False),
        ("The tea is green", False),
    ],
)
def test_fact_is_a_line_without_a_sentence(words: str, is_fact: bool) -> None:
    assert read_line(words).is_fact is is_fact


@pytest.mark.parametrize("words", ["D", "UNITS = B", "$Tea =", 'EV (1, 99FROG, "Frog)'])
def test_reference_that_leads_nowhere_is_cut(words: str) -> None:
    assert read_line(words).is_cut
