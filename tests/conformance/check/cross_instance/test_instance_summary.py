"""The summary of an instance that checks across instances need."""

from __future__ import annotations

from pydicom.dataset import Dataset
from small_instance import encoded

from octome.conformance.check.checker import Checker
from octome.conformance.check.cross_instance.instance_summary import InstanceSummary, summary_of
from octome.dicom.part10 import read_encoded


def summary(checker: Checker, ds: Dataset) -> InstanceSummary:
    dictionary = checker.book.dictionary
    read = read_encoded(encoded(ds), dictionary.vr_of)
    return summary_of(read, "a.dcm", dictionary.keyword)


def test_a_plain_image_has_its_identity_and_one_frame(ct: Dataset, checker: Checker) -> None:
    found = summary(checker, ct)
    assert (found.file, found.instance, found.study) == ("a.dcm", "2.25.11", "2.25.2")
    assert (found.frames, found.positions, found.references) == (1, (), ())


def test_frames_have_positions_and_references(structure: Dataset, checker: Checker) -> None:
    found = summary(checker, structure)
    assert (found.frames, len(found.positions)) == (40, 40)
    first = structure.PerFrameFunctionalGroupsSequence[0].PlanePositionSequence[0]
    assert found.positions[0] == tuple(float(x) for x in first.ImagePositionPatient)


def test_a_reference_has_class_frames_and_purpose(ct: Dataset, checker: Checker) -> None:
    purpose, item = Dataset(), Dataset()
    purpose.CodeValue, purpose.CodingSchemeDesignator = "121322", "DCM"
    item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = "1.2.3", "2.25.5"
    item.ReferencedFrameNumber = [2, 3]
    item.PurposeOfReferenceCodeSequence = [purpose]
    ct.SourceImageSequence = [item]
    [found] = summary(checker, ct).references
    assert found.path == "SourceImageSequence[0]"
    assert (found.sop_class, found.instance, found.frames) == ("1.2.3", "2.25.5", (2, 3))
    assert (found.purpose, found.frame) == (("DCM", "121322"), None)


def test_of_an_instance_alone_only_mentions_of_itself_are_kept(
    ct: Dataset, checker: Checker
) -> None:
    ct.ReferencedImageSequence = [Dataset(), Dataset()]
    for item, uid in zip(ct.ReferencedImageSequence, ("2.25.5", ct.SOPInstanceUID), strict=True):
        item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = "1.2.3", uid
    dictionary = checker.book.dictionary
    read = read_encoded(encoded(ct), dictionary.vr_of)
    alone = summary_of(read, "a.dcm", dictionary.keyword, is_alone=True)
    assert [mention.path for mention in alone.mentions] == ["ReferencedImageSequence[1]"]
    assert len(summary(checker, ct).mentions) == 2
