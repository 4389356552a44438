"""Answers: pages, and data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

# Pages of the Standard are near: a browser asks each time. Pages of a file are a patient's: no
# browser keeps them.
ASK_AGAIN, KEEP_NOTHING = "no-cache", "no-store"
NONE: Mapping[str, str] = {}


def as_html(
    html: str | bytes, status: int = 200, cache: str = ASK_AGAIN, headers: Mapping[str, str] = NONE
) -> Response:
    """A page."""
    return Response(html, status, {"cache-control": cache, **headers}, "text/html; charset=utf-8")


def as_json(
    data: dict[str, Any],
    status: int = 200,
    cache: str = ASK_AGAIN,
    headers: Mapping[str, str] = NONE,
) -> Response:
    """Data, as UTF-8."""
    text = json.dumps(data, ensure_ascii=False)
    return Response(text, status, {"cache-control": cache, **headers}, "application/json")
