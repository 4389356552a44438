"""Instances of an OCT angiography against each other."""

from __future__ import annotations

from cross_instance import between, source_of
from pydicom import dcmread
from pydicom.dataset import Dataset

from octome.conformance.check.checker import Checker


def test_the_chain_agrees_with_itself(made_chain, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    assert between(checker, made_chain.folder) == []


def test_another_frame_of_reference_is_found(made_chain, changed, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    flow = changed("flow-omag", lambda ds: setattr(ds, "FrameOfReferenceUID", "2.25.9"))
    found = between(checker, made_chain.file("structure"), flow)
    assert found == [("flow-omag.dcm", "frame-of-reference", "FrameOfReferenceUID")]


def test_a_source_without_a_frame_of_reference_is_not_blamed_on_what_is_derived(
    made_chain,  # type: ignore[no-untyped-def]
    changed,  # type: ignore[no-untyped-def]
    checker: Checker,
) -> None:
    structure = changed("structure", lambda ds: delattr(ds, "FrameOfReferenceUID"))
    found = between(checker, structure, made_chain.file("flow-omag"))
    assert [code for _, code, _ in found if code == "frame-of-reference"] == []


def test_two_kinds_in_one_series_are_found(made_chain, changed, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    structure = dcmread(made_chain.file("structure"), stop_before_pixels=True)

    def into_its_series(ds: Dataset) -> None:
        ds.SeriesInstanceUID = structure.SeriesInstanceUID

    flow = changed("flow-omag", into_its_series)
    codes = [code for _, code, _ in between(checker, made_chain.file("structure"), flow)]
    # The modality and the number of the series differ too.
    assert codes == ["disagreement", "disagreement", "series-of-two-kinds"]


def test_a_purpose_that_does_not_fit_its_target_is_found(
    made_chain, changed, checker: Checker
) -> None:  # type: ignore[no-untyped-def]
    def say_structure(ds: Dataset) -> None:
        for item in ds.SourceImageSequence:
            item.PurposeOfReferenceCodeSequence[0].CodeValue = "128250"

    enface = changed("enface/superficial-flow", say_structure)
    path = "SourceImageSequence[0].PurposeOfReferenceCodeSequence"
    assert between(checker, enface) == [("superficial-flow.dcm", "purpose", path)]


def test_a_frame_at_another_position_is_found(made_chain, changed, checker: Checker) -> None:  # type: ignore[no-untyped-def]
    flow = changed("flow-omag", lambda ds: setattr(source_of(ds, 5), "ReferencedFrameNumber", 9))
    [(_, code, path)] = between(checker, made_chain.file("structure"), flow)
    assert code == "derivation-frame"
    assert path.startswith("PerFrameFunctionalGroupsSequence[5].")
