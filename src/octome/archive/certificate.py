"""Certificates for connections with TLS: whom we trust, and who we are."""

from __future__ import annotations

import socket
import ssl
from pathlib import Path
from typing import Any

from octome.errors import CertificateUnusable

GREETING_SECONDS = 5  # for a peer to begin with TLS


def tls_context(
    *, ca: Path | None = None, certificate: Path | None = None, key: Path | None = None
) -> ssl.SSLContext:
    """What a connection with TLS needs: the other side must have a certificate that we trust.

    Parameters
    ----------
    ca : Path, optional
        The certificates of authorities to trust (PEM), in place of those of this system.
    certificate, key : Path, optional
        Ours (PEM), for a server that requires one. The key may be in the file of the certificate.

    Raises
    ------
    CertificateUnusable
        A file cannot be read or used.
    """
    _check_pair(certificate, key)
    try:
        context = ssl.create_default_context(cafile=ca)
    except (OSError, ValueError) as error:
        raise CertificateUnusable(
            f"{ca} has no certificates in PEM form: {_why(error)}", path=str(ca)
        ) from error
    if certificate:
        _load_own(context, certificate, key)
    return context


class _LazyHandshake(ssl.SSLContext):
    """TLS that greets a peer in its own thread: a silent one must not keep others waiting."""

    def wrap_socket(self, sock: socket.socket, *args: Any, **options: Any) -> ssl.SSLSocket:
        sock.settimeout(GREETING_SECONDS)
        options["do_handshake_on_connect"] = False
        return super().wrap_socket(sock, *args, **options)


def _check_pair(certificate: Path | None, key: Path | None) -> None:
    if key and not certificate:
        raise CertificateUnusable("a key needs the certificate that belongs to it", path=str(key))


def server_tls(certificate: Path | None, key: Path | None = None) -> ssl.SSLContext | None:
    """TLS 1.2 or newer for what others connect to; any of them may.

    None without a certificate: nothing is encrypted.

    Parameters
    ----------
    certificate, key : Path or None
        Ours (PEM). The key may be in the file of the certificate.

    Raises
    ------
    CertificateUnusable
        A file cannot be read or used.
    """
    _check_pair(certificate, key)
    if certificate is None:
        return None
    context = _LazyHandshake(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    _load_own(context, certificate, key)
    return context


def _load_own(context: ssl.SSLContext, certificate: Path, key: Path | None) -> None:
    try:
        context.load_cert_chain(certificate, key, password=_no_password)
    except (OSError, ValueError) as error:
        raise CertificateUnusable(
            f"{certificate} with {key or 'the key in it'} is not usable: {_why(error)}",
            path=str(certificate),
        ) from error


def _no_password() -> bytes:
    """Called for a protected key; OpenSSL would otherwise ask for its password on the terminal."""
    raise CertificateUnusable("the key is protected by a password; give one that is not")


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return error.reason.replace("_", " ").lower() if error.reason else "it is not PEM"
    return getattr(error, "strerror", None) or str(error)
