"""The tags that only the rules for OCT angiographies use; some are newer than pydicom's (2024d)."""

from __future__ import annotations


class CHAIN_TAG:  # noqa: N801  (as TAG)
    """Tags as numbers, by keyword."""

    AcquisitionDateTime = 0x0008002A
    ReferencedSegmentationSequence = 0x0008114C
    OphthalmicFrameLocationSequence = 0x00220031
    ReferenceCoordinates = 0x00220032
    DerivationAlgorithmSequence = 0x00221612
    OphthalmicImageTypeCodeSequence = 0x00221615
    OphthalmicImageTypeDescription = 0x00221616
    ReferencedSurfaceMeshIdentificationSequence = 0x00221620
    OphthalmicEnFaceVolumeDescriptorSequence = 0x00221627
    OphthalmicEnFaceVolumeDescriptorScope = 0x00221629
    SurfaceMeshZPixelOffset = 0x00221658
    AlgorithmSource = 0x00240202
    RealWorldValueMappingSequence = 0x00409096
    RealWorldValueSlope = 0x00409225
    SegmentedPropertyTypeCodeSequence = 0x0062000F
    SurfaceOffset = 0x00660005
    ReferencedSurfaceSequence = 0x0066002B
    ReferencedSurfaceNumber = 0x0066002C
    SegmentSurfaceSourceInstanceSequence = 0x0066002E
