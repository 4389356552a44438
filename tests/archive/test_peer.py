"""Addresses of DICOM applications."""

from __future__ import annotations

import pytest

from octome.archive.peer import peer_at
from octome.errors import UnknownName


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("localhost:4242", ("ANY-SCP", "localhost", 4242)),
        ("ORTHANC@10.0.0.7:104", ("ORTHANC", "10.0.0.7", 104)),
        ("dicom://ORTHANC@pacs.example.org:104/", ("ORTHANC", "pacs.example.org", 104)),
        ("[::1]:104", ("ANY-SCP", "::1", 104)),
    ],
)
def test_an_address_has_a_title_a_host_and_a_port(
    address: str, found: tuple[str, str, int]
) -> None:
    peer = peer_at(address)
    assert (peer.called, peer.host, peer.port) == found


def test_a_title_may_be_given_apart_from_the_address() -> None:
    assert peer_at("A@localhost:104", called="B").called == "B"


@pytest.mark.parametrize(
    "address",
    [
        "localhost",
        "@localhost:104",
        "A@B@localhost:104",
        "SEVENTEEN_LETTERS@localhost:1",
        "localhost:0",
        "localhost:99999",
    ],
)
def test_text_that_is_not_an_address_is_an_error(address: str) -> None:
    with pytest.raises(UnknownName, match="is not an address"):
        peer_at(address)
