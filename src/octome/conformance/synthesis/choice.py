"""Choices that the rules leave open, as tables: each row with the section that gives the reason.

Conditions about the world (was contrast given? is the body part paired?) are decided here, for an
eye, a body and a device that do not exist.

An attribute is named by its keyword, by its sequence's keyword and its own (`Sequence.Keyword`), or
by the CIOD's id in the newest edition and its own (`ciod:Keyword`). A module is named `ciod:Name`.
"""

from __future__ import annotations

# Whose patients have a position: PS3.3 C.7.3.1.
LYING = ("ct-image", "mr-image", "enhanced-ct-image", "enhanced-mr-image",
         "enhanced-mr-color-image", "mr-spectroscopy")  # fmt: skip
# Attributes that are added although no condition that can be evaluated requires them.
ADDED: dict[str, str] = {
    "SpecificCharacterSet": "PS3.3 C.12.1.1.2",
    "DimensionIndexSequence.FunctionalGroupPointer": "PS3.3 C.7.6.17",
    "FrameContentSequence.StackID": "PS3.3 C.7.6.16.2.2",
    "FrameContentSequence.InStackPositionNumber": "PS3.3 C.7.6.16.2.2",
    "FrameContentSequence.FrameReferenceDateTime": "PS3.3 C.7.6.16.2.2",
    "FrameContentSequence.FrameAcquisitionDateTime": "PS3.3 C.7.6.16.2.2",
    "FrameContentSequence.FrameAcquisitionDuration": "PS3.3 C.7.6.16.2.2",
    **{
        f"{ciod}:PatientPosition": "PS3.3 C.7.3.1"
        for ciod in LYING
    },
    **{
        f"{ciod}:{colour}PaletteColorLookupTableData": "PS3.3 C.7.9"
        for ciod in ("blending-softcopy-presentation-state", "color-palette",
                     "pseudo-color-softcopy-presentation-state",
                     "advanced-blending-presentation-state")
        for colour in ("Red", "Green", "Blue")
    },
    "SpecificAbsorptionRateSequence": "PS3.3 C.8.13.5.2",
    "OperatingModeSequence": "PS3.3 C.8.13.5.2",
    "encapsulated-cda:HL7InstanceIdentifier": "PS3.3 C.24.2",
    "lensometry-measurements:UnspecifiedLateralityLensSequence": "PS3.3 C.8.25.9",
    "spatial-fiducials:ContourData": "PS3.3 C.21.2",
    "TrackSetSequence.RecommendedDisplayCIELabValue": "PS3.3 C.8.33.2",
    "PixelMeasuresSequence.PixelSpacing": "PS3.3 C.7.6.16.2.1",
    "PixelMeasuresSequence.SliceThickness": "PS3.3 C.7.6.16.2.1",
    "PlanePositionSequence.ImagePositionPatient": "PS3.3 C.7.6.16.2.3",
    "PlaneOrientationSequence.ImageOrientationPatient": "PS3.3 C.7.6.16.2.4",
    "autorefraction-measurements:AutorefractionRightEyeSequence": "PS3.3 C.8.25.10",
    "keratometry-measurements:KeratometryRightEyeSequence": "PS3.3 C.8.25.11",
    "subjective-refraction-measurements:SubjectiveRefractionRightEyeSequence": "PS3.3 C.8.25.12",
    "visual-acuity-measurements:VisualAcuityRightEyeSequence": "PS3.3 C.8.25.13",
    "OphthalmicAxialMeasurementsRightEyeSequence": "PS3.3 C.8.25.14",
    "IntraocularLensCalculationsRightEyeSequence": "PS3.3 C.8.25.15",
    "OphthalmicPatientClinicalInformationRightEyeSequence": "PS3.3 C.8.26.3",
    ".PatientOrientation": "PS3.3 C.7.6.1.1.1",
    ".BodyPartExamined": "PS3.3 C.7.3.1",
    **{
        f"{ciod}:Laterality": "PS3.3 C.7.3.1"
        for ciod in ("autorefraction-measurements", "intraocular-lens-calculations",
                     "keratometry-measurements", "lensometry-measurements",
                     "ophthalmic-axial-measurements", "subjective-refraction-measurements",
                     "visual-acuity-measurements", "stereometric-relationship")
    },
    "vl-whole-slide-microscopy-image:DimensionOrganizationType": "PS3.3 C.7.6.17",
    "rt-dose:GridFrameOffsetVector": "PS3.3 C.8.8.3",
    "rt-structure-set:StructureSetROISequence": "PS3.3 C.8.8.5",
    "rt-structure-set:ROIContourSequence": "PS3.3 C.8.8.6",
    "rt-structure-set:ContourSequence": "PS3.3 C.8.8.6",
    "rt-structure-set:RTROIObservationsSequence": "PS3.3 C.8.8.8",
    "rt-plan:BeamLimitingDeviceSequence": "PS3.3 C.8.8.14",
    **{
        f"vl-whole-slide-microscopy-image:{word}": "PS3.3 C.8.12.4"
        for word in ("TotalPixelMatrixFocalPlanes", "ImageOrientationSlide", "ImagedVolumeWidth",
                     "ImagedVolumeHeight", "ImagedVolumeDepth")
    },
    "rt-beams-treatment-record:BeamLimitingDeviceLeafPairsSequence": "PS3.3 C.8.8.21",
    "microscopy-bulk-simple-annotations:PixelOriginInterpretation": "PS3.3 C.37.1.1",
    "microscopy-bulk-simple-annotations:ReferencedImageSequence": "PS3.3 C.37.1.1",
    "microscopy-bulk-simple-annotations:PointCoordinatesData": "PS3.3 C.37.1.2",
    "surface-scan-mesh:PointCoordinatesData": "PS3.3 C.27.1",
    "DeformableRegistrationSequence.DeformableRegistrationGridSequence": "PS3.3 C.20.3",
    ".ContentSequence": "PS3.3 C.17.3.2",
    "ContentSequence.ConceptNameCodeSequence": "PS3.3 C.17.3.2.2",
}  # fmt: skip
MICROSCOPES = ("vl-microscopic-image", "vl-slide-coordinates-microscopic-image",
               "vl-whole-slide-microscopy-image")  # fmt: skip
