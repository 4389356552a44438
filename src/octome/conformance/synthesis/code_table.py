"""Codes where no description names a context group, as tables.

The Standard gives a context group in the row that includes the Code Sequence Macro, and the sources
lack that row: this table has them. Names are as in `choice.py`; a number is a context
group of PS3.16, whose first code is taken.
"""

from __future__ import annotations

from octome.conformance.synthesis.slot import Slot

Code = tuple[str, str, str]
# Titles of documents: PS3.16 CID 7000, 7010, and the root of each template.
TITLES: dict[str, Code] = {
    "key-object-selection-document": ("DCM", "113000", "Of Interest"),
    "rendition-selection-document": ("DCM", "113000", "Of Interest"),
    "mammography-cad-sr": ("DCM", "111036", "Mammography CAD Report"),
    "chest-cad-sr": ("DCM", "112000", "Chest CAD Report"),
    "colon-cad-sr": ("DCM", "112220", "Colon CAD Report"),
    "x-ray-radiation-dose-sr": ("DCM", "113701", "X-Ray Radiation Dose Report"),
    "enhanced-x-ray-radiation-dose-sr": ("DCM", "113701", "X-Ray Radiation Dose Report"),
    "patient-radiation-dose-sr": ("DCM", "128401", "Patient Radiation Dose Report"),
    "radiopharmaceutical-radiation-dose-sr": (
        "DCM", "113500", "Radiopharmaceutical Radiation Dose Report"
    ),
    "macular-grid-thickness-and-volume-report": (
        "DCM", "111690", "Macular Grid Thickness and Volume Report"
    ),
    "implantation-plan-sr-document": ("DCM", "112345", "Implantation InstancePlan"),
    "procedure-log": ("DCM", "121120", "Cath Lab Procedure Log"),
}  # fmt: skip
CODES: dict[str, Code | int] = {
    "ContentSequence.ConceptNameCodeSequence": ("DCM", "121106", "Comment"),
    **{f"{ciod}:.ConceptNameCodeSequence": title for ciod, title in TITLES.items()},
    ".ConceptNameCodeSequence": ("DCM", "121144", "Document Title"),
    # Body and patient: PS3.3 C.7.6.16.2.8, C.8.11.2, C.8.4.6.
    "AnatomicRegionSequence": 4,
    "PatientOrientationCodeSequence": 19,
    "PatientEquipmentRelationshipCodeSequence": 21,
    "ViewCodeSequence": 4010,
    "digital-mammography-x-ray-image:ViewCodeSequence": 4014,
    "breast-tomosynthesis-image:ViewCodeSequence": 4014,
    "breast-projection-x-ray-image:ViewCodeSequence": 4014,
    # Units: PS3.3 C.7.6.16.2.11, 10.2.
    "MeasurementUnitsCodeSequence": ("UCUM", "mm", "mm"),
    "RadiationDosimeterUnitSequence": 9552,
    # Waveforms: PS3.3 C.10.9.1.4.1.
    "ChannelSourceSequence": ("MDC", "2:1", "Lead I"),
    "hemodynamic-waveform:ChannelSourceSequence": 3003,
    "arterial-pulse-waveform:ChannelSourceSequence": 3004,
    # Segments and algorithms: PS3.3 C.8.20.2, 10.19.
    "SegmentedPropertyCategoryCodeSequence": 7150,
    "SegmentedPropertyTypeCodeSequence": ("SCT", "85756007", "Tissue"),
    "AlgorithmFamilyCodeSequence": 7162,
    "DiffusionModelCodeSequence": 7273,
    "DerivationCodeSequence": 7203,
    # Eyes: PS3.3 C.8.17, C.8.25.
    "AcquisitionDeviceTypeCodeSequence": 4202,
    "ophthalmic-tomography-image:AcquisitionDeviceTypeCodeSequence": 4210,
    "OphthalmicAxialLengthSelectionMethodCodeSequence": 4241,
    "IOLFormulaCodeSequence": 4236,
    "LensStatusCodeSequence": 4231,
    "VitreousStatusCodeSequence": 4232,
    "VisualAcuityTypeCodeSequence": 4216,
    "OphthalmicImageTypeCodeSequence": 4271,
    "OphthalmicThicknessMapTypeCodeSequence": 4263,
    "CornealTopographyMapTypeCodeSequence": 4268,
    "ScanPatternTypeCodeSequence": 4272,
    "StimulusColorCodeSequence": 4255,
    "BackgroundIlluminationColorCodeSequence": 4255,
    # Microscopes: PS3.3 C.8.12.5.
    "IlluminationTypeCodeSequence": 8123,
    "IlluminationColorCodeSequence": 8122,
    "ophthalmic-photography-8-bit-image:IlluminationTypeCodeSequence": 4203,
    "ophthalmic-photography-16-bit-image:IlluminationTypeCodeSequence": 4203,
    # Agents: PS3.3 C.7.6.4, C.8.4.10.
    "ContrastBolusAgentSequence": 12,
    "ContrastBolusAdministrationRouteSequence": 11,
    "AdministrationRouteCodeSequence": 11,
    "RadionuclideCodeSequence": 4020,
    "RadiopharmaceuticalCodeSequence": 25,
    # Transducers: PS3.3 C.8.24.2.
    "TransducerScanPatternCodeSequence": 12032,
    "TransducerGeometryCodeSequence": 12033,
    "TransducerBeamSteeringCodeSequence": 12034,
    "TransducerApplicationCodeSequence": 12035,
    # Implants: PS3.3 C.29.1.
    "MaterialsCodeSequence": 7300,
    "ComponentTypeCodeSequence": 7307,
    "FixationMethodCodeSequence": 7310,
    # Radiotherapy: PS3.3 C.36.
    "RTDeviceDistanceReferenceLocationCodeSequence": 9544,
}


def listed_code(slot: Slot) -> Code | int | None:
    """The code or the context group for a sequence in the table; None if there is neither."""
    return next((CODES[name] for name in slot.names if name in CODES), None)
