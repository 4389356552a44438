"""What an OCT scanner must state about itself: its profile, kept in a file.

A TOML file, written once for a scanner and given with `--profile`. Nothing in it is guessed: an
Ophthalmic Tomography Image of an OCT scanner requires all of it (PS3.3 C.7.5.2, C.8.17.9).

    manufacturer = "..."
    model = "..."
    serial_number = "..."
    software_versions = ["..."]
    detector_type = "CMOS"                # CCD, CMOS, PHOTO (photodetector) or INT (interferometer)

    [optics]
    illumination_wavelength_nm = 840.0
    illumination_power_uw = 1000.0        # at the cornea
    illumination_bandwidth_nm = 50.0
    depth_resolution_um = 6.0
    depth_distortion_percent = 1.0        # at most
    along_scan_resolution_um = 15.0       # within a B-scan
    along_scan_distortion_percent = 2.0
    across_scan_resolution_um = 15.0      # from B-scan to B-scan
    across_scan_distortion_percent = 2.0
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

from octome.errors import InstanceUnreadable, MissingFact

DetectorType = Literal["CCD", "CMOS", "PHOTO", "INT"]
DETECTOR_TYPES: tuple[DetectorType, ...] = get_args(DetectorType)
LONG_STRING = 64  # characters, VR LO


@dataclass(frozen=True)
class Equipment:
    """One piece of equipment, or of software; PS3.3 C.7.5.1 and C.7.5.2."""

    manufacturer: str
    model: str
    serial_number: str
    software_versions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Optics:
    """The nine values of PS3.3 C.8.17.9."""

    illumination_wavelength_nm: float
    illumination_power_uw: float
    illumination_bandwidth_nm: float
    depth_resolution_um: float
    depth_distortion_percent: float
    along_scan_resolution_um: float
    along_scan_distortion_percent: float
    across_scan_resolution_um: float
    across_scan_distortion_percent: float


@dataclass(frozen=True)
class DeviceProfile:
    """A scanner: its identity and its optics."""

    equipment: Equipment
    detector_type: DetectorType
    optics: Optics

    def __post_init__(self) -> None:
        _detector_type(self.detector_type, "the device profile")

    def as_data(self) -> dict[str, Any]:
        """The profile as in its file."""
        named = self.equipment
        return {
            "manufacturer": named.manufacturer,
            "model": named.model,
            "serial_number": named.serial_number,
            "software_versions": list(named.software_versions),
            "detector_type": self.detector_type,
            "optics": {each.name: getattr(self.optics, each.name) for each in fields(Optics)},
        }


def load_profile(path: str | Path) -> DeviceProfile:
    """Read a profile.

    Raises
    ------
    InstanceUnreadable
        No such file, or it is not TOML.
    MissingFact
        A value is missing or not allowed.
    """
    try:
        found = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise InstanceUnreadable(
            f"cannot read the device profile {path}: {error.strerror}", path=str(path)
        ) from error
    except ValueError as error:
        raise InstanceUnreadable(
            f"the device profile {path} is not TOML: {error}", path=str(path)
        ) from error
    return profile_of(found, str(path))


def empty_profile() -> str:
    """A profile file with empty values: it is an error until all are filled in."""
    example = (__doc__ or "").partition("\n\n    ")[2]
    lines = [line.removeprefix("    ") for line in example.rstrip().split("\n")]
    blank = re.sub(r'= (\[?)"[^"]*"', r'= \1""', "\n".join(lines))
    return re.sub(r"= [0-9.]+", "= nan", blank) + "\n"


def profile_of(data: Mapping[str, Any], source: str) -> DeviceProfile:
    """The profile in the data of a file; errors name `source`.

    Raises
    ------
    MissingFact
        A value is missing or not allowed.
    """
    optics = data.get("optics")
    optics = optics if isinstance(optics, Mapping) else {}
    versions = data.get("software_versions")
    versions = [versions] if isinstance(versions, str) else versions
    if not isinstance(versions, list) or not versions:
        raise _missing("software_versions", versions, source)
    texts = {
        name: _text(name, data.get(name), source)
        for name in ("manufacturer", "model", "serial_number", "detector_type")
    }
    detector_type = _detector_type(texts.pop("detector_type"), source)
    return DeviceProfile(
        Equipment(
            **texts,
            software_versions=tuple(_text("software_versions", v, source) for v in versions),
        ),
        detector_type,
        Optics(**{e.name: _number(e.name, optics.get(e.name), source) for e in fields(Optics)}),
    )


def _detector_type(text: str, source: str) -> DetectorType:
    for known in DETECTOR_TYPES:
        if text == known:
            return known
    raise MissingFact(
        f"{source}: detector_type is {text!r}; it is one of {', '.join(DETECTOR_TYPES)}",
        missing="detector_type",
        known=list(DETECTOR_TYPES),
    )


def _text(name: str, value: Any, source: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _missing(name, value, source)
    if len(value) > LONG_STRING or "\\" in value:
        raise MissingFact(
            f"{source}: {name} has at most {LONG_STRING} characters and no backslash", missing=name
        )
    return value


def _number(name: str, value: Any, source: str) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 <= value < float("inf"):
        raise _missing(f"optics.{name}", value, source)
    return float(value)


def _missing(name: str, value: Any, source: str) -> MissingFact:
    found = "is missing" if value is None else f"cannot be {value!r}"
    return MissingFact(
        f"{source}: {name} {found}; the Standard requires it of an OCT scanner: state it in the "
        "device profile",
        missing=name,
    )
