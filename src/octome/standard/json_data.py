"""Pages as plain data, for `--json` and `.json` addresses."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from octome.standard.model.page import Page
from octome.standard.model.text import Text


def page_data(page: Page) -> dict[str, Any]:
    """A page as dictionaries, lists and strings; `page` names its class, `edition` its edition."""
    return {"page": type(page).__name__, **_data(page)}


def _data(value: Any) -> Any:
    if isinstance(value, Text):
        return {"html": value.html, "edition": value.edition, "place": _data(value.place)}
    if is_dataclass(value):
        return {field.name: _data(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_data(item) for item in value]
    return value
