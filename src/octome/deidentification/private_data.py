"""Private elements that are known to identify nobody (PS3.15 E.3.10): octome's own.

    OCTOME SURFACES   how surely a surface was found at each A-scan
    OCTOME RAW OCT    the recording of a scanner: numbers, and the array. Of the recorder's
                      metadata, which is text of any kind, only the numbers of the optics stay.

All other private elements are removed, as octome does not know what they hold.
"""

from __future__ import annotations

import json
import re

from octome.dicom.data_set import DataSet, Element

RAW, SURFACES = "OCTOME RAW OCT", "OCTOME SURFACES"
RAW_DATA_CLASS = "1.2.840.10008.5.1.4.1.1.66"
# The SOP Classes that octome writes each creator's elements in.
CLASSES = {
    RAW: (RAW_DATA_CLASS,),
    SURFACES: ("1.2.840.10008.5.1.4.1.1.66.5", "1.2.840.10008.5.1.4.1.1.66.8"),
}
# For each creator and group, the elements that are safe, by the low bytes of their tags, and their
# value representations.
SAFE: dict[tuple[str, int], dict[int, str]] = {
    (SURFACES, 0x0079): {0x01: "US", 0x02: "OB"},
    (RAW, 0x0079): {
        0x01: "CS", 0x02: "UL", 0x03: "CS", 0x04: "FD", 0x05: "FD", 0x06: "FD", 0x07: "FD",
        0x08: "FD", 0x10: "OD", 0x11: "FD", 0x12: "FD", 0x20: "UT",
    },
    (RAW, 0x7FE1): dict.fromkeys(range(0x01, 0xFF), "OB") | {0xFF: "LO"},
}  # fmt: skip
TEXTS = {
    "CS": re.compile(r"SPECTRA|BSCANS|UINT16|FLOAT32|COMPLEX64"),
    "LO": re.compile(r"[0-9a-f]{64}"),
}
METADATA = 0x20  # of the creator RAW
# What octome needs of the recorder's metadata to process the recording again.
OPTICS = frozenset({
    "detector_type", "centred_on", "illumination_wavelength_nm", "illumination_power_uw",
    "illumination_bandwidth_nm", "depth_resolution_um", "depth_distortion_percent",
    "along_scan_resolution_um", "along_scan_distortion_percent", "across_scan_resolution_um",
    "across_scan_distortion_percent",
})  # fmt: skip
WORDS = {
    "detector_type": ("CCD", "CMOS", "PHOTO", "INT"),
    "centred_on": ("macula", "disc", "disc-macula"),
}
LARGEST = 100_000  # of a number of the optics


def creators(ds: DataSet) -> dict[int, str]:
    """The private creator of each block of a data set, by the first 24 bits of its tags."""
    found = {}
    for tag in ds.elements:
        if tag >> 16 & 1 and 0x10 <= tag & 0xFFFF <= 0xFF:
            found[(tag & 0xFFFF0000 | (tag & 0xFF) << 8) >> 8] = ds.text(tag)
    return found


def is_safe(ds: DataSet, element: Element, blocks: dict[int, str], sop_class: str) -> bool:
    """Whether a private element identifies nobody: one of octome's own, as octome writes it."""
    tag = element.tag
    if 0x10 <= tag & 0xFFFF <= 0xFF:
        creator = blocks.get((tag & 0xFFFF0000 | (tag & 0xFF) << 8) >> 8, "")
        return (creator, tag >> 16) in SAFE and sop_class in CLASSES[creator]
    creator = blocks.get(tag >> 8, "")
    vr = SAFE.get((creator, tag >> 16), {}).get(tag & 0xFF)
    if vr is None or vr != element.vr or sop_class not in CLASSES[creator]:
        return False
    return vr not in TEXTS or TEXTS[vr].fullmatch("\\".join(map(str, ds.values(tag)))) is not None


def is_recorder_metadata(tag: int, blocks: dict[int, str]) -> bool:
    """Whether an element is the metadata of a recorder, as JSON."""
    return tag & 0xFF == METADATA and tag & 0xFFFF > 0xFF and blocks.get(tag >> 8) == RAW


def safe_metadata(text: str) -> bytes:
    """The numbers of the optics alone, as JSON.

    Examples
    --------
    >>> safe_metadata('{"operator": "Piggy", "illumination_power_uw": 650.0}')
    b'{"illumination_power_uw": 650.0}'
    """
    try:
        data = json.loads(text)
    except ValueError:
        return b"{}"
    if not isinstance(data, dict):
        return b"{}"
    kept = {
        name: value
        for name, value in data.items()
        if name in OPTICS
        and (
            value in WORDS[name]
            if name in WORDS
            else type(value) in (int, float) and abs(value) < LARGEST
        )
    }
    return json.dumps(kept).encode()
