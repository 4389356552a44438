"""Values that depend on the meaning of an attribute.

`FIXED` takes precedence over any list of terms; `DEFAULTS` is used if no list gives a value.
A row is a constant, or a function of the slot. Names are those of `choice.py`.
"""

from __future__ import annotations

from octome.conformance.synthesis import bulk, document
from octome.conformance.synthesis.image_type import image_type, presentation_intent
from octome.conformance.synthesis.modality import modality
from octome.conformance.synthesis.reference import (
    referenced_class,
    referenced_instance,
    series_uid,
)
from octome.conformance.synthesis.slot import Slot
from octome.dicom.tag import TAG

AXIAL = ["1", "0", "0", "0", "1", "0"]
PALETTE_DESCRIPTOR = [256, 0, 16]
RAMP = b"".join(bytes((0, level)) for level in range(256))
# PS3.3 A.8.3, A.8.5, C.8.5.6.1, C.8.12.1.1, C.8.17.1: pixels of one byte, and in colour.
BYTES = ("multi-frame-grayscale-byte-secondary-capture-image",
         "multi-frame-true-color-secondary-capture-image", "ophthalmic-photography-8-bit-image",
         "ultrasound-image", "ultrasound-multi-frame-image", "video-endoscopic-image",
         "video-microscopic-image", "video-photographic-image", "vl-endoscopic-image",
         "vl-microscopic-image", "vl-photographic-image", "vl-slide-coordinates-microscopic-image",
         "enhanced-mr-color-image", "dermoscopic-photography-image")  # fmt: skip
COLOURS = ("multi-frame-true-color-secondary-capture-image", "enhanced-mr-color-image")
# PS3.3 C.8.25: measurements of an eye.
COLOR_PALETTE = "1.2.840.10008.5.1.4.39.1"
EYES = ("autorefraction-measurements", "intraocular-lens-calculations", "keratometry-measurements",
        "lensometry-measurements", "ophthalmic-axial-measurements", "stereometric-relationship",
        "subjective-refraction-measurements", "visual-acuity-measurements")  # fmt: skip
