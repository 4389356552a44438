"""A DICOMweb service: its address, who we are to it, and its failures as one line each."""

from __future__ import annotations

import json
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx
from lxml import html
from lxml.etree import ParserError

from octome.archive.answer import one_line
from octome.archive.association import tls_failure
from octome.archive.login import login_for
from octome.errors import ArchiveRefused, ArchiveUnreachable, OctomeError, UnknownName

SECONDS = 60  # to wait for an answer
MOST_OF_A_REASON = 1 << 12  # bytes that are read of what a server says about a failure
NO_LOGIN, NO_RIGHT = 401, 403
HOST = re.compile(r"[\w.:-]+")
# Where servers say why, in JSON: problem details of RFC 9457, Orthanc, others.
REASONS = ("detail", "Details", "title", "Message", "message", "error", "OrthancError")


class WebService:
    """A DICOMweb service; used in a `with` statement.

    Parameters
    ----------
    url : str
        As ``http://localhost:8042/dicom-web``. It may hold the name of a user, no password.
    tls : SSLContext, optional
        Whom we trust and who we are; the authorities of the system if None.

    Raises
    ------
    UnknownName
        The address holds a password.
    ArchiveUnreachable
        It is not an address.
    LoginUnreadable
        The netrc file cannot be read.
    """

    def __init__(self, url: str, tls: ssl.SSLContext | None = None) -> None:
        try:
            address = httpx.URL(url)
            if not HOST.fullmatch(address.host) or not 0 < (address.port or 1) < 65536:
                raise httpx.InvalidURL("no host or port")  # noqa: TRY301
        except (httpx.InvalidURL, UnicodeError, TypeError) as error:
            # Without the address: it may hold a password.
            raise ArchiveUnreachable("this is not an address of a web service") from error
        if address.password:
            raise UnknownName(
                "an address must not hold a password, which other users of this machine could "
                "read: keep it in ~/.netrc or the keyring",
                host=address.host,
            )
        login = login_for(address.host, address.username)
        self.user = login[0] if login else ""
        self.url = str(address.copy_with(username="", password="")).rstrip("/")
        self._client = httpx.Client(
            auth=login,
            verify=tls or ssl.create_default_context(),
            timeout=SECONDS,
            follow_redirects=False,
        )

    def __enter__(self) -> WebService:
        self._client.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._client.close()

    @contextmanager
    def answer(
        self,
        method: str,
        path: str,
        *,
        headers: dict[str, str],
        content: Iterator[bytes] | None = None,
        seconds: float = SECONDS,
    ) -> Iterator[httpx.Response]:
        """The answer to a request, its body not yet read.

        Raises
        ------
        ArchiveUnreachable
            The server does not answer, or not in HTTP.
        """
        with self._explained():
            # Quick to notice that nothing answers, patient while the server stores.
            timeout = httpx.Timeout(SECONDS, read=seconds)
            with self._client.stream(
                method,
                self.url + path,
                headers=headers,
                content=content,
                timeout=timeout,
            ) as answer:
                yield answer

    def refusal(self, answer: httpx.Response, body: bytes) -> ArchiveRefused:
        """The error for an answer that is a failure, with what the server says about it."""
        status = f"{answer.status_code} {answer.reason_phrase}".strip()
        said = _reason(answer, body)
        if answer.status_code in (NO_LOGIN, NO_RIGHT):
            host = answer.url.host
            said = said or (
                f"it refuses the login of {self.user}"
                if self.user
                else f"it asks for a login: keep one for {host} in ~/.netrc or the keyring"
            )
        elif answer.is_redirect:
            said = f"it points to {one_line(answer.headers.get('location', 'nowhere'))}"
        return ArchiveRefused(
            f"{self.url} answers {status}" + (f": {said}" if said else ""),
            url=self.url,
            status=answer.status_code,
        )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn any failure of a request into one of octome's errors."""
        try:
            yield
        except OctomeError:
            raise
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, UnicodeError) as error:
            raise ArchiveUnreachable(self._why(error), url=self.url) from error

    def _why(self, error: Exception) -> str:
        cause = _cause(error)
        if isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL | UnicodeError):
            return f"{self.url} is not an address of a web service"
        if isinstance(cause, ssl.SSLCertVerificationError):
            return (
                f"the certificate of {self.url} is not trusted ({cause.verify_message}): --tls-ca"
            )
        if isinstance(cause, ssl.SSLError):
            return f"no connection with {self.url}: {tls_failure(cause.reason or '')}"
        if isinstance(error, httpx.TimeoutException):
            return f"{self.url} does not answer in time"
        if isinstance(error, httpx.ConnectError):
            said = getattr(cause, "strerror", None) or str(error)
            return f"cannot reach {self.url}: nothing answers there ({one_line(said)})"
        if isinstance(error, httpx.RemoteProtocolError):
            if "incomplete" in str(error) or "without sending complete" in str(error):
                return f"{self.url} broke off during its answer"
            return f"{self.url} closed the connection, or does not answer in HTTP"
        if isinstance(error, httpx.NetworkError):
            return f"{self.url} closed the connection"
        return f"{self.url} gives no usable answer ({type(error).__name__})"


def _cause(error: BaseException) -> BaseException:
    """The error of the system or of TLS behind one of the client."""
    found: BaseException = error
    while (below := found.__cause__ or found.__context__) is not None:
        found = below
        if isinstance(found, ssl.SSLError):
            break
    return found


def body_of(answer: httpx.Response, most_bytes: int) -> bytes:
    """The body of an answer.

    Raises
    ------
    ArchiveRefused
        It is larger than this.
    """
    body = bytearray()
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > most_bytes:
            raise ArchiveRefused(
                f"{answer.url.host} answers with more than {most_bytes >> 20} MiB: "
                "limit the request",
                url=str(answer.url),
            )
    return bytes(body)


def _reason(answer: httpx.Response, body: bytes) -> str:
    """What a server says about a failure, on one line; empty if nothing is said."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    text = body[:MOST_OF_A_REASON].decode("utf-8", "replace").strip()
    if kind.endswith("json"):
        with suppress(ValueError):
            found = json.loads(text)
            said = found if isinstance(found, dict) else {}
            return one_line(next((str(said[key]) for key in REASONS if said.get(key)), ""))
    if kind == "text/html" and text:
        with suppress(ParserError):
            return one_line(str(html.document_fromstring(text).text_content()))
    return one_line(text) if kind in ("text/plain", "") else ""
