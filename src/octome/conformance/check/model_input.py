"""Instances in JSON or XML as inputs of the check: recognised, separated, read within limits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from octome.dicom.content import content_of, reason
from octome.dicom.part10 import Encoded
from octome.errors import InstanceUnreadable

Model = Literal["json", "xml"]
HEAD = 1024  # bytes
# An attribute by its tag is the first thing in an instance, or in a list of them.
JSON_HEAD = re.compile(rb'(?:\xef\xbb\xbf)?\s*\[?\s*\{\s*"[0-9A-Fa-f]{8}"\s*:\s*\{')
XML_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[^\0]*NativeDicomModel")
LARGEST = 256 << 20  # bytes of a file; in memory it needs several times as much


def model_of(path: Path) -> Model | None:
    """The model of a file that begins as JSON or XML of an instance; None for all others."""
    try:
        with path.open("rb") as file:
            return model_in(file.read(HEAD))
    except OSError:
        return None  # reading it as an instance says why


def model_in(head: bytes) -> Model | None:
    """The model of an instance that begins with some bytes; None if it is neither JSON nor XML."""
    if JSON_HEAD.match(head):
        return "json"
    return "xml" if XML_HEAD.match(head) else None


def instance_files(path: Path, name: str, folder: Path, model: Model) -> Iterator[tuple[str, Path]]:
    """Each instance of a file: its name, and the file that has it.

    Parameters
    ----------
    path : Path
        JSON or XML.
    name : str
        What it is called in reports.
    folder : Path
        Where the instances of a list are written, each to its own file.
    model : Model
        That of the file.

    Raises
    ------
    InstanceUnreadable
        It is a list, and cannot be read.
    """
    if model == "xml" or not _is_list(path):
        yield name, path
        return
    import json
    from tempfile import NamedTemporaryFile

    from octome.dicom.json_model import json_instances

    for number, instance in enumerate(json_instances(_content(path, name), name)):
        with NamedTemporaryFile("w", dir=folder, delete=False) as file:
            json.dump(instance, file)
        yield f"{name}[{number}]", Path(file.name)


def read_instance(path: Path, name: str, model: Model, vr_of: Mapping[int, str]) -> Encoded:
    """Read the only instance of a file.

    Raises
    ------
    InstanceUnreadable
        It cannot be read.
    """
    from octome.dicom.model_reader import read_model

    content = _content(path, name)
    if model == "json":
        from octome.dicom.json_model import json_instances

        [instance] = json_instances(content, name)
        return read_model(instance, vr_of, name=name, size=len(content))
    from octome.dicom.xml_model import xml_instance

    instance = xml_instance(content, name)
    return read_model(instance, vr_of, name=name, size=len(content), code="xml-model")


def _is_list(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(HEAD).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"[")


def _content(path: Path, name: str) -> bytes:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise InstanceUnreadable(f"cannot read {name}: {reason(error)}", path=name) from error
    if size > LARGEST:
        why = f"it is larger than {LARGEST >> 20} MB, the limit for JSON and XML"
        raise InstanceUnreadable(f"cannot read {name}: {why}", path=name)
    return bytes(content_of(path)[:])
