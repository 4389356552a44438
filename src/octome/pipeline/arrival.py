"""What arrived of a study: which instances of the chain each scan has, and which it lacks.

A scan is complete with its structural volume (B), surfaces (D), structural en face images (E) and,
where it has flow, its volume (C) and en face images (F). Raw Data (A) is rarely sent.

Only headers are read, and only with octome's own reader: a receiver needs little memory for it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from octome.dicom.data_set import DataSet
from octome.dicom.folder import dicom_files_below
from octome.dicom.instance_identity import identity_of
from octome.dicom.part10 import read_header
from octome.dicom.tag import TAG
from octome.instances.instance_kind import BOUNDS_LABEL, FLOW_ENFACE, KINDS

EYES = {"R": "right eye", "L": "left eye", "B": "both eyes", "": "eye not stated"}
SURFACES = "D"
IMAGE_TYPE = 0x00221615  # Ophthalmic Image Type Code Sequence


@dataclass(frozen=True, kw_only=True)
class ArrivedScan:
    """The instances of one scan of one eye in a folder, by the letters of PS3.3 C.8.17.14."""

    eye: str
    """R, L or B; empty if it is not stated."""
    frame_of_reference: str
    files: dict[str, tuple[Path, ...]]
    """By letter."""

    @property
    def present(self) -> tuple[str, ...]:
        """The letters that the scan has."""
        return tuple(sorted(self.files))

    @property
    def missing(self) -> tuple[str, ...]:
        """The letters that the scan lacks."""
        needed = "BDE" + ("CF" if "C" in self.files or "F" in self.files else "")
        return tuple(letter for letter in sorted(needed) if letter not in self.files)

    def __str__(self) -> str:
        lack = f"{', '.join(self.missing)} missing" if self.missing else "complete"
        return f"{EYES[self.eye]}: {' '.join(self.present)}; {lack}"


def arrived_scans(study: Path) -> list[ArrivedScan]:
    """The scans in the folder of a study; none if it holds nothing of a chain.

    Raises
    ------
    InstanceUnreadable
        An instance in it cannot be read.
    """
    files: defaultdict[str, defaultdict[str, list[Path]]] = defaultdict(lambda: defaultdict(list))
    eyes: dict[str, str] = {}
    for path in dicom_files_below(study, _raise):
        encoded = read_header(path)
        letter, frame = _letter(encoded.data_set), encoded.data_set.text(TAG.FrameOfReferenceUID)
        if letter and frame:
            files[frame][letter].append(path)
            eyes[frame] = eyes.get(frame) or identity_of(encoded).eye
    return [
        ArrivedScan(
            eye=eyes[frame],
            frame_of_reference=frame,
            files={letter: tuple(paths) for letter, paths in of_frame.items()},
        )
        for frame, of_frame in sorted(files.items())
    ]


def _letter(ds: DataSet) -> str:
    """The letter of an instance; empty if it is not of a chain, or only bounds slabs."""
    sop_class = ds.text(TAG.SOPClassUID)
    letter = next((kind.letter[0] for kind in KINDS if kind.sop_class == sop_class), "")
    if letter == SURFACES and ds.text(TAG.ContentLabel) == BOUNDS_LABEL:
        return ""
    is_flow = any("flow" in code.text(TAG.CodeMeaning) for code in ds.items(IMAGE_TYPE))
    return "F" if sop_class == FLOW_ENFACE.sop_class and is_flow else letter


def _raise(error: Exception) -> None:
    raise error
