"""Certificates for connections with TLS: whom we trust, and who we are."""

from __future__ import annotations

import ssl
from pathlib import Path

from octome.errors import CertificateUnusable


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
    if key and not certificate:
        raise CertificateUnusable("a key needs the certificate that belongs to it", path=str(key))
    try:
        context = ssl.create_default_context(cafile=ca)
    except (OSError, ValueError) as error:
        raise CertificateUnusable(
            f"{ca} has no certificates in PEM form: {_why(error)}", path=str(ca)
        ) from error
    if certificate:
        try:
            context.load_cert_chain(certificate, key, password=_no_password)
        except (OSError, ValueError) as error:
            raise CertificateUnusable(
                f"{certificate} with {key or 'the key in it'} is not usable: {_why(error)}",
                path=str(certificate),
            ) from error
    return context


def _no_password() -> bytes:
    """Called for a protected key; OpenSSL would otherwise ask for its password on the terminal."""
    raise CertificateUnusable("the key is protected by a password; give one that is not")


def _why(error: Exception) -> str:
    if isinstance(error, ssl.SSLError):
        return error.reason.replace("_", " ").lower() if error.reason else "it is not PEM"
    return getattr(error, "strerror", None) or str(error)
