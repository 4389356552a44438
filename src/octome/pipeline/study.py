"""The instances of a chain in a folder, from any system and with any file name."""

from __future__ import annotations

import os.path
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydicom.dataset import Dataset

from octome.dicom.folder import dicom_files_below
from octome.dicom.part10 import read_header
from octome.dicom.tag import TAG
from octome.errors import InstancesDisagree, InstanceUnreadable
from octome.instances.bscan_volume_analysis import read_bscan_volume_analysis, structure_of
from octome.instances.exam import same_exam
from octome.instances.file import MOST_ELEMENTS, check_readable, read_instance, reading
from octome.instances.frame_position import first_item, frame_places
from octome.instances.header import pydicom_header
from octome.instances.height_map import StoredHeightMap
from octome.instances.instance_kind import (
    BOUNDS_LABEL,
    ENFACE_CLASS,
    FIRST_FREE_SERIES_NUMBER,
    FLOW,
    HEIGHT_MAP,
    STRUCTURE,
    SURFACES,
)
from octome.instances.slab_bounds import source_of_bounds
from octome.instances.stored_volume import StoredVolume
from octome.instances.surface_segmentation import (
    StoredSurfaces,
)
from octome.instances.tomography_image import read_tomography_image
from octome.instances.uid import is_uid
from octome.octa.acquisition import Float32
from octome.octa.surface import SurfaceMaps
from octome.pipeline.stored_layers import read_surfaces

