"""The documentation that is made from the code is what the code says."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import jsonschema
import pydicom
import pytest

from octome.standard.json_data import page_data
from octome.standard.library import Library

DOCS = Path(__file__).parents[1] / "docs"


def made_by(name: str) -> ModuleType:
    """The module in the documents' folder."""
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "name",
    [
        "cli.md",
        "pages.schema.json",
        "findings.md",
        "report.schema.json",
        "acquisition.md",
        "raw-data.md",
        "en-face-profiles.md",
        "device-profile.md",
        "conformance-statement.md",
    ],
)
def test_made_documents_are_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == made_by("make_docs").DOCUMENTS[name]()


def test_the_written_attributes_are_those_of_a_chain(made_chain) -> None:  # type: ignore[no-untyped-def]
    """Where their values come from takes nine chains; `make_docs.py` finds it."""
    page = (DOCS / "written-attributes.md").read_text("utf-8")
    written_attributes = made_by("written_attributes")
    for name in written_attributes.FILES:
        part = page.partition(f": {name}\n")[2].partition("\n## ")[0]
        rows = re.findall(r"^\| \((....),(....)\) \| ((?:&gt; )*)(\w+)", part, re.MULTILINE)
        stated = [(group + element, len(marks) // 5, word) for group, element, marks, word in rows]
        found = dict(written_attributes.flattened(pydicom.dcmread(made_chain.folder / name)))
        written = [(f"{each.tag:08X}", each.depth, each.keyword) for each in found.values()]
        assert stated == written, name


def test_the_map_of_the_house_is_the_house() -> None:
    contributing = DOCS.parent / "CONTRIBUTING.md"
    assert contributing.read_text("utf-8") == made_by("make_docs").contributing()
    assert "  octa/" in contributing.read_text("utf-8")


@pytest.mark.parametrize(
    "path",
    [
        "/ciods",
        "/ciods/enhanced-ct-image",
        "/modules/sr-document-content",
        "/attributes/00280010",
        "/modules/patient/00100010",
        "/sections/C.7.6.1.1.2",
        "/context-groups/4271",
        "/editions",
        "/editions/2020b..2026b",
        "/search",
        "/uids/1.2.840.10008.1.2",
        "/transfer-syntaxes",
    ],
)
def test_pages_keep_to_the_schema(library: Library, path: str) -> None:
    schema = json.loads((DOCS / "pages.schema.json").read_text("utf-8"))
    data = json.loads(json.dumps(page_data(library.at(path))))
    name = data["page"]
    jsonschema.validate(data, {"$ref": f"#/$defs/{name}", "$defs": schema["$defs"]})


def test_commands_of_the_readme_are_commands() -> None:
    from octome.cli.main import MODULES

    readme = (DOCS.parent / "README.md").read_text("utf-8")
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", readme, re.DOTALL))
    shown = set(re.findall(r"^octome (\w+)", blocks, re.MULTILINE))
    assert shown
    assert shown <= set(MODULES)


def test_links_of_the_documents_lead_to_files() -> None:
    for document in (*DOCS.parent.glob("*.md"), *DOCS.glob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_reports_keep_to_the_schema(library: Library) -> None:
    from small_instance import ct_image, encoded

    from octome.conformance.check.checker import Checker
    from octome.conformance.check.report_data import report_data

    ds = ct_image()
    del ds.KVP
    report = report_data(Checker(library).check(encoded(ds)))
    schema = json.loads((DOCS / "report.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(json.dumps(report)), schema)


def test_every_code_that_is_explained_is_used() -> None:
    from octome.conformance.check.finding import CODES

    source = DOCS.parent / "src" / "octome"
    words = "".join(
        path.read_text("utf-8")
        for room in ("conformance", "dicom")
        for path in (source / room).rglob("*.py")
        if path.name != "finding.py"
    )
    assert {code for code in CODES if f'"{code}"' not in words} == set()
