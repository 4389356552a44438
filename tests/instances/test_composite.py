"""The modules that all instances have: whose equipment, which series, which references."""

from __future__ import annotations

from datetime import datetime

from pydicom.uid import UID

from octome.instances.composite import (
    SOFTWARE,
    Reference,
    Series,
    common_instance_reference,
    composite,
)
from octome.instances.instance_kind import FLOW, STRUCTURE


def test_the_scanner_is_the_equipment_and_octome_contributed(tiny) -> None:
    instance = composite(STRUCTURE, tiny.exam, Series(2), by_scanner=True)
    assert (instance.Manufacturer, instance.DeviceSerialNumber) == ("A Manufacturer", "SN-1")
    (other,) = instance.ContributingEquipmentSequence
    assert other.Manufacturer == SOFTWARE.manufacturer
    assert other.PurposeOfReferenceCodeSequence[0].CodeValue == "109102"


def test_octome_is_the_equipment_and_the_scanner_contributed_when_it_acquired(tiny) -> None:
    instance = composite(FLOW, tiny.exam, Series(3), by_scanner=False)
    assert instance.Manufacturer == SOFTWARE.manufacturer
    (other,) = instance.ContributingEquipmentSequence
    assert (other.Manufacturer, other.ManufacturerModelName) == ("A Manufacturer", "A Model")
    assert other.PurposeOfReferenceCodeSequence[0].CodeValue == "109101"
    assert other.ContributionDateTime == datetime(2026, 1, 31, 14, 5)


def test_an_instance_belongs_to_its_exam_series_and_kind(tiny) -> None:
    series = Series(12, UID("1.2.3"), "by hand", 4)
    instance = composite(FLOW, tiny.exam, series, by_scanner=True)
    assert (instance.SOPClassUID, instance.Modality) == (FLOW.sop_class, "OPTBSV")
    assert instance.StudyInstanceUID == tiny.exam.study
    assert instance.FrameOfReferenceUID == tiny.exam.frame_of_reference
    assert (instance.SeriesNumber, instance.InstanceNumber) == (12, 4)
    assert (instance.SeriesInstanceUID, instance.SeriesDescription) == ("1.2.3", "by hand")
    assert composite(FLOW, tiny.exam, Series(3), by_scanner=True).SeriesDescription == FLOW.title


def test_references_are_listed_once_each_by_series() -> None:
    one, two, other = (
        Reference(FLOW.sop_class, UID(instance), UID(series))
        for instance, series in (("1.2.1", "1.9.1"), ("1.2.2", "1.9.1"), ("1.2.3", "1.9.2"))
    )
    items = common_instance_reference([other, two, one, two])
    assert [item.SeriesInstanceUID for item in items] == ["1.9.1", "1.9.2"]
    assert [
        [each.ReferencedSOPInstanceUID for each in item.ReferencedInstanceSequence]
        for item in items
    ] == [["1.2.1", "1.2.2"], ["1.2.3"]]
