"""Which requests may send a file."""

from __future__ import annotations

import pytest
from starlette.requests import Request

from octome.web.upload import is_own


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, True),  # no browser: curl, say
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8571"}, False),
        ({"origin": "http://127.0.0.1:8571"}, True),
        ({"origin": "http://127.0.0.1:9000"}, False),
        ({"origin": "null"}, False),
    ],
)
def test_only_this_servers_pages_may_send(headers: dict[str, str], expected: bool) -> None:
    whole = {"host": "127.0.0.1:8571"} | headers
    encoded = [(name.encode(), value.encode()) for name, value in whole.items()]
    assert is_own(Request({"type": "http", "headers": encoded})) is expected
