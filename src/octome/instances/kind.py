"""The seven kinds of instance in Figure C.8.17.14-1 of PS3.3: its letters, classes and series."""

from __future__ import annotations

from dataclasses import dataclass

from pydicom.uid import UID

# UIDs of octome's own, made once from random numbers (PS3.5 B.2).
IMPLEMENTATION_CLASS = UID("2.25.267739063385980509250582034542312270879")
RAW_DATA_FORMAT = UID("2.25.153741409276242849858909493836324041610")


@dataclass(frozen=True)
class Kind:
    """One kind of instance; each kind has a series of its own in the study."""

    letter: str
    """In the figure; D1 and D2 are two forms of D."""
    name: str
    """What octome calls it, and its files."""
    title: str
    """Series Description."""
    sop_class: UID
    modality: str
    series_number: int


RAW = Kind("A", "raw", "Raw acquisition", UID("1.2.840.10008.5.1.4.1.1.66"), "OPT", 1)
STRUCTURE = Kind(
    "B", "structure", "Structural OCT volume", UID("1.2.840.10008.5.1.4.1.1.77.1.5.4"), "OPT", 2
)
FLOW = Kind("C", "flow", "OCT-A flow volume", UID("1.2.840.10008.5.1.4.1.1.77.1.5.8"), "OPTBSV", 3)
SURFACES = Kind("D1", "surfaces", "Layer surfaces", UID("1.2.840.10008.5.1.4.1.1.66.5"), "SEG", 4)
# Not in pydicom's dictionary (2024c): the class came with Supplement 240.
HEIGHT_MAP = Kind(
    "D2",
    "height-map",
    "Layer surfaces as height map",
    UID("1.2.840.10008.5.1.4.1.1.66.8"),
    "SEG",
    5,
)
ENFACE_CLASS = UID("1.2.840.10008.5.1.4.1.1.77.1.5.7")
STRUCTURE_ENFACE = Kind("E", "structure-enface", "Structural en face", ENFACE_CLASS, "OPTENF", 6)
FLOW_ENFACE = Kind("F", "flow-enface", "Flow en face (OCT-A)", ENFACE_CLASS, "OPTENF", 7)

KINDS = (RAW, STRUCTURE, FLOW, SURFACES, HEIGHT_MAP, STRUCTURE_ENFACE, FLOW_ENFACE)
FIRST_FREE_SERIES_NUMBER = 11  # of series that a workstation adds
