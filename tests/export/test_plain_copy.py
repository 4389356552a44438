"""What is copied: flow, surfaces and en face images, each with its sources."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from octome.export.plain_copy import LeftOut, PlainCopy, plain_copies
from octome.instances.enface_image import read_enface_image
from octome.octa.picture import ABSENT
from octome.octa.verdict import Verdict
from octome.pipeline.study import Study


@pytest.fixture(scope="module")
def copies(made_chain) -> dict[str, PlainCopy]:  # type: ignore[no-untyped-def]
    found = list(plain_copies(Study(made_chain.folder)))
    return {copy.name: copy for copy in found if isinstance(copy, PlainCopy)}


def test_everything_but_the_structure_has_a_copy(copies: dict[str, PlainCopy]) -> None:
    assert list(copies)[:3] == ["flow", "flow-over-structure", "surfaces-over-structure"]
    assert len(copies) == 16
    assert all(copy.title.startswith("Copy of ") for copy in copies.values())
    assert copies["deep-flow"].title == "Copy of deep IPL+15um..OPL+10um: Flow en face (OCT-A)"


def test_the_flow_is_copied_as_it_is_stored(made_chain, copies: dict[str, PlainCopy]) -> None:
    study = Study(made_chain.folder)
    assert (copies["flow"].frame(3) == study.flow.stored()[3]).all()
    assert copies["flow"].image.sources[0].reference == study.flow.reference


def test_an_image_with_a_palette_is_copied_in_colour(
    made_chain, copies: dict[str, PlainCopy]
) -> None:
    image = read_enface_image(made_chain.file("enface/depth-encoded-flow"))
    copy = copies["depth-encoded-flow"]
    assert copy.image.is_colour
    assert image.palette is not None
    assert (copy.frame(0) == image.palette.colours[image.stored()]).all()


def test_absent_values_are_marked_in_a_picture(copies: dict[str, PlainCopy]) -> None:
    pixels = np.array([[0, 1, 65535]], np.uint16)
    copy = copies["deep-flow"]
    marked = PlainCopy(
        name="a", title="a", image=copy.image, frame=lambda _at: pixels, scale=copy.scale
    )
    assert [tuple(each) for each in marked.picture(0)[0].tolist()] == [
        ABSENT,
        (0, 0, 0),
        (255, 255, 255),
    ]


def test_what_a_study_lacks_is_named(made_chain, tmp_path: Path) -> None:
    shutil.copy(made_chain.file("structure"), tmp_path)
    assert list(plain_copies(Study(tmp_path))) == [
        LeftOut("flow", "the study has no flow volume"),
        LeftOut("surfaces", "the study has no surfaces"),
    ]


def test_doubtful_surfaces_say_so_in_their_title(
    made_chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = Study(made_chain.folder)
    doubtful = replace(study.maps, verdict=Verdict("poor", ("fog",)))
    monkeypatch.setitem(study.__dict__, "maps", doubtful)
    copies = [each for each in plain_copies(study) if isinstance(each, PlainCopy)]
    found = next(copy for copy in copies if copy.name == "surfaces-over-structure")
    assert found.title == "Copy of surfaces (poor) over structure: Layer surfaces"
    assert "ILM #ff5c5c" in found.image.derivation
    assert "poor: fog" in found.image.derivation
