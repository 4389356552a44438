"""The type of a file decides the source of a chain."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

from octome.errors import AcquisitionUnreadable, InstanceUnreadable, MissingFact
from octome.pipeline.source import (
    ImageSource,
    RecordedSource,
    opened_recording,
    read_source,
)


def test_a_recording_in_either_file_is_the_same_recording(made_chain) -> None:
    file, raw = read_source(made_chain.scan), read_source(made_chain.file("raw"))
    assert isinstance(file, RecordedSource)
    assert isinstance(raw, RecordedSource)
    assert file.timing == raw.timing
    assert file.raw_instance is None
    assert raw.raw_instance is not None
    with opened_recording(file.path) as ours, opened_recording(raw.path) as theirs:
        np.testing.assert_array_equal(ours.recorded[:], theirs.recorded[:])


def test_a_source_is_data(made_chain) -> None:
    for name in (made_chain.scan, made_chain.file("raw"), made_chain.file("structure")):
        source = read_source(name)
        assert pickle.loads(pickle.dumps(source)).digest == source.digest


def test_an_image_has_its_examination(made_chain) -> None:
    source = read_source(made_chain.file("structure"))
    assert isinstance(source, ImageSource)
    assert source.exam.laterality == "R"


def test_surfaces_belong_to_a_vendor_file(made_chain, tmp_path: Path) -> None:
    for path in (made_chain.scan, made_chain.file("structure")):
        with pytest.raises(MissingFact, match="--surfaces belongs to a device's volume"):
            read_source(path, surfaces_path=tmp_path / "any.xml")


def test_other_instances_do_not_start_a_chain(made_chain) -> None:
    with pytest.raises(InstanceUnreadable, match="a chain begins with"):
        read_source(made_chain.file("surfaces"))


def test_a_file_that_has_only_the_name_of_a_recording_is_refused_as_such(tmp_path: Path) -> None:
    path = tmp_path / "frog.h5"
    path.write_bytes(b"frog" * 100)
    with pytest.raises(AcquisitionUnreadable, match="it is not an HDF5 file"):
        read_source(path)
