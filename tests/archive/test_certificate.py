"""DICOM over TLS: both sides have a certificate that the other one trusts."""

from __future__ import annotations

import gc
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pynetdicom import AE
from pynetdicom.presentation import build_context

from octome.archive.association import associated
from octome.archive.certificate import server_tls, tls_context
from octome.archive.peer import Peer
from octome.errors import ArchiveUnreachable, CertificateUnusable

VERIFICATION = "1.2.840.10008.1.1"
# pynetdicom leaves the socket of a failed connection to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that is its own authority, with its key, and a protected copy of that key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("certificates")
    words = (
        "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out own.pem -days 2 -subj /CN=pond "
        "-addext subjectAltName=IP:127.0.0.1",
        "rsa -aes128 -passout pass:frog -in key.pem -out protected.pem",
    )
    for line in words:
        subprocess.run(["openssl", *line.split()], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture
def port(folder: Path) -> Iterator[int]:
    """A service that requires a certificate of that authority."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=folder / "own.pem")
    context.load_cert_chain(folder / "own.pem", folder / "key.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    entity = AE()
    entity.add_supported_context(VERIFICATION)
    server = entity.start_server(("127.0.0.1", 0), block=False, ssl_context=context)
    yield server.server_address[1]
    entity.shutdown()


def test_both_sides_show_a_certificate(folder: Path, port: int) -> None:
    own = folder / "own.pem"
    tls = tls_context(ca=own, certificate=own, key=folder / "key.pem")
    peer = Peer(host="127.0.0.1", port=port, tls=tls)
    with associated(peer, [build_context(VERIFICATION)]) as association:
        assert association.send_c_echo().Status == 0


@pytest.mark.parametrize(
    ("trusts", "why"),
    [
        (True, "it requires a certificate of ours: --tls-cert and --tls-key"),
        (False, r"its certificate is not trusted \(.*\): --tls-ca"),
    ],
)
def test_a_missing_certificate_is_reported(folder: Path, port: int, trusts: bool, why: str) -> None:
    tls = tls_context(ca=folder / "own.pem" if trusts else None)
    with (
        pytest.raises(ArchiveUnreachable, match=why),
        associated(Peer(host="127.0.0.1", port=port, tls=tls), [build_context(VERIFICATION)]),
    ):
        pass
    gc.collect()


def test_a_file_that_cannot_be_used_is_reported(folder: Path, tmp_path: Path) -> None:
    own, text = folder / "own.pem", tmp_path / "text"
    text.write_text("frogs")
    for options, why in (
        ({"ca": text}, "has no certificates in PEM form"),
        ({"ca": tmp_path / "nowhere"}, "No such file"),
        ({"certificate": text}, "is not usable"),
        ({"certificate": own, "key": folder / "protected.pem"}, "protected by a password"),
        ({"key": folder / "key.pem"}, "needs the certificate"),
    ):
        with pytest.raises(CertificateUnusable, match=why):
            tls_context(**options)


def test_a_key_without_its_certificate_is_refused(folder: Path) -> None:
    with pytest.raises(CertificateUnusable, match="needs the certificate"):
        server_tls(None, folder / "key.pem")
