"""Files that octome's own pages send: limited in size, and removed with the response."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from anyio import to_thread
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive

from octome.errors import UploadRefused

LARGEST = 512 << 20  # bytes
KEPT_IN_MEMORY = 1 << 20  # bytes; a larger file is written where another process can read it


@dataclass(frozen=True)
class Upload:
    """A file that was sent: its name from the browser, and its content or path."""

    name: str
    content: bytes | Path
    fields: dict[str, str]


@asynccontextmanager
async def uploaded(request: Request, largest: int) -> AsyncIterator[Upload]:
    """The file of a form; it is removed when this ends.

    Raises
    ------
    UploadRefused
        It is too large or missing, another site's page has sent it, the disk is full, or the
        client has disconnected.
    """
    if not is_own(request):
        raise UploadRefused("another site's page may not send files here")
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > largest:
        raise _too_large(largest)
    async with AsyncExitStack() as stack:
        try:
            form = await _form(request, largest)
            stack.push_async_callback(form.close)
            file = form.get("file")
            if not isinstance(file, UploadFile) or not file.size:
                raise UploadRefused("no file was sent, or an empty one")
            content = await _content(file, file.size, stack)
        except OSError as error:
            why = error.strerror or str(error)
            raise UploadRefused(f"the file cannot be received: {why}", system=why) from error
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        yield Upload(file.filename or "", content, fields)


async def _form(request: Request, largest: int) -> FormData:
    bounded = Request(request.scope, _bounded(request, largest))
    try:
        return await bounded.form(max_files=1, max_fields=8)
    except HTTPException as error:
        raise UploadRefused(f"the form cannot be read: {error.detail}") from error
    except ClientDisconnect as error:
        raise UploadRefused("the client disconnected before the file was complete") from error


def is_own(request: Request) -> bool:
    """Whether a request comes from a page of this server, or not from a page."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        # Browsers set this header, and pages cannot; our referrer policy hides their Origin.
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _too_large(largest: int) -> UploadRefused:
    message = f"the file is larger than {largest >> 20} MB: check it with `octome check`"
    return UploadRefused(message, largest=largest)


def _bounded(request: Request, largest: int) -> Receive:
    """The request's body; an error if it is too long."""
    received = 0

    async def receive() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > largest:
            raise _too_large(largest)
        return message

    return receive


async def _content(file: UploadFile, size: int, stack: AsyncExitStack) -> bytes | Path:
    """The content of a small file; a large one is in a separate file until the stack ends."""
    await file.seek(0)
    if size <= KEPT_IN_MEMORY:
        return await file.read()
    # The form's own file has no name, so another process could not open it.
    copy = stack.enter_context(tempfile.NamedTemporaryFile(prefix="octome-"))  # noqa: SIM115
    await to_thread.run_sync(shutil.copyfileobj, file.file, copy, 1 << 20)
    copy.flush()
    return Path(copy.name)
