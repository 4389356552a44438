"""The modules that all instances have: whose equipment, which series, which references."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

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
    instance = composite(STRUCTURE, tiny.exam, Series(number=2), by_scanner=True)
    assert (instance.Manufacturer, instance.DeviceSerialNumber) == ("A Manufacturer", "SN-1")
    (other,) = instance.ContributingEquipmentSequence
    assert other.Manufacturer == SOFTWARE.manufacturer
    assert other.PurposeOfReferenceCodeSequence[0].CodeValue == "109102"


def test_octome_is_the_equipment_and_the_scanner_contributed_when_it_acquired(tiny) -> None:
    instance = composite(FLOW, tiny.exam, Series(number=3), by_scanner=False)
    assert instance.Manufacturer == SOFTWARE.manufacturer
    (other,) = instance.ContributingEquipmentSequence
    assert (other.Manufacturer, other.ManufacturerModelName) == ("A Manufacturer", "A Model")
    assert other.PurposeOfReferenceCodeSequence[0].CodeValue == "109101"
    assert other.ContributionDateTime == datetime(2026, 1, 31, 14, 5)


def test_an_instance_belongs_to_its_exam_series_and_kind(tiny) -> None:
    series = Series(number=12, uid=UID("1.2.3"), description="by hand", instance=4)
    instance = composite(FLOW, tiny.exam, series, by_scanner=True)
    assert (instance.SOPClassUID, instance.Modality) == (FLOW.sop_class, "OPTBSV")
    assert instance.StudyInstanceUID == tiny.exam.study
    assert instance.FrameOfReferenceUID == tiny.exam.frame_of_reference
    assert (instance.SeriesNumber, instance.InstanceNumber) == (12, 4)
    assert (instance.SeriesInstanceUID, instance.SeriesDescription) == ("1.2.3", "by hand")
    plain = composite(FLOW, tiny.exam, Series(number=3), by_scanner=True)
    assert plain.SeriesDescription == FLOW.title
    assert plain.SOPInstanceUID != instance.SOPInstanceUID


def test_content_has_the_time_of_its_exam_or_the_current_one(tiny) -> None:
    series = Series(number=2, sop_instance=UID("1.2.3.4"))
    exam = replace(tiny.exam, content_time=datetime(2026, 1, 31, 14, 5))
    first, again = (composite(FLOW, exam, series, by_scanner=False) for _ in range(2))
    assert first == again
    assert (first.ContentDate, first.ContentTime) == (date(2026, 1, 31), time(14, 5))
    assert first.SOPInstanceUID == "1.2.3.4"
    assert "InstanceCreationTime" not in first
    now = composite(FLOW, tiny.exam, Series(number=2), by_scanner=False)
    assert now.ContentDate == now.InstanceCreationDate > date(2026, 1, 31)


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
