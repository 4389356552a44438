"""Answers: pages, data, and what of a query every link keeps."""

from __future__ import annotations

import json
from typing import Any

from fastapi import Response

from octome.standard.library import Library
from octome.standard.pages.ciod import ORDERS


def kept_state(library: Library, query: dict[str, str]) -> dict[str, str]:
    """What of a query every link of the page shall carry on."""
    state = {}
    if query.get("edition") in library.editions[1:]:
        state["edition"] = query["edition"]
    if query.get("order") in ORDERS[1:]:
        state["order"] = query["order"]
    return state


def as_html(html: str, status: int = 200) -> Response:
    """A page, to be asked for anew each time (it is near)."""
    return Response(html, status, {"cache-control": "no-cache"}, "text/html; charset=utf-8")


def as_json(data: dict[str, Any], status: int = 200) -> Response:
    """Data, as UTF-8."""
    return Response(
        json.dumps(data, ensure_ascii=False),
        status,
        {"cache-control": "no-cache"},
        "application/json",
    )
