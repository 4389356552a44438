"""Answers of the web server."""

from __future__ import annotations

import json

import pytest

from octome.web.answer import KEEP_NOTHING, as_html, as_json


def test_page_is_utf8_and_revalidated() -> None:
    answer = as_html("<p>Fröschlein</p>", 404)
    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-cache")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert bytes(answer.body).decode() == "<p>Fröschlein</p>"


@pytest.mark.parametrize("cache", ["no-cache", KEEP_NOTHING])
def test_data_is_unchanged_json(cache: str) -> None:
    answer = as_json({"name": "Fröschlein"}, 400, cache)
    assert (answer.status_code, answer.headers["cache-control"]) == (400, cache)
    assert b"Fr\xc3\xb6schlein" in bytes(answer.body)
    assert json.loads(bytes(answer.body)) == {"name": "Fröschlein"}
