"""Choices that no rule makes, as tables: each row with the section that gives the reason.

An attribute is named by its keyword, by its sequence's and its own (`Holder.Keyword`), or by the
CIOD's id and its own (`ciod:Keyword`). A module is named alike.
"""

from __future__ import annotations

# Attributes that are put in although nothing that can be decided demands them.
ADDED: dict[str, str] = {
    "PatientOrientation": "PS3.3 C.7.6.1.1.1",
}
# Attributes that are never put in: they would stand against another choice.
LEFT_OUT: dict[str, str] = {}
# Attributes of Type 2 with a value even in the smallest instance: what people look for.
FILLED: dict[str, str] = {
    "PatientName": "PS3.3 C.7.1.1",
    "PatientID": "PS3.3 C.7.1.1",
    "PatientBirthDate": "PS3.3 C.7.1.1",
    "PatientSex": "PS3.3 C.7.1.1",
    "StudyDate": "PS3.3 C.7.2.1",
    "StudyTime": "PS3.3 C.7.2.1",
    "StudyID": "PS3.3 C.7.2.1",
    "SeriesNumber": "PS3.3 C.7.3.1",
    "InstanceNumber": "PS3.3 C.7.6.1",
}
ADDED_MODULES: dict[str, str] = {}
LEFT_OUT_MODULES: dict[str, str] = {}
ITEMS: dict[str, int] = {}
# Functional groups.
ADDED_GROUPS: dict[str, str] = {}
LEFT_OUT_GROUPS: dict[str, str] = {}
# Those that differ from frame to frame although they could be shared.
PER_FRAME: dict[str, str] = {
    "PlanePositionSequence": "PS3.3 C.7.6.16.2.3",
    "PlanePositionVolumeSequence": "PS3.3 C.7.6.21.2",
    "PlanePositionSlideSequence": "PS3.3 C.8.12.6.1",
}
