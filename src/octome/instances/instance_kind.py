"""The seven kinds of instance in Figure C.8.17.14-1 of PS3.3: its letters, classes and series."""

from __future__ import annotations

from dataclasses import dataclass

from pydicom.uid import UID

# Generated once from a random number (PS3.5 B.2).
RAW_DATA_FORMAT = UID("2.25.153741409276242849858909493836324041610")


@dataclass(frozen=True, kw_only=True)
class InstanceKind:
    """One kind of instance; each kind has its own series in the study."""

    letter: str
    """In the figure; D1 and D2 are two encodings of D."""
    name: str
    """In the names of its files and in what octome prints."""
    title: str
    """Series Description."""
    sop_class: UID
    modality: str
    series_number: int


RAW = InstanceKind(
    letter="A",
    name="raw",
    title="Raw acquisition",
    sop_class=UID("1.2.840.10008.5.1.4.1.1.66"),
    modality="OPT",
    series_number=1,
)
STRUCTURE = InstanceKind(
    letter="B",
    name="structure",
    title="Structural OCT volume",
    sop_class=UID("1.2.840.10008.5.1.4.1.1.77.1.5.4"),
    modality="OPT",
    series_number=2,
)
FLOW = InstanceKind(
    letter="C",
    name="flow",
    title="OCT-A flow volume",
    sop_class=UID("1.2.840.10008.5.1.4.1.1.77.1.5.8"),
    modality="OPTBSV",
    series_number=3,
)
SURFACES = InstanceKind(
    letter="D1",
    name="surfaces",
    title="Layer surfaces",
    sop_class=UID("1.2.840.10008.5.1.4.1.1.66.5"),
    modality="SEG",
    series_number=4,
)
HEIGHT_MAP = InstanceKind(
    letter="D2",
    name="height-map",
    title="Layer surfaces as height map",
    sop_class=UID("1.2.840.10008.5.1.4.1.1.66.8"),
    modality="SEG",
    series_number=5,
)
# Not in pydicom's dictionary (2024c): the class came with Supplement 240.
HEIGHT_MAP_NAME = "Height Map Segmentation Storage"
ENFACE_CLASS = UID("1.2.840.10008.5.1.4.1.1.77.1.5.7")
STRUCTURE_ENFACE = InstanceKind(
    letter="E",
    name="structure-enface",
    title="Structural en face",
    sop_class=ENFACE_CLASS,
    modality="OPTENF",
    series_number=6,
)
FLOW_ENFACE = InstanceKind(
    letter="F",
    name="flow-enface",
    title="Flow en face (OCT-A)",
    sop_class=ENFACE_CLASS,
    modality="OPTENF",
    series_number=7,
)

KINDS = (RAW, STRUCTURE, FLOW, SURFACES, HEIGHT_MAP, STRUCTURE_ENFACE, FLOW_ENFACE)
# Not in the figure: the picture of the fundus that a scan was planned on.
FUNDUS = InstanceKind(
    letter="",
    name="fundus",
    title="Fundus picture",
    sop_class=UID("1.2.840.10008.5.1.4.1.1.77.1.5.1"),
    modality="OP",
    series_number=9,
)
BOUNDS_LABEL = "SLAB BOUNDS"  # Content Label of surfaces that only bound slabs
FIRST_FREE_SERIES_NUMBER = 11  # of series that a workstation adds


def class_name(sop_class: str) -> str:
    """The name of a SOP Class; its UID where the dictionary does not have it."""
    return HEIGHT_MAP_NAME if sop_class == HEIGHT_MAP.sop_class else UID(sop_class).name
