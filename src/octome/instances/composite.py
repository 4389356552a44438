"""The modules that every instance of the chain has: patient, study, series, equipment, SOP common.

PS3.3 C.7.1.1, C.7.2.1, C.7.3.1, C.7.4.1, C.7.5.1, C.7.5.2, C.12.1, C.12.2.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from itertools import groupby

from highdicom import AlgorithmIdentificationSequence, ContributingEquipment
from highdicom.sr import CodedConcept
from pydicom.dataset import Dataset
from pydicom.uid import UID
from pydicom.valuerep import DA, TM

from octome.instances.code import ACQUISITION_EQUIPMENT, PROCESSING_EQUIPMENT, coded
from octome.instances.device import Equipment
from octome.instances.exam import Exam
from octome.instances.instance_kind import InstanceKind
from octome.instances.uid import new_uid

VERSION = version("octome")
# Software has no serial number, yet Enhanced General Equipment requires one.
SOFTWARE = Equipment("octome", "octome", "none (software)", (VERSION,))
ALGORITHM_SOURCE = "octome"


@dataclass(frozen=True, kw_only=True)
class Series:
    """The series of an instance, and the instance's place in it."""

    number: int
    uid: UID = field(default_factory=new_uid)
    description: str = ""
    """The title of the instance kind if empty."""
    instance: int = 1
    """Number of the instance in the series."""
    sop_instance: UID | None = None
    """SOP Instance UID; a new one if None."""


@dataclass(frozen=True)
class Reference:
    """An instance that another one references."""

    sop_class: UID
    sop_instance: UID
    series: UID

    def item(self) -> Dataset:
        """The SOP Instance Reference macro."""
        item = Dataset()
        item.ReferencedSOPClassUID = self.sop_class
        item.ReferencedSOPInstanceUID = self.sop_instance
        return item


def reference_to(header: Dataset) -> Reference:
    """A reference to this instance."""
    return Reference(header.SOPClassUID, header.SOPInstanceUID, header.SeriesInstanceUID)


def composite(kind: InstanceKind, exam: Exam, series: Series, *, by_scanner: bool) -> Dataset:
    """A new instance with the modules that all instances have.

    Parameters
    ----------
    kind : InstanceKind
    exam : Exam
    series : Series
    by_scanner : bool
        Whether the scanner is the equipment of the series, and octome contributed. Otherwise
        octome is the equipment, and the scanner contributed.

    Returns
    -------
    instance : Dataset
    """
    ds = Dataset()
    # Given: patient and study.
    for element in exam.shared:
        ds[element.tag] = element
    # Fixed by the Standard.
    ds.SOPClassUID, ds.Modality = kind.sop_class, kind.modality
    # Computed.
    ds.SOPInstanceUID, ds.SeriesInstanceUID = series.sop_instance or new_uid(), series.uid
    ds.SeriesNumber, ds.InstanceNumber = series.number, series.instance
    ds.SeriesDescription = series.description or kind.title
    if by_scanner:
        # Of all instances of a series; series of octome grow later, and have none.
        ds.SeriesDate, ds.SeriesTime = DA(exam.acquired.date()), TM(exam.acquired.time())
    created = exam.now if exam.content_time is None else None
    content = created or exam.content_time or exam.acquired
    ds.ContentDate, ds.ContentTime = DA(content.date()), TM(content.time())
    if created is not None:
        ds.InstanceCreationDate, ds.InstanceCreationTime = ds.ContentDate, ds.ContentTime
    # Given: the frame of reference belongs to the acquisition.
    ds.FrameOfReferenceUID, ds.PositionReferenceIndicator = exam.frame_of_reference, ""
    _write_equipment(ds, exam.scanner if by_scanner else SOFTWARE)
    other, purpose = (
        (SOFTWARE, PROCESSING_EQUIPMENT) if by_scanner else (exam.scanner, ACQUISITION_EQUIPMENT)
    )
    if other.manufacturer:
        when = exam.acquired if purpose == ACQUISITION_EQUIPMENT else created
        ds.ContributingEquipmentSequence = [_contributor(other, purpose, when)]
    return ds


def algorithm(
    name: str,
    family: CodedConcept,
    parameters: dict[str, str] | None = None,
    *,
    owner: tuple[str, str] = (ALGORITHM_SOURCE, VERSION),
) -> AlgorithmIdentificationSequence:
    """Algorithm Identification (PS3.3 10.16); `owner` is whose it is, and its version."""
    source, its_version = owner
    return AlgorithmIdentificationSequence(
        name=name,
        family=family,
        version=its_version,
        source=source,
        parameters=parameters or None,
    )


def common_instance_reference(references: Iterable[Reference]) -> list[Dataset]:
    """Referenced Series Sequence: all references, by series (PS3.3 C.12.2)."""
    items = []
    ordered = sorted(set(references), key=lambda each: (each.series, each.sop_instance))
    for uid, members in groupby(ordered, key=lambda each: each.series):
        item = Dataset()
        item.SeriesInstanceUID = uid
        item.ReferencedInstanceSequence = [each.item() for each in members]
        items.append(item)
    return items


def _write_equipment(ds: Dataset, equipment: Equipment) -> None:
    ds.Manufacturer = equipment.manufacturer
    ds.ManufacturerModelName = equipment.model
    ds.DeviceSerialNumber = equipment.serial_number
    ds.SoftwareVersions = list(equipment.software_versions)


def _contributor(equipment: Equipment, purpose: tuple[str, str], when: datetime | None) -> Dataset:
    return ContributingEquipment(
        equipment.manufacturer,
        coded(*purpose),
        manufacturer_model_name=equipment.model or None,
        software_versions=list(equipment.software_versions) or None,
        device_serial_number=equipment.serial_number or None,
        contribution_datetime=when,
        contribution_description=(
            "acquired the B-scans"
            if purpose == ACQUISITION_EQUIPMENT
            else "computed the arrays and wrote the instance"
        ),
    )
