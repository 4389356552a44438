"""Text in the character sets of PS3.3 C.12.1.1.2: bytes worked out by hand."""

from __future__ import annotations

import pytest

from octome.dicom.character_set import decoded


@pytest.mark.parametrize(
    ("raw", "character_sets", "text"),
    [
        (b"Mueller", (), "Mueller"),
        (b"M\xfcller", ("ISO_IR 100",), "Müller"),
        (b"M\xc3\xbcller", ("ISO_IR 192",), "Müller"),
        # ISO 8859-5: the capital letters begin at 0xB0.
        (
            b"\xb0^\xb1",
            ("ISO_IR 144",),
            "\N{CYRILLIC CAPITAL LETTER A}^\N{CYRILLIC CAPITAL LETTER BE}",
        ),
        # An escape to Greek (ISO 8859-7), as in PS3.5 6.1.2.5.2: 0xE1 is alpha.
        (b"a^\x1b-F\xe1", ("", "ISO 2022 IR 126"), "a^\N{GREEK SMALL LETTER ALPHA}"),
    ],
)
def test_bytes_are_text_in_their_character_set(raw, character_sets, text: str) -> None:
    assert decoded(raw, character_sets) == text


def test_bytes_outside_of_the_character_set_are_replaced() -> None:
    assert decoded(b"M\xfcller", ("ISO_IR 192",)) == "M\N{REPLACEMENT CHARACTER}ller"


def test_an_unknown_character_set_leaves_ascii_readable() -> None:
    assert decoded(b"M\xfcller", ("ISO_IR 999",)).startswith("M")
    assert decoded(b"plain", ("nonsense",)) == "plain"
