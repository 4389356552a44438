"""An archive with DICOMweb: queries by QIDO-RS and instances by WADO-RS (PS3.18 10.6, 10.4)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote, urlencode

import httpx
from pydicom.datadict import tag_for_keyword
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from octome.archive.fetching import store_as
from octome.archive.folder import InstanceFolder
from octome.archive.query import Found, Level, Match
from octome.archive.web_service import WebService, body_of
from octome.errors import ArchiveRefused, ArchiveUnreachable

MOST_OF_AN_ANSWER = 64 << 20  # bytes, of one page of answers to a query
PAGE = 1000  # answers that are requested at a time
# As stored: not decompressed by the server, PS3.18 8.7.3.5.2.
AS_STORED = 'multipart/related; type="application/dicom"; transfer-syntax=*'
RESOURCES: dict[Level, tuple[str, ...]] = {
    "STUDY": ("studies",),
    "SERIES": ("studies", "series"),
    "IMAGE": ("studies", "series", "instances"),
}
UIDS: dict[Level, str] = {
    "STUDY": "StudyInstanceUID",
    "SERIES": "SeriesInstanceUID",
    "IMAGE": "SOPInstanceUID",
}


class WebSource:
    """The archive at an address.

    Parameters
    ----------
    service : WebService
    """

    def __init__(self, service: WebService) -> None:
        self._service = service

    def find(self, level: Level, within: tuple[str, ...], keys: Found) -> Iterator[Found]:
        """What matches, page by page; see `Source`.

        Raises
        ------
        ArchiveRefused
            The server refuses the query, or answers with something else.
        ArchiveUnreachable
            The server does not answer.
        """
        wanted = [(keyword, value) for keyword, value in keys.items() if value]
        wanted += [("includefield", keyword) for keyword in keys]
        seen: set[str] = set()
        count = 0
        while True:
            page = self._page(_path(RESOURCES[level], within), [*wanted, ("offset", str(count))])
            new = 0
            for item in page:
                found = {keyword: _value(item, keyword) for keyword in keys}
                uid = found.get(UIDS[level], "")
                if uid in seen:
                    continue
                seen.add(uid)
                new += 1
                yield found
            count += len(page)
            # A server may send fewer than requested at a time, or ignore the offset.
            if not new:
                return

    def _page(self, path: str, wanted: list[tuple[str, str]]) -> list[Any]:
        headers = {"Accept": "application/dicom+json"}
        query = urlencode([*wanted, ("limit", str(PAGE))], quote_via=quote)
        with self._service.answer("GET", f"{path}?{query}", headers=headers) as answer:
            body = body_of(answer, MOST_OF_AN_ANSWER)
        if not answer.is_success:
            raise self._service.refusal(answer, body)
        if not body.strip():
            return []
        try:
            found = json.loads(body)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, list):
            raise ArchiveRefused(f"{self._service.url} does not answer queries of DICOMweb")
        return found

    def deliver(self, match: Match, folder: InstanceFolder) -> Path:
        """Fetch an instance, as it is stored there; see `Deliverer`.

        Raises
        ------
        ArchiveRefused
            The server refuses it, or sends something else.
        ArchiveUnreachable
            The server does not answer.
        InstanceUnreadable
            What it sends is damaged or another instance.
        InstanceConflict, InstanceUnwritable
            See `InstanceFolder.put`.
        """
        uids = match.study, match.series, match.sop_instance
        headers = {"Accept": AS_STORED}
        with self._service.answer(
            "GET", _path(RESOURCES["IMAGE"], uids), headers=headers
        ) as answer:
            if not answer.is_success:
                raise self._service.refusal(answer, body_of(answer, MOST_OF_AN_ANSWER))
            return store_as(match, folder, lambda file: self._write(answer, file))

    def _write(self, answer: httpx.Response, file: BinaryIO) -> None:
        """The one part of an answer, as it arrives."""
        kind, options = parse_options_header(answer.headers.get("content-type"))
        if kind == b"application/dicom":
            for piece in answer.iter_bytes():
                file.write(piece)
            return
        boundary = options.get(b"boundary", b"")
        if not kind.startswith(b"multipart/") or not boundary:
            raise ArchiveRefused(f"{self._service.url} does not deliver instances of DICOMweb")
        parts: list[bool] = []

        def begin() -> None:
            if parts:
                raise ArchiveRefused(f"{self._service.url} delivers more than one instance")
            parts.append(False)

        def end() -> None:
            parts[0] = True

        parser = MultipartParser(
            boundary,
            {  # type: ignore[arg-type]
                "on_part_begin": begin,
                "on_part_data": lambda data, start, stop: file.write(data[start:stop]),
                "on_part_end": end,
            },
        )
        try:
            for piece in answer.iter_bytes():
                parser.write(piece)
        except FormParserError as error:
            raise ArchiveRefused(
                f"{self._service.url} delivers an instance in a damaged message"
            ) from error
        if parts != [True]:
            raise ArchiveUnreachable(f"{self._service.url} broke off during its answer")


def _path(resources: tuple[str, ...], uids: tuple[str, ...]) -> str:
    path = ""
    for number, resource in enumerate(resources):
        path += f"/{resource}" + (f"/{uids[number]}" if number < len(uids) else "")
    return path


def _value(item: Any, keyword: str) -> str:
    """The first value of an attribute in the DICOM JSON model; empty if there is none."""
    tag = tag_for_keyword(keyword)
    element = item.get(f"{tag:08X}") if isinstance(item, dict) else None
    values = element.get("Value") if isinstance(element, dict) else None
    first = values[0] if isinstance(values, list) and values else ""
    if isinstance(first, dict):  # a name
        first = first.get("Alphabetic", "")
    return first.strip() if isinstance(first, str) else ""
