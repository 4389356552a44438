"""SOP Classes that no edition's source lists with their CIOD, and those of OCT angiography.

Non-patient objects (PS3.4 GG), media directories (PS3.4 I.4) and real-time objects (PS3.22 7.1)
are in separate tables, which the sources leave out.
"""

from __future__ import annotations

DIRECTORY = "1.2.840.10008.1.3.10"
# In its own folder; a copy under another name is not the directory of any (PS3.10 8.6).
DIRECTORY_NAME = "DICOMDIR"
UNLISTED = {
    DIRECTORY: "basic-directory",
    "1.2.840.10008.5.1.4.38.1": "hanging-protocol",
    "1.2.840.10008.5.1.4.39.1": "color-palette",
    "1.2.840.10008.5.1.4.43.1": "generic-implant-template",
    "1.2.840.10008.5.1.4.44.1": "implant-assembly-template",
    "1.2.840.10008.5.1.4.45.1": "implant-template-group",
    "1.2.840.10008.5.1.4.1.1.200.1": "ct-defined-procedure-protocol",
    "1.2.840.10008.5.1.4.1.1.200.3": "protocol-approval",
    "1.2.840.10008.10.1": "real-time-video-endoscopic-image",
    "1.2.840.10008.10.2": "real-time-video-photographic-image",
    "1.2.840.10008.10.3": "real-time-audio-waveform",
    "1.2.840.10008.10.4": "rendition-selection-document",
}
OPT = "1.2.840.10008.5.1.4.1.1.77.1.5.4"
OPTBSV = "1.2.840.10008.5.1.4.1.1.77.1.5.8"
SURFACES = "1.2.840.10008.5.1.4.1.1.66.5"
HEIGHT_MAP = "1.2.840.10008.5.1.4.1.1.66.8"
ENFACE = "1.2.840.10008.5.1.4.1.1.77.1.5.7"
# The instances of an OCT angiography (PS3.3 C.8.17.14.1.1).
CHAIN = {
    OPT: "structural volume",
    OPTBSV: "flow volume",
    SURFACES: "surface segmentation",
    HEIGHT_MAP: "height map segmentation",
    ENFACE: "en face image",
}
