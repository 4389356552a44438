"""A modality worklist, as DCMTK serves it: the one item that matches, or a list to choose from."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator

import pytest
from dcmtk import command, free_port, needs_dcmtk
from pydicom import Dataset

from octome.cli.worklist import from_worklist
from octome.errors import MissingFact, WorklistUnclear

pytestmark = needs_dcmtk
OPTIONS = {
    "patient_name": "",
    "patient_id": "",
    "patient_birth_date": "",
    "patient_sex": "",
    "study_uid": "",
    "accession": "",
    "study_id": "",
    "referring": "",
    "worklist_station": "",
    "worklist_date": "",
    "worklist_item": None,
    "calling_ae": "OCTOME",
}


def item(number: int, **values: str) -> Dataset:
    step, ds = Dataset(), Dataset()
    step.ScheduledStationAETitle, step.Modality = f"OCT{number % 2}", "OPT"
    step.ScheduledProcedureStepStartDate, step.ScheduledProcedureStepStartTime = "20260131", "0930"
    step.ScheduledProcedureStepID = f"S{number}"
    step.ScheduledProcedureStepDescription = "pond"
    step.ScheduledPerformingPhysicianName = ""
    ds.SpecificCharacterSet = "ISO_IR 100"
    ds.PatientName, ds.PatientID = values.get("name", "Frog^Ann"), values.get("patient", "P1")
    ds.PatientBirthDate, ds.PatientSex = "19570830", "F"
    ds.AccessionNumber, ds.StudyInstanceUID = f"A{number}", f"1.2.{number}"
    ds.ReferringPhysicianName = "Toad^Tom"
    ds.RequestedProcedureID, ds.RequestedProcedureDescription = f"R{number}", "macula"
    ds.ScheduledProcedureStepSequence = [step]
    return ds


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a worklist with three items of two patients."""
    folder = tmp_path_factory.mktemp("worklist")
    items = folder / "PONDS"
    items.mkdir()
    (items / "lockfile").touch()
    contents = item(1), item(2), item(3, name="Núñez^Zoë", patient="P2")
    for number, ds in enumerate(contents):
        ds.save_as(items / f"{number}.wl", implicit_vr=False, little_endian=True)
        subprocess.run(
            [command("dcmconv"), "+F", f"{items / str(number)}.wl", f"{items / str(number)}.wl"],
            check=True,
        )
    port = free_port()
    address = f"PONDS@127.0.0.1:{port}"
    program = subprocess.Popen(
        [command("wlmscpfs"), "-dfp", str(folder), str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            break
        except OSError:
            time.sleep(0.1)
    yield address
    program.kill()
    program.wait()


def test_the_item_that_matches_gives_patient_and_study(server: str) -> None:
    found = from_worklist(OPTIONS | {"worklist": server, "patient_id": "P2"})
    assert (found["patient_name"], found["patient_birth_date"]) == ("Núñez^Zoë", "19570830")
    assert (found["patient_sex"], found["patient_id"]) == ("F", "P2")
    assert (found["study_uid"], found["accession"]) == ("1.2.3", "A3")
    assert (found["referring"], found["study_id"]) == ("Toad^Tom", "R3")
    assert found["study_description"] == "macula"


@pytest.mark.parametrize(
    ("narrower", "step"),
    [
        ({"accession": "A2"}, "1.2.2"),
        ({"worklist_station": "OCT0"}, "1.2.2"),
        ({"worklist_item": "S1"}, "1.2.1"),
    ],
)
def test_several_items_are_listed_until_one_is_chosen(
    server: str, narrower: dict[str, str], step: str
) -> None:
    wanted = OPTIONS | {"worklist": server, "patient_id": "P1", "worklist_date": "2026-01-31"}
    with pytest.raises(WorklistUnclear) as error:
        from_worklist(wanted)
    assert "2 items match: choose one with --worklist-item" in str(error.value)
    lines = error.value.details["lines"]
    assert isinstance(lines, list)
    assert sorted(lines) == [
        "S1, 20260131 0930, OCT1, P1 Frog^Ann, A1, macula",
        "S2, 20260131 0930, OCT0, P1 Frog^Ann, A2, macula",
    ]
    assert from_worklist(wanted | narrower)["study_uid"] == step


@pytest.mark.parametrize(
    "wanted", [{"patient_id": "P9"}, {"worklist_date": "2026-02-01"}, {"worklist_item": "S9"}]
)
def test_no_item_is_an_error(server: str, wanted: dict[str, str]) -> None:
    with pytest.raises(WorklistUnclear, match="no item"):
        from_worklist(OPTIONS | {"worklist": server} | wanted)


def test_what_the_worklist_states_is_not_stated_too(server: str) -> None:
    with pytest.raises(MissingFact, match="leave them out"):
        from_worklist(OPTIONS | {"worklist": server, "study_uid": "1.2"})
    with pytest.raises(MissingFact, match="needs --worklist"):
        from_worklist(OPTIONS | {"worklist": None, "worklist_item": "S1"})
