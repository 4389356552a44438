"""Files that octome's own pages send: bounded in size, and gone with the answer."""

from __future__ import annotations

import mmap
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import BinaryIO
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive

from octome.dicom.data_set import Buffer
from octome.errors import UploadRefused

LARGEST = 512 << 20  # bytes


@dataclass(frozen=True)
class Upload:
    """A file that was sent: its name as the browser told it, its content, and the same to seek."""

    name: str
    content: Buffer
    file: BinaryIO
    fields: dict[str, str]


@asynccontextmanager
async def uploaded(request: Request, largest: int) -> AsyncIterator[Upload]:
    """The file of a form; it is gone when this ends.

    Raises
    ------
    UploadRefused
        It is too large, there is none, or another site's page has sent it.
    """
    if not is_own(request):
        raise UploadRefused("another site's page may not send files here")
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > largest:
        raise _too_large(largest)
    bounded = Request(request.scope, _bounded(request, largest))
    try:
        form = await bounded.form(max_files=1, max_fields=8)
    except HTTPException as error:
        raise UploadRefused(f"the form cannot be read: {error.detail}") from error
    async with _closing(form):
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.size:
            raise UploadRefused("no file was sent, or an empty one")
        fields = {name: str(value) for name, value in form.items() if isinstance(value, str)}
        yield Upload(file.filename or "", _content(file), file.file, fields)


def is_own(request: Request) -> bool:
    """Whether a request comes from a page of this server, or from no page at all."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        # Browsers say it, and pages cannot; their Origin is hidden by our own referrer policy.
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _too_large(largest: int) -> UploadRefused:
    message = f"the file is larger than {largest >> 20} MB: check it with `octome check`"
    return UploadRefused(message, largest=largest)


def _bounded(request: Request, largest: int) -> Receive:
    """The request's body, which ends in a refusal where it is too long."""
    received = 0

    async def receive() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > largest:
            raise _too_large(largest)
        return message

    return receive


@asynccontextmanager
async def _closing(form: FormData) -> AsyncIterator[None]:
    try:
        yield
    finally:
        await form.close()


def _content(upload: UploadFile) -> Buffer:
    """What was sent: mapped where it lies in a temporary file, else as it is in memory."""
    upload.file.seek(0)
    if getattr(upload.file, "_rolled", False):
        return mmap.mmap(upload.file.fileno(), 0, access=mmap.ACCESS_READ)
    return upload.file.read()
