"""Checks that only instances with certain attributes need, imported where one of these is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from octome.conformance.check.consistency.disagreement import Disagreement
from octome.dicom.part10 import Encoded
from octome.dicom.tag import TAG

Check = Callable[[Encoded], Iterator[Disagreement]]


def _annotations() -> tuple[Check, ...]:
    from octome.conformance.check.consistency.bulk_annotation import bulk_annotations

    return (bulk_annotations,)


def _directories() -> tuple[Check, ...]:
    from octome.conformance.check.consistency.directory_record import study_records

    return (study_records,)


def _documents() -> tuple[Check, ...]:
    from octome.conformance.check.consistency.document import document_content, document_type

    return (document_type, document_content)


def _equipment() -> tuple[Check, ...]:
    from octome.conformance.check.consistency.geometry import equipment_matrix

    return (equipment_matrix,)


def _frame_orders() -> tuple[Check, ...]:
    from octome.conformance.check.consistency.nuclear_medicine import (
        numbers_of_frames,
        order_of_frames,
        pet_image_index,
    )

    return (order_of_frames, numbers_of_frames, pet_image_index)


def _padding() -> tuple[Check, ...]:
    from octome.conformance.check.consistency.pixel_padding import padding_range, padding_values

    return (padding_range, padding_values)


def _presentation() -> tuple[Check, ...]:
    from octome.conformance.check.consistency.presentation import (
        compound_graphics,
        displayed_areas,
        graphic_layers,
        graphics,
        shown_images,
    )

    return (shown_images, graphic_layers, graphics, compound_graphics, displayed_areas)


def _radiotherapy() -> tuple[Check, ...]:
    from octome.conformance.check.consistency.plan_reference import parts_of_plan
    from octome.conformance.check.consistency.radiotherapy import (
        contours,
        control_points,
        counts_in_plans,
        dose_planes,
        frames_of_regions,
        leaf_positions,
        referenced_beams,
        regions_of_interest,
    )
    from octome.conformance.check.consistency.treatment import (
        apertures,
        block_slabs,
        channel_lengths,
        kinds_of_treatment,
        mass_fractions,
        meterset_weights,
        time_weights,
    )

    return (
        regions_of_interest,
        contours,
        dose_planes,
        counts_in_plans,
        frames_of_regions,
        leaf_positions,
        referenced_beams,
        parts_of_plan,
        control_points,
        meterset_weights,
        time_weights,
        kinds_of_treatment,
        mass_fractions,
        block_slabs,
        apertures,
        channel_lengths,
    )


def _segments() -> tuple[Check, ...]:
    from octome.conformance.check.consistency.segment import (
        fractional_values,
        referenced_segments,
        segment_numbers,
        segmentation_type,
    )

    return (segmentation_type, segment_numbers, referenced_segments, fractional_values)


def _selectors() -> tuple[Check, ...]:
    from octome.conformance.check.consistency.selector import selectors

    return (selectors,)


def _slides() -> tuple[Check, ...]:
    from octome.conformance.check.consistency.optical_path import (
        number_of_optical_paths,
        optical_paths,
        sparse_tiles,
        tile_positions,
    )

    return (optical_paths, number_of_optical_paths, tile_positions, sparse_tiles)


def _sources() -> tuple[Check, ...]:
    from octome.conformance.check.consistency.reference import source_instances

    return (source_instances,)


def _spirals() -> tuple[Check, ...]:
    from octome.conformance.check.consistency.exposure import spiral_exposure_time

    return (spiral_exposure_time,)


def _surfaces() -> tuple[Check, ...]:
    from octome.conformance.check.consistency.mesh import mesh_primitives
    from octome.conformance.check.consistency.surface import surface_points, surfaces

    return (surfaces, surface_points, mesh_primitives)


def _tracks() -> tuple[Check, ...]:
    from octome.conformance.check.consistency.track import tracks

    return (tracks,)


def _ultrasound() -> tuple[Check, ...]:
    from octome.conformance.check.consistency.ultrasound import ultrasound_regions

    return (ultrasound_regions,)


def _waveforms() -> tuple[Check, ...]:
    from octome.conformance.check.consistency.waveform import (
        sample_size,
        waveform_bits,
        waveform_length,
    )

    return (waveform_length, sample_size, waveform_bits)


class Group(NamedTuple):
    """Some checks, and the attributes of which an instance, or an item, has one to need them."""

    tags: frozenset[int]
    checks: Callable[[], tuple[Check, ...]]


GROUPS: tuple[Group, ...] = (
    Group(frozenset((TAG.AnnotationGroupSequence,)), _annotations),
    Group(frozenset((TAG.DirectoryRecordSequence,)), _directories),
    Group(frozenset((TAG.EncapsulatedDocument, TAG.MIMETypeOfEncapsulatedDocument)), _documents),
    Group(
        frozenset(
            (
                TAG.AngularViewVector,
                TAG.DetectorVector,
                TAG.EnergyWindowVector,
                TAG.FrameIncrementPointer,
                TAG.ImageIndex,
                TAG.PhaseVector,
                TAG.RRIntervalVector,
                TAG.RotationVector,
                TAG.SliceVector,
                TAG.TimeSliceVector,
                TAG.TimeSlotVector,
            )
        ),
        _frame_orders,
    ),
    Group(
        frozenset(
            (
                TAG.DisplayedAreaSelectionSequence,
                TAG.GraphicAnnotationSequence,
                TAG.GraphicLayerSequence,
                TAG.SoftcopyVOILUTSequence,
            )
        ),
        _presentation,
    ),
    Group(
        frozenset(
            (
                TAG.ApplicationSetupSequence,
                TAG.BeamSequence,
                TAG.DoseReferenceSequence,
                TAG.FractionGroupSequence,
                TAG.GridFrameOffsetVector,
                TAG.IonBeamSequence,
                TAG.IonToleranceTableSequence,
                TAG.PatientSetupSequence,
                TAG.ROIContourSequence,
                TAG.RTROIObservationsSequence,
                TAG.StructureSetROISequence,
                TAG.ToleranceTableSequence,
            )
        ),
        _radiotherapy,
    ),
    Group(frozenset((TAG.SegmentSequence, TAG.SegmentationType)), _segments),
    Group(
        frozenset(
            (
                TAG.DimensionOrganizationType,
                TAG.NumberOfOpticalPaths,
                TAG.OpticalPathSequence,
                TAG.TotalPixelMatrixColumns,
                TAG.TotalPixelMatrixRows,
            )
        ),
        _slides,
    ),
    Group(frozenset((TAG.NumberOfSurfaces, TAG.SurfaceSequence)), _surfaces),
    Group(frozenset((TAG.ImageToEquipmentMappingMatrix,)), _equipment),
    Group(frozenset((TAG.PixelPaddingRangeLimit, TAG.PixelPaddingValue)), _padding),
    Group(frozenset((TAG.SelectorAttribute,)), _selectors),
    Group(frozenset((TAG.SourceInstanceSequence,)), _sources),
    Group(frozenset((TAG.RevolutionTime,)), _spirals),
    Group(frozenset((TAG.TrackSetSequence,)), _tracks),
    Group(frozenset((TAG.SequenceOfUltrasoundRegions,)), _ultrasound),
    Group(frozenset((TAG.WaveformSequence,)), _waveforms),
)
