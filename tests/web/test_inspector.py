"""The inspector: what is sent, what is shown of it, and what is refused."""

from __future__ import annotations

import statistics
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import numpy as np
import pytest
from pydicom.dataset import Dataset
from server_process import server_process
from small_instance import ct_image, encoded, with_empty_items

from octome.standard.library import Library

with warnings.catch_warnings():
    # The test client says that it would rather use a package that it does not need.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

from octome.web.app import create_app

SCRIPT = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient]:
    with TestClient(
        create_app(library, largest_upload=100_000), base_url="http://localhost"
    ) as client:
        yield client


def send(
    client: TestClient, content: bytes, path: str = "/inspect", **more: object
) -> httpx.Response:
    return client.post(path, files={"file": (str(more.pop("name", "a.dcm")), content)}, **more)  # type: ignore[arg-type]


def test_the_page_has_a_form_for_a_file(client: TestClient) -> None:
    answer = client.get("/inspect")
    assert answer.status_code == 200
    assert "Open a DICOM file" in answer.text
    assert 'href="/inspect"' in client.get("/ciods").text


def test_a_file_is_laid_over_its_ciod(client: TestClient) -> None:
    ds = ct_image()
    del ds.KVP
    page = send(client, encoded(ds)).text
    assert '<a href="/ciods/ct-image">CT Image</a>' in page
    assert "1 violation" in page
    assert 'id="at-KVP"' in page
    assert "/ciods/ct-image/ct-image/00180060" in page


def test_the_data_is_what_the_page_shows(client: TestClient) -> None:
    ds = ct_image()
    del ds.KVP
    ds.StudyID = ""
    data = send(client, encoded(ds), "/inspect.json?edition=2020b").json()
    assert (data["report"]["edition"], data["report"]["ciod"]) == ("2020b", "ct-image")
    nodes = {node["keyword"]: node for part in data["parts"] for node in part["nodes"]}
    assert nodes["KVP"]["state"] == "missing"
    assert nodes["StudyID"]["state"] == "empty"
    assert nodes["Rows"]["value"] == "4"
    assert nodes["PixelData"]["value"] == "32 bytes"
    assert nodes["SOPClassUID"]["value"].startswith("CT Image Storage (1.2.840")


def test_a_picture_is_embedded(client: TestClient) -> None:
    ds = ct_image()
    ds.PixelData = np.arange(16, dtype="<u2").tobytes()
    assert 'src="data:image/png;base64,' in send(client, encoded(ds)).text


def test_a_picture_that_cannot_be_decoded_is_reported(client: TestClient) -> None:
    ds = ct_image()
    ds.PixelData = bytes(10)
    assert "No picture:" in send(client, encoded(ds)).text


def test_another_frame_can_be_requested(client: TestClient) -> None:
    ds = ct_image()
    ds.NumberOfFrames, ds.PixelData = 3, bytes(96)
    found = send(client, encoded(ds), "/inspect/frame.json", data={"frame": "2"}).json()
    assert (found["frame"], found["frames"], found["why"]) == (2, 3, "")
    assert found["address"].startswith("data:image/png")


@pytest.mark.parametrize("number", ["²", "-1", "1.5", "", "9" * 5000])
def test_a_frame_that_is_not_a_number_is_refused(client: TestClient, number: str) -> None:
    answer = send(client, encoded(ct_image()), "/inspect/frame.json", data={"frame": number})
    assert (answer.status_code, answer.json()["code"]) == (400, "upload-refused")


def test_a_frame_beyond_the_last_is_the_last(client: TestClient) -> None:
    found = send(client, encoded(ct_image()), "/inspect/frame.json", data={"frame": "9999999999"})
    assert (found.json()["frame"], found.json()["frames"]) == (0, 1)


def test_no_answer_of_the_inspector_is_kept_by_a_browser(client: TestClient) -> None:
    instance = encoded(ct_image())
    answers = [
        client.get("/inspect"),
        send(client, instance),
        send(client, instance, "/inspect.json"),
        send(client, instance, "/inspect/frame.json"),
        send(client, b"nothing of DICOM"),
        client.post("/inspect.json"),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 422, 400]
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}


def test_links_keep_the_edition_that_the_file_is_held_against(client: TestClient) -> None:
    page = send(client, encoded(ct_image()), "/inspect?edition=2020b").text
    assert 'href="/ciods/ct-image?edition=2020b"' in page
    assert 'action="/inspect?edition=2020b"' in page


def test_values_of_a_file_stay_text(client: TestClient) -> None:
    ds = ct_image()
    ds.PatientName = ds.PatientComments = SCRIPT
    ds.private_block(0x0011, SCRIPT, create=True).add_new(1, "LO", SCRIPT)
    page = send(client, encoded(ds), name=f"{SCRIPT}.dcm").text
    assert "<img src=x" not in page
    assert page.count("&lt;img src=x onerror=alert(1)&gt;") >= 4


@pytest.mark.parametrize("content", [b"not DICOM at all", bytes(200), b"\x89PNG\r\n" + bytes(100)])
def test_a_file_that_is_not_an_instance_is_one_line(client: TestClient, content: bytes) -> None:
    answer = send(client, content)
    assert answer.status_code == 422
    assert "is not a DICOM instance" in answer.text
    assert send(client, content, "/inspect.json").json()["code"] == "not-an-instance"


def test_a_truncated_file_is_shown_as_far_as_it_goes(client: TestClient) -> None:
    page = send(client, encoded(ct_image())[:600]).text
    assert "truncated" in page
    assert "at-PatientName" in page


def test_sequences_in_sequences_are_bounded(client: TestClient) -> None:
    item = Dataset()
    for _ in range(60):
        outer = Dataset()
        outer.ContentSequence = [item]
        item = outer
    item.SOPClassUID = "1.2.840.10008.5.1.4.1.1.88.33"
    assert send(client, encoded(item)).status_code == 200


@pytest.mark.parametrize("announced", [True, False])
def test_what_is_too_large_is_refused(client: TestClient, announced: bool) -> None:
    if announced:
        answer = send(client, bytes(200_000))
    else:
        request = client.build_request(
            "POST", "/inspect", files={"file": ("a.dcm", bytes(200_000))}
        )
        body = request.read()
        headers = {"content-type": request.headers["content-type"]}
        answer = client.post("/inspect", content=iter([body]), headers=headers)
    assert answer.status_code == 413
    assert "larger than" in answer.text


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://elsewhere.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}],
)
def test_pages_of_other_sites_may_not_send(client: TestClient, headers: dict[str, str]) -> None:
    answer = send(client, encoded(ct_image()), headers=headers)
    assert answer.status_code == 400
    assert "Another site" in answer.text


@pytest.mark.parametrize("fields", [{}, {"file": "text"}])
def test_without_a_file_there_is_a_line(client: TestClient, fields: dict[str, str]) -> None:
    answer = client.post("/inspect", data=fields)
    assert answer.status_code == 400
    assert "no file was sent" in answer.text.lower()


def test_pages_are_served_while_a_file_takes_long(store: Path, tmp_path: Path) -> None:
    with server_process(store, tmp_path) as server, ThreadPoolExecutor() as executor:
        server.get()
        upload = executor.submit(server.post, with_empty_items(40_000))
        times = []
        while not upload.done() and len(times) < 200:
            begin = time.perf_counter()
            server.get()
            times.append(time.perf_counter() - begin)
            time.sleep(0.05)
    assert times
    assert statistics.median(times) < 1
