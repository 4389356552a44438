"""The web application: pages, their JSON, refusals and what keeps them safe."""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html as lxml_html

from octome.standard.json_data import page_data
from octome.standard.library import Library
from soak import amount

with warnings.catch_warnings():
    # The test client says that it would rather use a package that it does not need.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

from octome.web.app import create_app

EN_FACE = "ophthalmic-optical-coherence-tomography-en-face-image"
SOURCE_IMAGE = f"/ciods/{EN_FACE}/{EN_FACE}/00082112"
PAGES = [
    "/ciods",
    "/ciods?order=kind",
    f"/ciods/{EN_FACE}",
    f"/ciods/{EN_FACE}/{EN_FACE}",
    SOURCE_IMAGE,
    "/ciods/enhanced-ct-image",
    "/modules",
    "/modules/sr-document-content",
    "/modules/sr-document-content/00081199?edition=2020b",
    "/macros?edition=2020b",
    "/macros/code-sequence?edition=2020b",
    "/attributes",
    "/attributes?group=0022",
    "/attributes/00080100",
    "/sections",
    "/codes",
    "/parts/8",
    "/sections/C.7.6.16.2.2.4",
    "/sop-classes",
    "/transfer-syntaxes",
    "/uids",
    "/uids/1.2.840.10008.5.1.4.1.1.66.8",
    "/context-groups",
    "/context-groups/4271",
    "/codes/DCM/121071",
    "/codes/UCUM//min",
    "/codes/UCUM/%25",
    "/search?q=oct",
    "/search",
    "/editions",
    "/editions/2020b..2026b",
    "/editions/2020b..2026b?edition=2020b",
    "/editions/2026b..2020b",
    "/editions/2020b..2026b/modules/patient?edition=2020b",
    "/editions/2020b..2026b/modules/surface-segmentation",
    "/editions/2020b..2026b/modules/enhanced-us-image",
    "/editions/2020b..2026b/ciods/ct-image",
]


@pytest.fixture(scope="module")
def client(library: Library) -> Iterator[TestClient]:
    with TestClient(create_app(library), base_url="http://127.0.0.1") as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_page_is_whole_html(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    page = lxml_html.document_fromstring(answer.text)
    assert len(page.findall(".//h1")) == 1
    assert page.find(".//title").text_content().endswith("octome")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_json_data_is_what_python_answers(client: TestClient, library: Library, path: str) -> None:
    bare, _, query = path.partition("?")
    answer = client.get(f"{bare}.json?{query}")
    options = dict(pair.split("=") for pair in query.split("&") if pair)
    page = library.at(bare, options.pop("edition", None), **options)
    assert answer.json() == json.loads(json.dumps(page_data(page)))
    assert answer.json()["edition"] in library.editions


def test_root_leads_to_the_ciods(client: TestClient) -> None:
    assert client.get("/").url.path == "/ciods"


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/attributes/SourceImageSequence", "/attributes/00082112"),
        ("/modules/patient/PatientName?edition=2020b", "/modules/patient/00100010"),
        ("/ciods/ct-image/", "/ciods/ct-image"),
        ("/sop-classes/1.2.840.10008.5.1.4.1.1.2", "/uids/1.2.840.10008.5.1.4.1.1.2"),
    ],
)
def test_other_spellings_lead_to_the_permalink(
    client: TestClient, path: str, canonical: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.url.path == canonical
    assert ("edition=2020b" in path) == ("edition=2020b" in str(answer.url))


def test_unknown_path_is_a_page_that_offers_the_nearest(client: TestClient) -> None:
    answer = client.get("/ciods/ct-imag")
    assert answer.status_code == 404
    assert 'href="/ciods/ct-image"' in answer.text
    assert ".json" not in answer.text
    data = client.get("/ciods/ct-imag.json")
    assert data.status_code == 404
    assert data.json()["code"] == "unknown-path"
    assert data.json()["details"]["nearest"][0]["path"] == "/ciods/ct-image"


def test_comparison_of_nothing_says_so(client: TestClient) -> None:
    text = client.get("/editions/2020b..2026b/macros").text
    assert "<p>Nothing was compared.</p>" in text
    assert "No differences" not in text


def test_unknown_edition_is_a_404(client: TestClient) -> None:
    assert client.get("/ciods?edition=1999a").status_code == 404
    assert client.get("/ciods.json?edition=1999a").json()["code"] == "unknown-edition"


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/modules/patient?edition=2024a", "/modules/patient?edition=2020b"),
        ("/search?q=x&edition=2024a", "/search?q=x&edition=2020b"),
        ("/editions/x..2026b/modules", "/editions/2020b..2026b/modules"),
    ],
)
def test_page_of_an_unknown_edition_leads_to_the_same_in_others(
    client: TestClient, address: str, link: str
) -> None:
    page = lxml_html.fromstring(client.get(address).text)
    assert page.findtext(".//h1") == "No such edition"
    assert link in page.xpath("//article//a/@href")
    assert client.get(link).status_code == 200


def test_borrowed_conditions_begin_with_their_edition(client: TestClient) -> None:
    page = lxml_html.fromstring(client.get("/ciods/segmentation?edition=2026b").text)
    borrowed = page.xpath("//div[@class='condition'][.//*[@class='age']]")
    assert borrowed
    assert all(each[0].get("class") == "age" for each in borrowed)


def test_an_empty_edition_is_not_given(client: TestClient) -> None:
    assert client.get("/modules/patient?edition=").status_code == 200


