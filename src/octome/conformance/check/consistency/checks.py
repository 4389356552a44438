"""All checks of attributes against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from octome.conformance.check.consistency.bulk_annotation import bulk_annotations
from octome.conformance.check.consistency.character_sets import character_sets, escape_sequences
from octome.conformance.check.consistency.compression import (
    compressed_pixels,
    encapsulated_pixels,
    lossy_compression,
)
from octome.conformance.check.consistency.directory_record import study_records
from octome.conformance.check.consistency.disagreement import Disagreement
from octome.conformance.check.consistency.display import presentation_lut_shape, windows
from octome.conformance.check.consistency.document import document_content, document_type
from octome.conformance.check.consistency.file_meta import file_meta, transfer_syntax
from octome.conformance.check.consistency.frame_type import frame_types
from octome.conformance.check.consistency.frame_vector import frame_vectors
from octome.conformance.check.consistency.general import timezone
from octome.conformance.check.consistency.geometry import (
    dimensions,
    orientations,
    transformations,
    velocity_directions,
    volume_positions,
)
from octome.conformance.check.consistency.item_rules import item_rules
from octome.conformance.check.consistency.lookup_table import lookup_tables, palette_descriptors
from octome.conformance.check.consistency.multi_frame import (
    concatenation,
    dimension_pointers,
    dimension_targets,
    dimension_values,
    slide_position,
    tiles,
)
from octome.conformance.check.consistency.nuclear_medicine import (
    numbers_of_frames,
    order_of_frames,
    pet_image_index,
)
from octome.conformance.check.consistency.offset_table import fragments_of_rle, offset_tables
from octome.conformance.check.consistency.optical_path import (
    number_of_optical_paths,
    optical_paths,
    sparse_tiles,
    tile_positions,
)
from octome.conformance.check.consistency.overlay import overlays, shutter_overlay
from octome.conformance.check.consistency.pixel import (
    all_bits_stored,
    frame_increment,
    hounsfield_units,
    image_type,
    padding_range,
    palettes,
    pixel_bits,
    pixel_data_length,
    pixel_representation,
    samples,
    signed_values,
    ultrasound_colours,
)
from octome.conformance.check.consistency.plan_reference import parts_of_plan
from octome.conformance.check.consistency.presentation import (
    compound_graphics,
    displayed_areas,
    graphic_layers,
    graphics,
    shown_images,
)
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
from octome.conformance.check.consistency.reference import references
from octome.conformance.check.consistency.segment import (
    referenced_segments,
    segment_numbers,
    segmentation_type,
)
from octome.conformance.check.consistency.segmented_palette import segmented_palettes
from octome.conformance.check.consistency.settled import closed_values, needed_together
from octome.conformance.check.consistency.spacing import (
    imaged_volume,
    orientation_in_patient,
    patient_orientation,
    pixel_spacings,
    slice_spacings,
)
from octome.conformance.check.consistency.surface import surface_points, surfaces
from octome.conformance.check.consistency.treatment import (
    kinds_of_treatment,
    mass_fractions,
    meterset_weights,
    time_weights,
)
from octome.conformance.check.consistency.uid import own_uids
from octome.conformance.check.consistency.ultrasound import ultrasound_regions
from octome.conformance.check.consistency.waveform import (
    sample_size,
    waveform_bits,
    waveform_length,
)
from octome.dicom.part10 import Encoded

CHECKS: tuple[Callable[[Encoded], Iterator[Disagreement]], ...] = (
    file_meta,
    transfer_syntax,
    character_sets,
    escape_sequences,
    own_uids,
    closed_values,
    needed_together,
    item_rules,
    pixel_bits,
    samples,
    hounsfield_units,
    ultrasound_colours,
    pixel_representation,
    signed_values,
    padding_range,
    all_bits_stored,
    frame_increment,
    encapsulated_pixels,
    compressed_pixels,
    lossy_compression,
    pixel_data_length,
    offset_tables,
    fragments_of_rle,
    frame_vectors,
    frame_types,
    palettes,
    palette_descriptors,
    segmented_palettes,
    lookup_tables,
    overlays,
    shutter_overlay,
    image_type,
    pixel_spacings,
    slice_spacings,
    imaged_volume,
    patient_orientation,
    orientation_in_patient,
    orientations,
    velocity_directions,
    transformations,
    volume_positions,
    dimensions,
    dimension_values,
    dimension_pointers,
    dimension_targets,
    concatenation,
    tiles,
    slide_position,
    optical_paths,
    number_of_optical_paths,
    tile_positions,
    sparse_tiles,
    order_of_frames,
    numbers_of_frames,
    pet_image_index,
    segmentation_type,
    segment_numbers,
    referenced_segments,
    surfaces,
    surface_points,
    bulk_annotations,
    study_records,
    timezone,
    document_type,
    document_content,
    windows,
    presentation_lut_shape,
    shown_images,
    graphic_layers,
    graphics,
    compound_graphics,
    displayed_areas,
    ultrasound_regions,
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
    references,
    waveform_length,
    sample_size,
    waveform_bits,
)