TAGS = (
    TAG.SOPClassUID, TAG.SOPInstanceUID, TAG.SeriesInstanceUID, TAG.SeriesNumber,
    TAG.SeriesDescription, TAG.StudyInstanceUID, TAG.FrameOfReferenceUID, TAG.ContentDate,
    TAG.ContentTime, TAG.ContentLabel, TAG.Modality, TAG.InstanceNumber,
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One instance of a folder, with the attributes needed to choose it."""

    path: Path
    header: Dataset
    """A few attributes only."""

    @property
    def when(self) -> str:
        """When its content was created, as text that sorts by time."""
        with reading(self.path):
            return f"{self.header.get('ContentDate', '')}{self.header.get('ContentTime', '')}"

    @property
    def series_number(self) -> int:
        """Series Number; 0 where there is none."""
        with reading(self.path):
            return int(self.header.get("SeriesNumber") or 0)

    @property
    def sop_instance(self) -> str:
        """SOP Instance UID."""
        return str(self.header.SOPInstanceUID)

    @property
    def frame_of_reference(self) -> str:
        """Frame of Reference UID; empty if missing or not a UID."""
        found = self.header.get("FrameOfReferenceUID")
        return str(found) if is_uid(found) else ""


def entries(folder: Path) -> list[Entry]:
    """The DICOM instances in a folder and the folders in it, by time; other files are left out.

    Raises
    ------
    InstanceUnreadable
        No such folder, or no instance in it.
    """
    if not folder.is_dir():
        why = "it is a file" if folder.exists() else "there is no such folder"
        raise InstanceUnreadable(f"cannot read the study {folder}: {why}", path=str(folder))
    # All of a chain are of the time of its acquisition: of two, the lower series counts as newer.
    found = sorted(
        _entries(folder), key=lambda entry: (entry.when, -entry.series_number, str(entry.path))
    )
    if not found:
        raise InstanceUnreadable(f"{folder} holds no DICOM instance", path=str(folder))
    return found


def _entries(folder: Path) -> Iterator[Entry]:
    for path in dicom_files_below(folder, _raise):
        with reading(path):
            encoded = read_header(path, most_elements=MOST_ELEMENTS)
            check_readable(encoded)
            header = pydicom_header(encoded, TAGS)
            is_instance = is_uid(header.get("SOPClassUID")) and is_uid(header.get("SOPInstanceUID"))
        if is_instance:
            yield Entry(path, header)


def _raise(error: InstanceUnreadable) -> None:
    raise error


class Study:
    """The volumes and surfaces for en face images: the newest of each in one frame of reference.

    Parameters
    ----------
    folder : Path
    structure : Path, optional
        The file of the structural volume; needed where there are several scans.
    surfaces : Path, optional
        The file of surfaces to use, instead of the newest of that scan.
    flow : Path, optional
        The file of the flow volume; needed where the structural volume has several.

    Raises
    ------
    InstanceUnreadable
        The folder has none.
    """

    def __init__(
        self,
        folder: Path,
        *,
        structure: Path | None = None,
        surfaces: Path | None = None,
        flow: Path | None = None,
    ) -> None:
        self.folder = folder
        self._chosen_structure, self._chosen_surfaces = structure, surfaces
        self._chosen_flow = flow
        self.entries = entries(folder)

    def _newest(self, *classes: str) -> list[Entry]:
        """Entries of these classes, newest first, without surfaces that only bound slabs."""
        return [
            entry
            for entry in reversed(self.entries)
            if entry.header.SOPClassUID in classes
            and entry.header.get("ContentLabel") != BOUNDS_LABEL
        ]

    @cached_property
    def structure(self) -> StoredVolume:
        """The structural volume (B): the chosen one, else the newest of the only scan."""
        if self._chosen_structure is not None:
            return read_tomography_image(self._chosen_structure)
        found = self._newest(STRUCTURE.sop_class)
        if not found:
            raise InstanceUnreadable(
                f"{self.folder} holds no Ophthalmic Tomography Image", path=str(self.folder)
            )
        if len({entry.frame_of_reference for entry in found}) > 1:
            raise self._ambiguous("scans", [entry.path for entry in found], "--structure")
        return read_tomography_image(self._only_newest(found, "structural volumes", "--structure"))

    def _only_newest(self, found: list[Entry], what: str, option: str) -> Path:
        """The newest; an error where several are: those of one chain are all of one time."""
        newest = [
            entry
            for entry in found
            if (entry.when, entry.series_number) == (found[0].when, found[0].series_number)
        ]
        if len({entry.sop_instance for entry in newest}) > 1:
            raise self._ambiguous(what, [entry.path for entry in newest], option)
        return found[0].path

    def _ambiguous(self, what: str, paths: list[Path], option: str) -> InstancesDisagree:
        files = ", ".join(sorted(_below(path, self.folder) for path in paths))
        return InstancesDisagree(
            f"{self.folder} holds several {what}: {files}; choose one: {option} FILE",
            path=str(self.folder),
            found=files.split(", "),
        )

    def _of_this_scan(self, found: list[Entry]) -> list[Entry]:
        """Entries in the structural volume's frame of reference; all if there are none."""
        frame = self.structure.exam.frame_of_reference
        fitting = [entry for entry in found if entry.frame_of_reference == frame]
        return fitting or found

    @property
    def has_flow(self) -> bool:
        """Whether there is a flow volume."""
        return self._chosen_flow is not None or bool(self._newest(FLOW.sop_class))

    @cached_property
    def flow(self) -> StoredVolume:
        """The flow volume (C) of that structural volume: the chosen one, or the only one."""
        if self._chosen_flow is not None:
            return self._fitting_flow([read_bscan_volume_analysis(self._chosen_flow)])
        found = self._of_this_scan(self._newest(FLOW.sop_class))
        if not found:
            raise InstanceUnreadable(
                f"{self.folder} holds no flow volume (OCT B-scan Volume Analysis)",
                path=str(self.folder),
            )
        return self._fitting_flow([read_bscan_volume_analysis(entry.path) for entry in found])

    def _fitting_flow(self, volumes: list[StoredVolume]) -> StoredVolume:
        of_structure = str(self.structure.header.SOPInstanceUID)
        fitting = [volume for volume in volumes if structure_of(volume) == of_structure]
        if len({str(volume.header.SOPInstanceUID) for volume in fitting}) > 1:
            paths = [volume.file.path for volume in fitting]
            raise self._ambiguous("flow volumes", paths, "--flow")
        chosen = (fitting or volumes)[0]
        both = f"{self.structure.file.path} and {chosen.file.path}"
        same_exam(self.structure.exam, chosen.exam, both)
        if not fitting or chosen.placement.shape != self.structure.placement.shape:
            raise InstancesDisagree(
                f"{chosen.file.path} was derived from another structural volume than "
                f"{self.structure.file.path}",
            )
        return chosen

    @property
    def has_surfaces(self) -> bool:
        """Whether there are surfaces."""
        found = self._newest(SURFACES.sop_class, HEIGHT_MAP.sop_class)
        return self._chosen_surfaces is not None or bool(found)

    @cached_property
    def surfaces(self) -> StoredSurfaces | StoredHeightMap:
        """The newest surfaces (D), as a mesh or as a height map."""
        path = self.surfaces_path
        stored = read_surfaces(path)
        frame = str(stored.header.get("FrameOfReferenceUID"))
        if frame != self.structure.exam.frame_of_reference:
            raise InstancesDisagree(
                f"the surfaces in {path} have another frame of reference ({frame}) than "
                f"{self.structure.file.path} ({self.structure.exam.frame_of_reference})",
                path=str(path),
            )
        return stored

    @cached_property
    def surfaces_path(self) -> Path:
        """The file of the surfaces: the chosen one, else the newest mesh, else the newest map."""
        if self._chosen_surfaces is not None:
            return self._chosen_surfaces
        meshes, maps = self._newest(SURFACES.sop_class), self._newest(HEIGHT_MAP.sop_class)
        # A height map next to a mesh holds the same surfaces, with fewer digits.
        found = self._of_this_scan(meshes) or self._of_this_scan(maps)
        if not found:
            raise InstanceUnreadable(
                f"{self.folder} holds no surfaces; find them with octome segment {self.folder}",
                path=str(self.folder),
            )
        return self._only_newest(found, "instances of surfaces", "--surfaces")

    def bounds_with(self, names: Collection[str]) -> Entry | None:
        """An instance of bounds that were derived from those surfaces and has these among them."""
        source = str(self.surfaces.header.SOPInstanceUID)
        for entry in self.entries:
            if entry.header.get("ContentLabel") != BOUNDS_LABEL:
                continue
            stored = read_surfaces(entry.path)
            if source_of_bounds(stored.header) == source and set(names) <= set(stored.numbers):
                return entry
        return None

    def localizer(self) -> Path | None:
        """The en face image of that structural volume on which the others are located, if any."""
        source = str(self.structure.header.SOPInstanceUID)
        for entry in self._newest(ENFACE_CLASS):
            with reading(entry.path):
                header = read_instance(entry.path).header
                place = first_item(header, "OphthalmicFrameLocationSequence") or Dataset()
                image = first_item(header, "SourceImageSequence") or Dataset()
                is_own = place.get("ReferencedSOPInstanceUID") == entry.sop_instance
                if is_own and image.get("ReferencedSOPInstanceUID") == source:
                    return entry.path
        return None

    def photograph(self) -> Path | None:
        """The picture of the fundus that the structural volume states its place on, if any."""
        named = frame_places(self.structure.header).photograph
        return next((each.path for each in self.entries if each.sop_instance == named), None)

    @cached_property
    def maps(self) -> SurfaceMaps:
        """Those surfaces on the grid of the volume."""
        return self.surfaces.maps(self.structure.placement)

    @cached_property
    def structure_values(self) -> Float32:
        """Linear amplitude, (B, Z, X)."""
        return self.structure.values()

    @cached_property
    def flow_values(self) -> Float32:
        """Flow, (B, Z, X)."""
        return self.flow.values()

    @property
    def scan_folder(self) -> Path:
        """The innermost folder with all instances of the scan: where new ones of it belong."""
        frame = self.structure.exam.frame_of_reference
        paths = [entry.path for entry in self.entries if entry.frame_of_reference == frame]
        if self.structure.file.path not in paths:
            return self.folder
        return Path(os.path.commonpath([path.parent for path in paths]))

    def next_series_number(self) -> int:
        """A number that no series of the study has."""
        numbers = [entry.series_number for entry in self.entries]
        return max(*numbers, FIRST_FREE_SERIES_NUMBER - 1) + 1


def _below(path: Path, folder: Path) -> str:
    """A file as a user of the folder names it."""
    return str(path.relative_to(folder) if path.is_relative_to(folder) else path)