@pytest.mark.parametrize(
    ("path", "query", "known"),
    [("/ciods", "order=frog", "name"), ("/attributes", "group=0123", "0022")],
)
def test_an_unknown_order_or_group_is_a_400_with_the_known_ones(
    client: TestClient, path: str, query: str, known: str
) -> None:
    page = client.get(f"{path}?{query}")
    assert page.status_code == 400
    assert "No such choice" in page.text
    data = client.get(f"{path}.json?{query}")
    assert data.status_code == 400
    assert data.json()["code"] == "unknown-option"
    assert known in data.json()["details"]["known"]
    # An empty value counts as none.
    assert client.get(f"{path}?{query.partition('=')[0]}=").status_code == 200


def test_a_group_is_kept_only_for_editions_that_have_it(client: TestClient) -> None:
    # 2020b has no command group, both have 0022.
    for group, kept in (("0000", False), ("0022", True)):
        page = lxml_html.document_fromstring(client.get(f"/attributes?group={group}").text)
        (link,) = {link for link in page.xpath("//a/@href") if link.endswith("edition=2020b")}
        assert client.get(link).status_code == 200
        assert (f"group={group}" in link) == kept


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "' onclick='x",
        "{{7*7}}",
        "//x.test",
    ],
)
def test_nothing_in_an_address_becomes_markup(client: TestClient, evil: str) -> None:
    for path, query in (
        (f"/ciods/{evil}", {}),
        ("/search", {"q": evil}),
        ("/ciods", {"edition": evil}),
        ("/ciods", {"order": evil}),
        ("/attributes", {"group": evil}),
    ):
        answer = client.get(path, params=query)
        page = lxml_html.document_fromstring(answer.text)
        scripts = [script.get("src") for script in page.iter("script")]
        assert all(src and src.startswith("/static/") for src in scripts)
        assert not page.xpath("//img | //*[@onclick] | //*[@onerror]")
        assert "49" not in (page.findtext(".//h1") or "")


@pytest.mark.parametrize("host", ["elsewhere.test", "127.0.0.1.elsewhere.test", "10.0.0.1", ""])
def test_foreign_host_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/ciods", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8571", "localhost", "localhost:1"])
def test_own_host_is_served(client: TestClient, host: str) -> None:
    assert client.get("/ciods", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/ciods", "/ciods.json", "/nope", "/static/main.js", "/static/../app.py"]
)
def test_every_answer_keeps_to_itself(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_pages_need_nothing_from_elsewhere(client: TestClient) -> None:
    for path in PAGES:
        page = lxml_html.document_fromstring(client.get(path).text)
        for loaded in page.xpath("//script/@src | //link/@href | //img/@src | //*[@style]"):
            assert isinstance(loaded, str)
            assert loaded.startswith("/static/")


def test_only_reading_is_answered(client: TestClient) -> None:
    assert client.post("/ciods").status_code == 405
    assert client.head("/ciods").status_code == 200


def test_first_page_is_under_60_kb_over_the_wire(client: TestClient) -> None:
    page = client.get("/ciods").text
    assets = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    modules = [
        f"/static/{name}.js" for name in ("filter", "navigation", "search", "theme-button", "tree")
    ]
    parts = [page, *(client.get(asset).text for asset in [*assets, *modules])]
    assert sum(len(gzip.compress(part.encode(), 6)) for part in parts) < 60_000


def test_every_link_of_the_pages_leads_somewhere(client: TestClient) -> None:
    queue = list(PAGES)
    answered: dict[str, Any] = {}
    followed = 0
    while queue and followed < amount(36, whole=60):
        path = queue.pop(0)
        page = lxml_html.document_fromstring(client.get(path).text)
        followed += 1
        links = sorted({link for link in page.xpath("//a/@href") if link.startswith("/")})
        # Of a long list of similar links only some are followed; other pages follow other ones.
        step = max(1, len(links) // amount(6, whole=25))
        for link in links[followed % step :: step]:
            bare = link.partition("#")[0]
            if bare not in answered:
                answer = client.get(bare)
                answered[bare] = answer
                if followed > len(PAGES) // 2 and bare.startswith(("/sections/", "/ciods/")):
                    queue.append(bare)
            answer = answered[bare]
            assert answer.status_code == 200, f"{link} on {path}"
            anchor = link.partition("#")[2]
            if anchor:
                assert f'id="{anchor}"' in answer.text, f"{link} on {path}"
    assert len(answered) > amount(120, whole=500)


def test_every_link_in_the_standards_text_leads_somewhere(
    client: TestClient, database: sqlite3.Connection
) -> None:
    anchors: dict[str, set[str]] = {}  # by page
    for (link,) in database.execute("SELECT target FROM span WHERE kind = 'link'"):
        page, _, anchor = link.partition("#")
        if page.startswith("/"):
            anchors.setdefault(page, set()).add(f'id="{anchor}"' if anchor else "")
    assert len(anchors) > 1500
    # By kind of page and with an anchor or without: at least one of each.
    kinds: dict[tuple[str, bool], list[str]] = {}
    for page in sorted(anchors):
        kinds.setdefault((page.split("/")[1], anchors[page] != {""}), []).append(page)
    broken = []
    for pages in kinds.values():
        for page in pages[:: amount(40, whole=1)]:
            answer = client.get(page)
            found = answer.status_code == 200 and all(a in answer.text for a in anchors[page])
            broken += [] if found else [page]
    assert broken == []