# Attributes that are never added: they would contradict another choice.
LEFT_OUT: dict[str, str] = {
    # These would make a false claim about the instance.
    "DigitalSignaturesSequence": "PS3.3 C.12.1.1.3",
    "MACParametersSequence": "PS3.3 C.12.1.1.3",
    "EncryptedAttributesSequence": "PS3.3 C.12.1.1.4",
    "OriginalAttributesSequence": "PS3.3 C.12.1.1.9",
    "PrivateDataElementCharacteristicsSequence": "PS3.3 C.12.1.1.7",
    "ConcatenationUID": "PS3.3 C.7.6.16.1.3",
    "InConcatenationTotalNumber": "PS3.3 C.7.6.16.1.3",
    "InConcatenationNumber": "PS3.3 C.7.6.16.1.3",
    "ConcatenationFrameOffsetNumber": "PS3.3 C.7.6.16.1.3",
    "SOPInstanceUIDOfConcatenationSource": "PS3.3 C.7.6.16.1.3",
    # For pixels that are compressed or in another file.
    "ExtendedOffsetTable": "PS3.3 C.7.6.3.1.8",
    "ExtendedOffsetTableLengths": "PS3.3 C.7.6.3.1.8",
    "EncapsulatedPixelDataValueTotalLength": "PS3.3 C.7.6.3",
    "PixelDataProviderURL": "PS3.3 C.7.6.3",
    "LossyImageCompressionRatio": "PS3.3 C.7.6.1.1.5",
    "LossyImageCompressionMethod": "PS3.3 C.7.6.1.1.5",
    # The same in other units, or for other kinds of value.
    "ExposureInuAs": "PS3.3 C.8.7.2",
    "ExposureTimeInuS": "PS3.3 C.8.7.2",
    "XRayTubeCurrentInuA": "PS3.3 C.8.7.2",
    "SourceAcquisitionProtocolElementNumber": "PS3.3 C.34.10",
    "FloatingPointValue": "PS3.3 10.2",
    "RationalNumeratorValue": "PS3.3 10.2",
    "RationalDenominatorValue": "PS3.3 10.2",
    "ConsentForClinicalTrialUseSequence.ClinicalTrialProtocolID": "PS3.3 C.7.2.3",
    "NominalScannedPixelSpacing": "PS3.3 C.8.6.1",
    **{
        f"{ciod}:PresentationLUTShape": "PS3.3 C.8.6.4"
        for ciod in ("multi-frame-single-bit-secondary-capture-image",
                     "multi-frame-true-color-secondary-capture-image")
    },
    **{
        f"{ciod}:PatientPosition": "PS3.3 C.7.3.1, against Patient Orientation Code Sequence"
        for ciod in ("digital-x-ray-image", "digital-mammography-x-ray-image",
                     "digital-intra-oral-x-ray-image")
    },
    **{
        f"{ciod}:ContentSequence.ConceptNameCodeSequence": "PS3.16 TID 2010"
        for ciod in ("key-object-selection-document", "rendition-selection-document")
    },
    # Each optical path has its own: PS3.3 C.8.12.5.
    **{
        f"{ciod}:.{word}": "PS3.3 C.8.12.5, against Optical Path Sequence"
        for ciod in MICROSCOPES
        for word in ("ICCProfile", "ColorSpace")
    },
    "enhanced-continuous-rt-image:DimensionIndexValues": "PS3.3 C.7.6.17: it has no dimensions",
    "ultrasound-image:OverlaySubtype": "PS3.3 C.8.5.6.1.11, against C.9.2.1.3",
    "ultrasound-multi-frame-image:OverlaySubtype": "PS3.3 C.8.5.6.1.11, against C.9.2.1.3",
}  # fmt: skip
# Attributes that accompany optional ones.
ADDED_WITH_OPTIONAL: dict[str, str] = {
    "ReferencedImageEvidenceSequence": "PS3.3 C.8.13.2",
    "SourceImageEvidenceSequence": "PS3.3 C.8.13.2",
    "AcquisitionContextSequence.TextValue": "PS3.3 10.2",
    "FrameContentSequence.DimensionIndexValues": "PS3.3 C.7.6.16.2.2",
    "FrameContentSequence.TemporalPositionIndex": "PS3.3 C.7.6.16.2.2",
    "RespiratorySynchronizationSequence.RespiratoryIntervalTime": "PS3.3 C.7.6.16.2.17",
    "WaveformAnnotationSequence.UnformattedTextValue": "PS3.3 C.10.10",
    "FilterOperationsSequence.SelectorAttributeVR": "PS3.3 C.23.3",
    "rt-image:BeamLimitingDeviceSequence.LeafJawPositions": "PS3.3 C.8.8.2",
    "TransducerIdentificationSequence.DeviceAlternateIdentifierType": "PS3.3 10.36",
    "TransducerIdentificationSequence.DeviceAlternateIdentifierFormat": "PS3.3 10.36",
    "ROICreatorSequence.PersonName": "PS3.3 C.17.2",
    "ROICreatorSequence.PersonIdentificationCodeSequence": "PS3.3 C.17.2",
    "NumberOfStages": "PS3.3 C.8.5.6",
    "NumberOfViewsInStage": "PS3.3 C.8.5.6",
    "ReferencedPatientPhotoSequence.StudyInstanceUID": "PS3.3 10.3.1",
    "ReferencedPatientPhotoSequence.SeriesInstanceUID": "PS3.3 10.3.1",
    "ContributingSourcesSequence.LossyImageCompression": "PS3.3 C.8.21.3",
    "GraphicAnnotationSequence.TextObjectSequence": "PS3.3 C.10.5",
    **{
        f"PaletteColorLookupTableSequence.{colour}PaletteColorLookupTableData": "PS3.3 C.7.9"
        for colour in ("Red", "Green", "Blue")
    },
}
# Attributes of Type 2 with a value even in the smallest instance: people look for them, or other
# attributes depend on them.
FILLED: dict[str, str] = {
    "PatientName": "PS3.3 C.7.1.1",
    "PatientID": "PS3.3 C.7.1.1",
    "PatientBirthDate": "PS3.3 C.7.1.1",
    "PatientSex": "PS3.3 C.7.1.1",
    "PatientPosition": "PS3.3 C.7.3.1",
    "StudyDate": "PS3.3 C.7.2.1",
    "StudyTime": "PS3.3 C.7.2.1",
    "StudyID": "PS3.3 C.7.2.1",
    "SeriesNumber": "PS3.3 C.7.3.1",
    "InstanceNumber": "PS3.3 C.7.6.1",
    "AnatomicRegionSequence": "PS3.3 C.8.11.2",
    "LongTrianglePointIndexList": "PS3.3 C.27.2",
    "KeratometryMeasurementTypeCodeSequence": "PS3.3 C.8.25.15",
    # Positions on a slide are measured from its corner.
    "vl-whole-slide-microscopy-image:PositionReferenceIndicator": "PS3.3 C.7.4.1.1.2",
    "vl-slide-coordinates-microscopic-image:PositionReferenceIndicator": "PS3.3 C.7.4.1.1.2",
}
_CINE = ("ophthalmic-photography-8-bit-image", "ophthalmic-photography-16-bit-image",
         "wide-field-ophthalmic-photography-stereographic-projection-image",
         "wide-field-ophthalmic-photography-3d-coordinates-image")  # fmt: skip
