"""Value representations, by name."""

from __future__ import annotations

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


def spelled_vr(vr: str) -> str:
    """A value representation in words, as in `Sequence (SQ)`; several with `or` between.

    Examples
    --------
    >>> spelled_vr("SQ"), spelled_vr("US or SS"), spelled_vr("")
    ('Sequence (SQ)', 'Unsigned Short or Signed Short (US or SS)', '')
    """
    words = [VALUE_REPRESENTATIONS.get(word, word) for word in vr.split(" or ")]
    return f"{' or '.join(words)} ({vr})" if vr in VALUE_REPRESENTATIONS or " or " in vr else vr
