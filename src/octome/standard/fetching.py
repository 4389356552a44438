"""One file from the web: whole or not at all, resumed where it was interrupted."""

from __future__ import annotations

import json
import os
import re
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx

from octome.errors import SyncFailed

ATTEMPTS = 5
BACKOFF_S = 1.0  # doubled after each attempt
LONGEST_WAIT_S = 60.0
TRY_AGAIN = {408, 425, 429, 500, 502, 503, 504}
LARGEST_BYTES = 512 << 20
TIMEOUT = httpx.Timeout(30.0, connect=15.0)
# What another attempt a few seconds later does not change.
LASTING = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
SLOW_S, SLOWEST_BYTES_S = 60.0, 512  # a slower connection for this long counts as broken


@dataclass(frozen=True)
class Validators:
    """A server's identifiers of a version of a file."""

    etag: str = ""
    last_modified: str = ""

    def if_changed(self) -> dict[str, str]:
        """The headers of a request for a version other than this one."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}

    def if_same(self) -> str:
        """The value of `If-Range`; empty if the rest cannot be requested safely."""
        return self.last_modified if not self.etag or self.etag.startswith("W/") else self.etag


@dataclass(frozen=True)
class Login:
    """A name and a password, neither printed nor kept."""

    name: str
    password: str = field(repr=False)


def site_and_login(address: str) -> tuple[str, Login | None]:
    """The address of a site, and the name and password that it began with.

    Raises
    ------
    SyncFailed
        It is not an address of the web.

    Examples
    --------
    >>> site_and_login("https://frog:pond@example.org/dicom")
    ('https://example.org/dicom', Login(name='frog'))
    """
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL as error:
        raise SyncFailed(f"--from is not an address: {error}") from error
    if url.scheme not in ("http", "https"):
        raise SyncFailed(
            f"--from takes an address that begins with https:// or http://, or a folder; "
            f"not one that begins with {url.scheme}:"
        )
    if not url.host:
        raise SyncFailed(f"--from is an address without a host: {address}")
    login = Login(url.username, url.password) if url.userinfo else None
    return shown(url), login


def shown(url: httpx.URL) -> str:
    """An address as it may be printed and kept: without a name and a password."""
    return str(url.copy_with(userinfo=b""))


class NotThere(SyncFailed):
    """The server does not have the file (404 or 410)."""


class Fetcher:
    """Fetches files, with the proxies and certificates that the environment names.

    Parameters
    ----------
    wait : callable
        Waits a number of seconds between attempts.
    login : Login, optional
        What is given to a site that asks for a name and a password.
    """

    def __init__(
        self, wait: Callable[[float], None] = time.sleep, login: Login | None = None
    ) -> None:
        self._wait = wait
        bundle = os.environ.get("SSL_CERT_FILE") or os.environ.get("REQUESTS_CA_BUNDLE")
        try:
            verify = ssl.create_default_context(cafile=bundle) if bundle else True
        except OSError as error:
            raise SyncFailed(
                f"cannot read the certificates in {bundle}: {_plain(error)}"
            ) from error
        try:
            self._client = httpx.Client(
                # It goes to the site alone, not to where the site leads.
                auth=(login.name, login.password) if login else None,
                follow_redirects=True,
                timeout=TIMEOUT,
                verify=verify,
                headers={"Accept-Encoding": "identity", "User-Agent": "octome"},
                event_hooks={"response": [_refuse_unsafe_redirect]},
            )
        except (ValueError, ImportError, httpx.InvalidURL) as error:
            raise SyncFailed(
                f"cannot use the proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY names: {error}"
            ) from error

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def text(self, url: str) -> str:
        """A page.

        Raises
        ------
        SyncFailed
            It cannot be fetched.
        """
        for attempt in range(ATTEMPTS):
            with self._attempt(url, attempt), self._client.stream("GET", url) as answer:
                self._check(answer, attempt)
                return b"".join(_bounded(answer, 8 << 20)).decode("utf-8", "replace")
        raise AssertionError  # the last attempt raises

    def fetch(
        self,
        url: str,
        path: Path,
        known: Validators | None = None,
        update: Callable[[float], None] = lambda _share: None,
    ) -> Validators | None:
        """Fetch a file to a path; an earlier partial fetch is resumed.

        Returns
        -------
        validators : Validators, optional
            Of the file that is now at `path`; None where the one with the `known` validators is
            still the newest.

        Raises
        ------
        SyncFailed
            It cannot be fetched. The received part is kept, to be resumed.
        """
        for attempt in range(ATTEMPTS):
            with self._attempt(url, attempt):
                return self._fetch_once(url, path, known, update, attempt)
        raise AssertionError  # the last attempt raises

    def _fetch_once(
        self,
        url: str,
        path: Path,
        known: Validators | None,
        update: Callable[[float], None],
        attempt: int,
    ) -> Validators | None:
        partial = Partial(path)
        validators, have = partial.state()
        headers = known.if_changed() if known else {}
        if have:
            headers = {"Range": f"bytes={have}-", "If-Range": validators.if_same()}
        if partial.is_whole:
            headers = validators.if_changed()
        with self._client.stream("GET", url, headers=headers) as answer:
            if answer.status_code == 304:
                return validators if partial.is_whole else None
            if answer.status_code == 416:
                partial.forget()
                raise httpx.RemoteProtocolError("the part that was missing is not there")
            self._check(answer, attempt)
            is_rest = answer.status_code == 206 and answer.headers.get(
                "Content-Range", ""
            ).startswith(f"bytes {have}-")
            if answer.status_code == 206 and not is_rest:
                partial.forget()
                raise httpx.RemoteProtocolError("another part came than the one requested")
            new = Validators(
                answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", "")
            )
            start = have if is_rest else 0
            length = int(answer.headers.get("Content-Length", "0") or 0) + start
            partial.begin(new, keep=is_rest)
            with path.open("ab", buffering=0) as file:  # received bytes survive a kill
                for chunk in _bounded(answer, LARGEST_BYTES - start):
                    while chunk:  # a disk that is nearly full takes less than all
                        chunk = chunk[file.write(chunk) :]
                    if length:
                        update(min(1.0, file.tell() / length))
        if length > start and path.stat().st_size != length:
            raise httpx.RemoteProtocolError("the answer was cut short")
        partial.finish(new)
        return new

    @contextmanager
    def _attempt(self, url: str, attempt: int) -> Iterator[None]:
        """Let an attempt fail and wait, or raise after the last one."""
        try:
            yield
        except _TryAgain as refusal:
            self._wait(refusal.seconds)
        except httpx.TransportError as error:
            is_certificate = "CERTIFICATE" in str(error).upper()
            if attempt + 1 == ATTEMPTS or is_certificate or isinstance(error, LASTING):
                cure = (
                    "SSL_CERT_FILE can name a file with the certificate of your network"
                    if is_certificate
                    else "what is here stays as it was"
                )
                raise SyncFailed(
                    f"cannot fetch {url}{_through_proxy(url)}: {_plain(error)}; {cure}", url=url
                ) from error
            self._wait(BACKOFF_S * 2**attempt)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise SyncFailed(f"cannot fetch {url}: {error}", url=url) from error

    def _check(self, answer: httpx.Response, attempt: int) -> None:
        status = answer.status_code
        if status in (200, 206):
            if answer.headers.get("Content-Encoding", "identity") not in ("identity", ""):
                raise SyncFailed(f"{shown(answer.url)} came compressed, which was not requested")
            return
        if status in TRY_AGAIN and attempt + 1 < ATTEMPTS:
            raise _TryAgain(_retry_after(answer, BACKOFF_S * 2**attempt))
        error = NotThere if status in (404, 410) else SyncFailed
        url = shown(answer.url)
        raise error(f"{url} answers {status} {answer.reason_phrase}", url=url)


def _plain(error: Exception) -> str:
    """The words of an error without the marks of the library that raised it."""
    words = re.sub(r"^\[[^\]]*\] ?| ?\(_ssl\.c:\d+\)", "", str(error))
    return words.strip() or type(error).__name__


def _through_proxy(url: str) -> str:
    """The proxy that the environment names for an address, in words; empty if it names none."""
    from urllib.request import getproxies, proxy_bypass

    at, proxies = httpx.URL(url), getproxies()
    named = proxies.get(at.scheme) or proxies.get("all")
    if not named or proxy_bypass(at.host):
        return ""
    return f" through the proxy {shown(httpx.URL(named))}"


class _TryAgain(Exception):
    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


class Partial:
    """A file that is being fetched, with its state in another file."""

    def __init__(self, path: Path) -> None:
        self.path, self._notes = path, path.with_name(path.name + ".json")
        self.is_whole = False

    def state(self) -> tuple[Validators, int]:
        """The version that is being fetched, and how much of it can be resumed."""
        try:
            notes = json.loads(self._notes.read_bytes())
            validators = Validators(notes["etag"], notes["last_modified"])
            size = self.path.stat().st_size
            self.is_whole = notes["size"] == size and bool(validators.if_changed())
        except (OSError, ValueError, KeyError, TypeError):
            self.forget()
            return Validators(), 0
        return validators, size if validators.if_same() and not self.is_whole else 0

    def begin(self, validators: Validators, *, keep: bool) -> None:
        """Note the version before its bytes come."""
        if not keep:
            self.forget()
        self._notes.write_text(json.dumps({**asdict(validators), "size": None}))

    def finish(self, validators: Validators) -> None:
        """Note that it is complete."""
        size = self.path.stat().st_size
        self._notes.write_text(json.dumps({**asdict(validators), "size": size}))

    def forget(self) -> None:
        """Remove the received bytes."""
        self.path.unlink(missing_ok=True)
        self._notes.unlink(missing_ok=True)


def _bounded(answer: httpx.Response, largest: int) -> Iterator[bytes]:
    """The bytes of an answer; an error if too many or too slow."""
    started, size = time.monotonic(), 0
    for chunk in answer.iter_raw():
        size += len(chunk)
        if size > largest:
            raise SyncFailed(f"{shown(answer.url)} is larger than {largest >> 20} MiB")
        seconds = time.monotonic() - started
        if seconds > SLOW_S and size < seconds * SLOWEST_BYTES_S:
            raise httpx.ReadTimeout("the connection is too slow")
        yield chunk


def _retry_after(answer: httpx.Response, otherwise: float) -> float:
    stated = answer.headers.get("Retry-After", "")
    if stated.isdigit():
        return min(float(stated), LONGEST_WAIT_S)
    try:
        seconds = parsedate_to_datetime(stated).timestamp() - time.time()
    except (ValueError, TypeError):
        return otherwise
    return min(max(seconds, 0.0), LONGEST_WAIT_S)


def _refuse_unsafe_redirect(answer: httpx.Response) -> None:
    if answer.has_redirect_location and answer.request.url.scheme == "https":
        target = answer.request.url.join(answer.headers["Location"])
        if target.scheme != "https":
            source = shown(answer.request.url)
            raise SyncFailed(f"{source} leads to {shown(target)}, which is not encrypted")