# Modules whose condition cannot be evaluated, or that are a user's option.
ADDED_MODULES: dict[str, str] = {
    **{f"{ciod}:Cine": "PS3.3 A.41.4" for ciod in _CINE},
    "basic-directory:Directory Information": "PS3.3 F.3.1",
    "rt-beams-treatment-record:RT Beams Session Record": "PS3.3 A.29.3",
    "rt-ion-beams-treatment-record:RT Ion Beams Session Record": "PS3.3 A.50.3",
    "rt-brachy-treatment-record:RT Brachy Session Record": "PS3.3 A.30.3",
    "rt-plan:RT Fraction Scheme": "PS3.3 A.20.3",
    "rt-plan:RT Beams": "PS3.3 A.20.3",
    "rt-ion-plan:RT Fraction Scheme": "PS3.3 A.49.3",
    "rt-ion-plan:RT Ion Beams": "PS3.3 A.49.3",
    "rt-structure-set:Frame of Reference": "PS3.3 A.19.3",
    "rt-dose:General Image": "PS3.3 A.18.3",
    "rt-dose:Image Plane": "PS3.3 A.18.3",
    "rt-dose:Image Pixel": "PS3.3 A.18.3",
    "rt-dose:Multi-frame": "PS3.3 A.18.3",
    "segmentation:Frame of Reference": "PS3.3 A.51.3",
    "parametric-map:Image Pixel": "PS3.3 A.75.3",
    "ophthalmic-tomography-image:Frame of Reference": "PS3.3 A.52.4",
}
# Conditional modules that accompany optional attributes, whatever their condition.
ADDED_MODULES_WITH_OPTIONAL: dict[str, str] = {
    "Common Instance Reference": "PS3.3 C.12.2",
    "Graphic Layer": "PS3.3 C.10.7",
}
# Modules that are left out of instances with all optional ones: they exclude another one.
LEFT_OUT_MODULES: dict[str, str] = {
    **{
        f"{ciod}:Enhanced Patient Orientation": "PS3.3 C.7.3.1, against Patient Position"
        for ciod in LYING
    },
    **{f"{ciod}:ICC Profile": "PS3.3 C.8.12.5, against Optical Path" for ciod in MICROSCOPES},
    "Bitmap Display Shutter": "PS3.3 C.7.6.15, against Display Shutter",
    "Supplemental Palette Color Lookup Table": "PS3.3 C.7.6.19, against grey pixels",
    "segmentation:Palette Color Lookup Table": "PS3.3 C.7.9, against grey pixels",
}
# How many items a sequence gets, if not one.
ITEMS: dict[str, int] = {
    "ControlPointSequence": 2,  # PS3.3 C.8.8.14: the first and the last
    "IonControlPointSequence": 2,  # PS3.3 C.8.8.25
    "BrachyControlPointSequence": 2,  # PS3.3 C.8.8.15
    "BrachyControlPointDeliveredSequence": 2,  # PS3.3 C.8.8.22
    "BlendingSequence": 2,  # PS3.3 C.11.14
    "CArmPhotonElectronControlPointSequence": 2,  # PS3.3 C.36.15
    "RoboticPathControlPointSequence": 2,  # PS3.3 C.36.19
    "TomotherapeuticControlPointSequence": 2,  # PS3.3 C.36.17
    "VolumeStreamSequence": 2,  # PS3.3 C.11.32: one component puts two together
    "DirectoryRecordSequence": 0,  # a record points at a file by its offset in this one
}
_IVOCT = "intravascular-optical-coherence-tomography-image"
# Functional groups.
ADDED_GROUPS: dict[str, str] = {
    "ophthalmic-tomography-image:PlanePositionSequence": "PS3.3 A.52.4.2",
    "ophthalmic-tomography-image:PlaneOrientationSequence": "PS3.3 A.52.4.2",
    "segmentation:PixelMeasuresSequence": "PS3.3 A.51.5",
    "segmentation:PlanePositionSequence": "PS3.3 A.51.5",
    "segmentation:PlaneOrientationSequence": "PS3.3 A.51.5",
    "parametric-map:PlanePositionSequence": "PS3.3 A.75.4",
    "parametric-map:PlaneOrientationSequence": "PS3.3 A.75.4",
    f"{_IVOCT}:IntravascularFrameContentSequence": "PS3.3 A.66.4",
    "enhanced-xa-image:PositionerPositionSequence": "PS3.3 A.47.3",
    "enhanced-xa-image:TablePositionSequence": "PS3.3 A.47.3",
    "enhanced-xrf-image:CollimatorShapeSequence": "PS3.3 A.48.3",
    "enhanced-xrf-image:PositionerPositionSequence": "PS3.3 A.48.3",
    "enhanced-xrf-image:TablePositionSequence": "PS3.3 A.48.3",
}
# CIODs whose table of functional groups a source lacks: use that of the CIOD they are modelled on.
BORROWED_GROUPS: dict[str, str] = {"enhanced-mr-color-image": "enhanced-mr-image"}  # A.36.4
LEFT_OUT_GROUPS: dict[str, str] = {}
# Groups that differ from frame to frame although they could be shared.
PER_FRAME: dict[str, str] = {
    "PlanePositionSequence": "PS3.3 C.7.6.16.2.3",
    "PlanePositionVolumeSequence": "PS3.3 C.7.6.21.2",
    "PlanePositionSlideSequence": "PS3.3 C.8.12.6.1",
}
