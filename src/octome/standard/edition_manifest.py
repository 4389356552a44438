"""What is written down of a fetched edition: its files, their origin, its problems."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from octome.standard.counted import counted
from octome.standard.edition import NAME
from octome.standard.problem_groups import spelled

Layout = Literal["docbook", "json", "facts"]
"""What the files are: official DocBook, JSON of innolitics/dicom-standard, or facts alone."""
NEEDED_PARTS: Mapping[int, str] = {3: "CIODs, modules and attributes", 6: "the data dictionary"}
# What an edition needs for its pages and the check to be of use, by the layout of its files.
NEEDED: dict[Layout, frozenset[str]] = {
    "docbook": frozenset(map(str, NEEDED_PARTS)),
    "json": frozenset(
        {"ciods.json", "ciod_to_modules.json", "module_to_attributes.json", "attributes.json"}
    ),
    "facts": frozenset({"facts"}),
}
MANIFEST = "edition.json"
FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class KeptFile:
    """A file of an edition: its name in the edition's folder, and where and when it came from."""

    file: str
    size: int
    sha256: str
    url: str = ""
    etag: str = ""
    last_modified: str = ""
    fetched: str = ""


@dataclass(frozen=True, kw_only=True)
class KeptEdition:
    """What the manifest of an edition states.

    `parts` are its files by the number of the part, by their name where the layout is `json`,
    or by what they hold where it is `facts`;
    `figures` by the part and their name there: `5/figures/PS3.5_7.1-1.svg`.
    """

    edition: str
    origin: str
    date: str
    layout: Layout = "docbook"
    parts: Mapping[str, KeptFile] = field(default_factory=dict)
    figures: Mapping[str, KeptFile] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.edition):
            raise ValueError(f"{self.edition!r} is not the name of an edition")
        if self.layout not in get_args(Layout):
            raise ValueError(f"{self.layout!r} is not a layout")
        if self.layout == "docbook" and not all(map(str.isdecimal, self.parts)):
            raise ValueError("a part without a number")
        for kept in (*self.parts.values(), *self.figures.values()):
            path = Path(kept.file)
            if path.is_absolute() or ".." in path.parts:
                raise ValueError(f"{kept.file!r} is outside the folder")

    @property
    def is_usable(self) -> bool:
        """Whether it has what its pages and the check need."""
        return self.parts.keys() >= NEEDED[self.layout]

    @property
    def spelled_parts(self) -> str:
        """Its parts in words, or how many files they are."""
        if self.layout != "docbook":
            return f"{counted(len(self.parts), 'file')} of {self.layout}"
        return f"part{'s' * (len(self.parts) > 1)} {spelled(map(int, self.parts))}"

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(kept.size for kept in (*self.parts.values(), *self.figures.values()))


class OtherFormat(ValueError):
    """A manifest that another version of octome wrote."""


def read_manifest(content: bytes) -> KeptEdition:
    """What the bytes of a manifest state.

    Raises
    ------
    OtherFormat
        Another version of octome wrote it.
    ValueError
        They are not a manifest.
    """
    try:
        data = json.loads(content)
        if data.pop("format") != FORMAT:
            raise OtherFormat("another version of octome wrote it")
        for key in ("parts", "figures"):
            data[key] = {name: KeptFile(**kept) for name, kept in data[key].items()}
        data["problems"] = tuple(data["problems"])
        return KeptEdition(**data)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ValueError("it is not JSON") from error
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("it does not describe an edition") from error
