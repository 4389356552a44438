"""Value representations, by name."""

from __future__ import annotations

from dataclasses import dataclass

from octome.standard.model.text import Text

# PS3.5 Table 6.2-1.
VALUE_REPRESENTATIONS = {
    "AE": "Application Entity",
    "AS": "Age String",
    "AT": "Attribute Tag",
    "CS": "Code String",
    "DA": "Date",
    "DS": "Decimal String",
    "DT": "Date Time",
    "FD": "Floating Point Double",
    "FL": "Floating Point Single",
    "IS": "Integer String",
    "LO": "Long String",
    "LT": "Long Text",
    "OB": "Other Byte",
    "OD": "Other Double",
    "OF": "Other Float",
    "OL": "Other Long",
    "OV": "Other 64-bit Very Long",
    "OW": "Other Word",
    "PN": "Person Name",
    "SH": "Short String",
    "SL": "Signed Long",
    "SQ": "Sequence",
    "SS": "Signed Short",
    "ST": "Short Text",
    "SV": "Signed 64-bit Very Long",
    "TM": "Time",
    "UC": "Unlimited Characters",
    "UI": "Unique Identifier",
    "UL": "Unsigned Long",
    "UN": "Unknown",
    "UR": "Universal Resource Identifier",
    "US": "Unsigned Short",
    "UT": "Unlimited Text",
    "UV": "Unsigned 64-bit Very Long",
}


# What each holds and how much of it, in our words; lengths from PS3.5 Table 6.2-1.
CONTENTS = {
    "AE": "The title of an application, up to 16 characters.",
    "AS": "An age: three digits and D, W, M or Y.",
    "AT": "A tag, as two 16-bit integers.",
    "CS": "A code of up to 16 capital letters, digits, spaces and underscores.",
    "DA": "A date, YYYYMMDD.",
    "DS": "A decimal number as text, up to 16 characters.",
    "DT": "A date and time with an offset from UTC, each part but the year optional.",
    "FD": "A 64-bit floating point number.",
    "FL": "A 32-bit floating point number.",
    "IS": "A signed 32-bit integer as text, up to 12 characters.",
    "LO": "A line of text, up to 64 characters.",
    "LT": "Text with line breaks, up to 10240 characters.",
    "OB": "Bytes.",
    "OD": "64-bit floating point numbers, as one value.",
    "OF": "32-bit floating point numbers, as one value.",
    "OL": "32-bit words, as one value.",
    "OV": "64-bit words, as one value.",
    "OW": "16-bit words, as one value.",
    "PN": "A name in five parts, in up to three groups of 64 characters.",
    "SH": "A short line of text, up to 16 characters.",
    "SL": "A signed 32-bit integer.",
    "SQ": "Items, each a data set.",
    "SS": "A signed 16-bit integer.",
    "ST": "Text with line breaks, up to 1024 characters.",
    "SV": "A signed 64-bit integer.",
    "TM": "A time of day, each part but the hour optional.",
    "UC": "A line of text of any length.",
    "UI": "A UID, up to 64 digits and dots.",
    "UL": "An unsigned 32-bit integer.",
    "UN": "Bytes of a value whose representation is not known.",
    "UR": "A URI or URL.",
    "US": "An unsigned 16-bit integer.",
    "UT": "Text with line breaks, of any length.",
    "UV": "An unsigned 64-bit integer.",
}


@dataclass(frozen=True, kw_only=True)
class ValueRepresentation:
    """A value representation: in our words, and its row of PS3.5 Table 6.2-1.

    `row` has the heading and the text of each cell; it is empty where the edition has no PS3.5.
    """

    vr: str
    title: str
    contents: str
    row: tuple[tuple[str, Text], ...]


def spelled_vr(vr: str) -> str:
    """A value representation in words, as in `Sequence (SQ)`; several with `or` between.

    Examples
    --------
    >>> spelled_vr("SQ"), spelled_vr("US or SS"), spelled_vr("")
    ('Sequence (SQ)', 'Unsigned Short or Signed Short (US or SS)', '')
    """
    words = [VALUE_REPRESENTATIONS.get(word, word) for word in vr.split(" or ")]
    return f"{' or '.join(words)} ({vr})" if vr in VALUE_REPRESENTATIONS or " or " in vr else vr
