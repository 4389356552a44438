"""Categories of CIODs, for readers who look for one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, get_args

CiodCategory = Literal[
    "Image",
    "Multi-frame image",
    "Real-time video and audio",
    "Waveform",
    "Presentation state",
    "Structured report",
    "Encapsulated document",
    "Segmentation and registration",
    "Measurement",
    "Radiotherapy",
    "Procedure protocol",
    "Implant and surface template",
    "Raw and other data",
]
CIOD_CATEGORIES: tuple[CiodCategory, ...] = get_args(CiodCategory)

# The information entity that only CIODs of one category have. Source: PS3.3 A.1.2 and the overview
# of the IODs in A.1.4.
CATEGORY_OF_ENTITY: dict[str, CiodCategory] = {
    "Presentation State": "Presentation state",
    "Waveform Presentation State": "Presentation state",
    "Color Palette": "Presentation state",
    "Hanging Protocol": "Presentation state",
    "Waveform": "Waveform",
    "SR Document": "Structured report",
    "Document": "Structured report",
    "Encapsulated Document": "Encapsulated document",
    "Surface": "Segmentation and registration",
    "Surface Mesh": "Segmentation and registration",
    "Spatial Registration": "Segmentation and registration",
    "Spatial Fiducials": "Segmentation and registration",
    "Annotation": "Segmentation and registration",
    "Measurements": "Measurement",
    "Stereometric Relationship": "Measurement",
    "Content Assessment Results": "Measurement",
    "Plan": "Radiotherapy",
    "Dose": "Radiotherapy",
    "Structure Set": "Radiotherapy",
    "Treatment Record": "Radiotherapy",
    "RT Delivered Radiation": "Radiotherapy",
    "RT Physician Intent": "Radiotherapy",
    "RT Radiation": "Radiotherapy",
    "RT Radiation Set": "Radiotherapy",
    "RT Segment Annotation": "Radiotherapy",
    "RT Treatment Preparation": "Radiotherapy",
    "Procedure Protocol": "Procedure protocol",
    "Approval": "Procedure protocol",
    "Implant Assembly": "Implant and surface template",
    "Implant Template": "Implant and surface template",
    "Implant Template Group": "Implant and surface template",
}


def ciod_category(ciod: str, entities: Collection[str], modules: Collection[str]) -> CiodCategory:
    """The category of a CIOD: from its name in paths, its entities and its mandatory modules.

    Examples
    --------
    >>> ciod_category("ct-image", ["Patient", "Series", "Image"], ["ct-image"])
    'Image'
    >>> ciod_category("rt-plan", ["Patient", "Series", "Plan"], ["rt-prescription"])
    'Radiotherapy'
    """
    if ciod.startswith("real-time-"):
        return "Real-time video and audio"
    if ciod.startswith(("rt-", "enhanced-rt-", "enhanced-continuous-rt-")):
        return "Radiotherapy"
    if "segmentation" in ciod:
        return "Segmentation and registration"
    for entity in entities:
        if entity in CATEGORY_OF_ENTITY:
            return CATEGORY_OF_ENTITY[entity]
    if any(
        module == "multi-frame" or module.endswith("multi-frame-functional-groups")
        for module in modules
    ):
        return "Multi-frame image"
    if "Image" in entities:
        return "Image"
    return "Raw and other data"
