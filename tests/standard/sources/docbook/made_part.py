"""Parts in DocBook of the official shape, about frogs and tea, for tests."""

from __future__ import annotations

from pathlib import Path

from octome.standard.sources.docbook.part import Part, parse_part

HEAD = (
    '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n'
    '<book xmlns="http://docbook.org/ns/docbook" xmlns:xl="http://www.w3.org/1999/xlink" '
    'label="PS3.{number}" version="5.0" xml:id="PS3.{number}"><title>PS3.{number}</title>'
    "<subtitle>{subtitle}</subtitle>{body}</book>"
)


def made_xml(body: str, number: int = 3, subtitle: str = "DICOM PS3.3 2026c - Frogs") -> str:
    """The file of a part with `body` as its chapters."""
    return HEAD.format(number=number, subtitle=subtitle, body=body)


def made_part(
    folder: Path, body: str, number: int = 3, subtitle: str = "DICOM PS3.3 2026c - Frogs"
) -> Part:
    """A part as it is read from a file in `folder`."""
    file = folder / f"part{number:02}.xml"
    file.write_text(made_xml(body, number, subtitle), "utf-8")
    return parse_part(file)


def chapter(body: str, label: str = "C") -> str:
    """A chapter with that in it."""
    return (
        f'<chapter label="{label}" status="1" xml:id="chapter_{label}">'
        f"<title>Pond</title>{body}</chapter>"
    )


def section(label: str, body: str = "", title: str = "Frog") -> str:
    """A section with that in it."""
    return (
        f'<section label="{label}" status="2" xml:id="sect_{label}">'
        f"<title>{title}</title>{body}</section>"
    )