FIXED: dict[str, object] = {
    # Identity: PS3.3 C.12.1, C.7.1.1, C.7.2.1, C.7.3.1, C.7.4.1.
    "SOPClassUID": lambda slot: slot.plan.sop_class,
    "SOPInstanceUID": lambda slot: slot.plan.own_uid,
    "StudyInstanceUID": lambda slot: slot.plan.uid("study"),
    "SeriesInstanceUID": series_uid,
    "FrameOfReferenceUID": lambda slot: slot.plan.uid("frame of reference"),
    "ReferencedFrameOfReferenceUID": lambda slot: slot.plan.uid("frame of reference"),
    "Modality": modality,
    "PatientID": lambda slot: f"MADE-{slot.plan.seed}",
    "PatientBirthDate": "19700101",
    "PatientSex": "O",
    "PatientPosition": "HFS",
    "SpecificCharacterSet": "ISO_IR 192",
    # References: PS3.3 10.3, 10.8.
    "ReferencedSOPInstanceUID": referenced_instance,
    # Dimensions: PS3.3 C.7.6.17. One, along the stack.
    "DimensionOrganizationUID": lambda slot: slot.plan.uid("dimension organization"),
    "DimensionIndexPointer": TAG.InStackPositionNumber,
    "FunctionalGroupPointer": TAG.FrameContentSequence,
    "DimensionIndexValues": lambda slot: slot.frame + 1,
    "InStackPositionNumber": lambda slot: slot.frame + 1,
    "FrameAcquisitionNumber": lambda slot: slot.frame + 1,
    # Pixels: PS3.3 C.7.6.3. `pixel.py` arranges the rest.
    "Rows": 4,
    "Columns": 4,
    "PlanarConfiguration": 0,
    "PixelRepresentation": 0,
    "HighBit": lambda slot: int(slot.ds.get("BitsStored") or 16) - 1,
    "PixelAspectRatio": ["1", "1"],
    **{f"{ciod}:PhotometricInterpretation": "RGB" for ciod in COLOURS},
    "IconImageSequence.PhotometricInterpretation": "MONOCHROME2",
    # Geometry: PS3.3 C.7.6.2, C.7.6.16.2.3, C.7.6.16.2.4.
    "ImageOrientationPatient": AXIAL,
    "ImageOrientationSlide": AXIAL,
    "ImageOrientationVolume": [1.0, 0.0, 0.0, 0.0, 1.0, 0.0],
    "ImagePositionPatient": lambda slot: ["0", "0", str(slot.frame)],
    "ImagePositionVolume": lambda slot: [0.0, 0.0, float(slot.frame)],
    "PatientOrientation": ["L", "P"],
    "FrameOfReferenceTransformationMatrix": [str(int(at % 5 == 0)) for at in range(16)],
    "ImageToEquipmentMappingMatrix": [str(int(at % 5 == 0)) for at in range(16)],
    "PresentationIntentType": presentation_intent,
    "ImageType": image_type,
    "FrameType": image_type,
    "FrameIncrementPointer": lambda slot: INCREMENT.get(slot.plan.ciod, TAG.FrameTime),
    "FrameDimensionPointer": TAG.PositionerPrimaryAngleIncrement,
    "rt-image:PixelIntensityRelationship": "LIN",
    "ImageRotation": 0,
    "ImageHorizontalFlip": "N",
    "multi-frame-single-bit-secondary-capture-image:IconImageSequence.BitsStored": 8,
    # Look-up tables: PS3.3 C.7.6.3.1.5, C.11.1.1, C.7.9.
    **{
        f"{colour}PaletteColorLookupTable{part}": filling
        for colour in ("Red", "Green", "Blue", "Alpha")
        for part, filling in (("Descriptor", PALETTE_DESCRIPTOR), ("Data", RAMP))
    },
    "LUTDescriptor": [2, 0, 16],
    "LUTData": [0, 65535],
    "WeightingTransferFunctionSequence.LUTDescriptor": [4, 0, 8],
    "WeightingTransferFunctionSequence.LUTData": [0, 85, 170, 255],
    "ICCProfile": document.icc_profile,
    "color-palette:RedPaletteColorLookupTableDescriptor": [256, 0, 8],
    "color-palette:GreenPaletteColorLookupTableDescriptor": [256, 0, 8],
    "color-palette:BluePaletteColorLookupTableDescriptor": [256, 0, 8],
    "color-palette:RedPaletteColorLookupTableData": bytes(range(256)),
    "color-palette:GreenPaletteColorLookupTableData": bytes(range(256)),
    "color-palette:BluePaletteColorLookupTableData": bytes(range(256)),
    "height-map-segmentation:SegmentationType": "HEIGHTMAP",
    # A directory without records: PS3.3 F.3.2.2.
    "FileSetConsistencyFlag": 0,
    "OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity": 0,
    "OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity": 0,
    "FileSetID": "MADE",
    "TimezoneOffsetFromUTC": "+0000",
    "RescaleIntercept": "0",
    "RescaleSlope": "1",
    # What may only be so here: PS3.3 C.7.4.2, 10.25, C.8.7.5, C.23.3.
    "NTPSourceAddress": "192.0.2.1",
    "SelectorAttribute": TAG.SpacingBetweenSlices,
    "SelectorAttributeVR": "DS",
    "DisplaySetPatientOrientation": ["L", "P"],
    "x-ray-angiographic-image:PositionerMotion": "STATIC",
    "PseudoColorPaletteInstanceReferenceSequence.ReferencedSOPClassUID": COLOR_PALETTE,
    # Presentation: PS3.3 C.10.4.
    "DisplayedAreaTopLeftHandCorner": [1, 1],
    "DisplayedAreaBottomRightHandCorner": [4, 4],
    # Surfaces, tracks, annotations: PS3.3 C.27, C.8.33.2, C.37.1.2. One triangle, one point.
    "PointCoordinatesData": bulk.COORDINATES,
    "DoublePointCoordinatesData": bulk.DOUBLE_COORDINATES,
    "microscopy-bulk-simple-annotations:PointCoordinatesData": bulk.FLAT_POINT,
    "NumberOfSurfacePoints": bulk.POINTS,
    "tractography-results:MeasurementValuesSequence.FloatingPointValues": bulk.OF_POINTS,
    "VectorCoordinateData": bulk.COORDINATES,
    "SurfacePointsNormalsSequence.VectorDimensionality": 3,
    "NumberOfVectors": bulk.POINTS,
    "TrianglePointIndexList": bulk.INDEX_LIST,
    "LongTrianglePointIndexList": bulk.LONG_INDEX_LIST,
    "LongEdgePointIndexList": bulk.LONG_EDGE,
    "LongVertexPointIndexList": bulk.LONG_INDEX_LIST,
    **{
        f"{shape}Sequence.LongPrimitivePointIndexList": bulk.LONG_INDEX_LIST
        for shape in ("TriangleStrip", "TriangleFan", "Line", "Facet")
    },
    "TwoDimensionalToThreeDimensionalMapData": bulk.MAP_POINT,
    "DataPointColumns": 4,
    # Radiotherapy: PS3.3 C.8.8.6, C.8.8.14, C.8.8.3.2. One contour, one beam, two control points.
    "ContourGeometricType": "POINT",
    "GraphicType": "POINT",
    "NumberOfContourPoints": 1,
    "ContourData": ["0", "0", "0"],
    "ControlPointIndex": lambda slot: slot.item,
    "RTControlPointIndex": lambda slot: slot.item + 1,
    "CumulativeMeterset": lambda slot: float(slot.item),
    "CumulativeMetersetWeight": lambda slot: str(slot.item),
    # Overlays: PS3.3 C.9.2. As large as the image, of one bit.
    "OverlayRows": 4,
    "OverlayColumns": 4,
    "OverlayBitsAllocated": 1,
    "OverlayBitPosition": 0,
    "OverlayOrigin": [1, 1],
    "OverlayData": b"\x33\xcc",
    # Directions: PS3.3 C.8.13.5.9, C.8.13.5.12.
    "SlabOrientation": [1.0, 0.0, 0.0],
    "VelocityEncodingDirection": [1.0, 0.0, 0.0],
    "GridFrameOffsetVector": ["0", "1"],
    **{f"NumberOf{what}": 0 for what in ("Wedges", "Compensators", "Boli", "Blocks")},
    "NumberOfBrachyApplicationSetups": 0,
    # Nuclear medicine: PS3.3 C.8.4.8. One window and detector for each of the frames.
    "EnergyWindowVector": [1, 1],
    "DetectorVector": [1, 1],
    # Dimensions and tiles of a slide: PS3.3 C.8.12.4, C.7.6.17.
    "vl-whole-slide-microscopy-image:DimensionOrganizationType": "TILED_FULL",
    "vl-whole-slide-microscopy-image:NumberOfFrames": 1,
    "vl-whole-slide-microscopy-image:PositionReferenceIndicator": "SLIDE_CORNER",
    "vl-slide-coordinates-microscopic-image:PositionReferenceIndicator": "SLIDE_CORNER",
    "TotalPixelMatrixColumns": 4,
    "ImagedVolumeWidth": 4.0,
    "ImagedVolumeHeight": 4.0,
    "TotalPixelMatrixRows": 4,
    "HL7InstanceIdentifier": "2.25.1^made",
    # Content trees: PS3.3 C.17.3. A container with one text; for a key object, one image. Two
    # classes have no text in the root container (PS3.3 A.35.6, A.35.10).
    "chest-cad-sr:ContentSequence.ValueType": "CODE",
    "colon-cad-sr:ContentSequence.ValueType": "CODE",
    "ContentSequence.ValueType": lambda slot: "IMAGE" if modality(slot) == "KO" else "TEXT",
    "ContentSequence.RelationshipType": "CONTAINS",
    ".ValueType": "CONTAINER",
    # Documents: PS3.3 C.24.2.
    "EncapsulatedDocument": document.content,
}
DEFAULTS: dict[str, object] = {
    "ReferencedSOPClassUID": referenced_class,
    "MIMETypeOfEncapsulatedDocument": document.mime_type,
    "ValueType": "TEXT",
    "BodyPartExamined": lambda slot: "EYE" if slot.plan.ciod in EYES else "HEAD",
    "Laterality": "R",
    "intravascular-optical-coherence-tomography-image:VolumetricProperties": "DISTORTED",
    **{f"{ciod}:BitsAllocated": 8 for ciod in BYTES},
    "multi-frame-single-bit-secondary-capture-image:BitsAllocated": 1,
    "multi-frame-single-bit-secondary-capture-image:BitsStored": 1,
    "IconImageSequence.BitsAllocated": 8,
    "BitsAllocated": 16,
    "SliceProgressionDirection": "APEX_TO_BASE",
    "BitsStored": lambda slot: int(slot.ds.get("BitsAllocated") or 16),
    "SamplesPerPixel": 1,
    "PhotometricInterpretation": "MONOCHROME2",
    "NumberOfFrames": 2,
    "ContentLabel": "MADE",
    "VolumetricProperties": "VOLUME",
    "PixelOriginInterpretation": "VOLUME",
    "VolumeBasedCalculationTechnique": "NONE",
    "PixelPresentation": lambda slot: "TRUE_COLOR" if slot.plan.ciod in COLOURS else "MONOCHROME",
    "WaveformSampleInterpretation": "SS",
    "basic-voice-audio-waveform:WaveformSampleInterpretation": "UB",
    # Annotations: PS3.3 C.37.1.2. One point.
    "AnnotationCoordinateType": "2D",
    "AnnotationGroupGenerationType": "MANUAL",
    "AnnotationAppliesToAllOpticalPaths": "YES",
    "NumberOfAnnotations": 1,
    # Inventories: PS3.3 C.38.1.
    "InventoryLevel": "STUDY",
    "InventoryCompletionStatus": "COMPLETE",
    # Second generation radiotherapy: PS3.3 C.36.
    "RTRadiationPhysicalAndGeometricContentDetailFlag": "FULL",
    "RTRecordFlag": lambda slot: "YES" if "record" in slot.plan.ciod else "NO",
    "RTRadiationUsage": "TREATMENT",
    "RTRadiationSetIntent": "TREATMENT",
    "RTRadiationSetUsage": "INTERNAL",
    "RTRadiationSetDeliveryUsage": "CONTINUATION",
    "RTTreatmentTerminationStatus": "NORMAL",
    "RTTreatmentFractionCompletionStatus": "COMPLETE",
    "TreatmentRecordContentOrigin": "DEVICE",
    "TreatmentDeliveryContinuationFlag": "NO",
    "StartingMetersetValueKnownFlag": "YES",
    "BeamModifierCoordinatesPresenceFlag": "NO",
    "EquipmentModality": "CT",
    # Flags and terms of other modules whose lists no source has.
    "FrameLaterality": "U",
    "RecognizableVisualFeatures": "NO",
    "ContrastBolusAgentAdministered": "NO",
    "ASLCrusherFlag": "NO",
    "ASLBolusCutoffFlag": "NO",
    "AcousticCouplingMediumFlag": "YES",
    "PositionMeasuringDeviceUsed": "RIGID",
    "PositionerMotion": "STATIC",
    "TypeOfDetectorMotion": "NONE",
    "FilterMaterial": "ALUMINUM",
    "ShutterShape": "RECTANGULAR",
    "ConfocalMode": "REFLECTANCE",
    "TissueLocation": "EXVIVO",
    "DimensionOrganizationType": "3D",
    "RecommendedPresentationType": "SURFACE",
    "SegmentAlgorithmType": "MANUAL",
    "ObserverType": "PSN",
    "LightSourcePolarization": "POLARIZED",
    "ContactMethod": "NON_CONTACT",
    "ContextGroupExtensionFlag": "N",
    "IlluminationTranslationFlag": "NO",
    "PartialView": "NO",
    "RescaleType": lambda slot: "HU" if "ct-image" in slot.plan.ciod else "US",
    "ComplexImageComponent": "MAGNITUDE",
    "AcquisitionContrast": "UNKNOWN",
    "LossyImageCompression": "00",
    "BurnedInAnnotation": "NO",
}
# Values that differ between frames: PS3.3 C.7.6.6.1.1, C.8.4.8.1, C.8.8.3.2.
INCREMENT: dict[str, object] = {
    "nm-image": [TAG.EnergyWindowVector, TAG.DetectorVector],
    "nuclear-medicine-image": [TAG.EnergyWindowVector, TAG.DetectorVector],
    "rt-dose": TAG.GridFrameOffsetVector,
}


def fixed_value(slot: Slot) -> object:
    """The value that takes precedence over listed terms; None if there is none."""
    return _found(slot, FIXED)


def default_value(slot: Slot) -> object:
    """The value of an attribute without listed terms; None if there is none."""
    return _found(slot, DEFAULTS)


def _found(slot: Slot, table: dict[str, object]) -> object:
    for name in slot.names:
        if name in table:
            found = table[name]
            return found(slot) if callable(found) else found
    return None
