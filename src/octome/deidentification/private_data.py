"""Private elements that are known to identify nobody (PS3.15 E.3.10): octome's own.

    OCTOME SURFACES   how surely a surface was found at each A-scan
    OCTOME RAW OCT    the recording of a scanner: numbers, and the array. Of the recorder's
                      metadata, which is text of any kind, only the numbers of the optics stay.

All other private elements are removed, as octome does not know what they hold.
"""

from __future__ import annotations

import json

from octome.dicom.data_set import DataSet

RAW, SURFACES = "OCTOME RAW OCT", "OCTOME SURFACES"
RAW_DATA_CLASS = "1.2.840.10008.5.1.4.1.1.66"
# For each creator, its groups, and the elements in them that are safe: low bytes of the tags.
SAFE: dict[tuple[str, int], frozenset[int]] = {
    (SURFACES, 0x0079): frozenset({0x01, 0x02}),
    (RAW, 0x0079): frozenset({1, 2, 3, 4, 5, 6, 7, 8, 0x10, 0x11, 0x12, 0x20}),
    (RAW, 0x7FE1): frozenset(range(0x01, 0x100)),
}
METADATA = 0x20  # of the creator RAW
# What octome needs of the recorder's metadata to process the recording again.
OPTICS = frozenset({
    "detector_type", "centred_on", "illumination_wavelength_nm", "illumination_power_uw",
    "illumination_bandwidth_nm", "depth_resolution_um", "depth_distortion_percent",
    "along_scan_resolution_um", "along_scan_distortion_percent", "across_scan_resolution_um",
    "across_scan_distortion_percent",
})  # fmt: skip
LONGEST_WORD = 16  # characters of a value that is a word: MACULA, CMOS


def creators(ds: DataSet) -> dict[int, str]:
    """The private creator of each block of a data set, by the first 24 bits of its tags."""
    found = {}
    for tag in ds.elements:
        if tag >> 16 & 1 and 0x10 <= tag & 0xFFFF <= 0xFF:
            found[(tag & 0xFFFF0000 | (tag & 0xFF) << 8) >> 8] = ds.text(tag)
    return found


def is_safe(tag: int, blocks: dict[int, str]) -> bool:
    """Whether a private element identifies nobody: its creator's own, or one known to be safe."""
    if 0x10 <= tag & 0xFFFF <= 0xFF:
        creator = blocks.get((tag & 0xFFFF0000 | (tag & 0xFF) << 8) >> 8, "")
        return (creator, tag >> 16) in SAFE
    return tag & 0xFF in SAFE.get((blocks.get(tag >> 8, ""), tag >> 16), ())


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
            isinstance(value, int | float)
            or (isinstance(value, str) and value.isalpha() and len(value) <= LONGEST_WORD)
        )
    }
    return json.dumps(kept).encode()
