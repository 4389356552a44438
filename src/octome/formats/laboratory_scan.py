"""A scan of a laboratory's own instrument: a plain array, and a few lines of TOML about it.

file = "scan.raw"              # .npy, .tif, or numbers alone; relative to this file
holds = "spectra"              # or complex, amplitude, decibel
axes = "BXK"                   # of the array, the slowest first: B-scans, repeats (R),
                               # A-scans (X), and samples (K) of spectra or rows (Z) of B-scans
repeats = 1                    # if the repeats of each B-scan follow one another on axis B

dtype = "<u2"                  # of numbers alone: as numpy spells it,
shape = [20, 20, 2048]         # in the order of axes,
skip_bytes = 0                 # and the length of what precedes them

profile = "device.toml"        # the scanner's device profile (octome profile), for octome process

[scan]
ascan_mm = 0.0099              # between A-scans
bscan_mm = 0.0099              # between B-scans
ascan_rate_hz = 100000
repeat_interval_ms = 4.1       # if repeats do not follow one another without a pause
axial_mm = 0.003               # between rows of B-scans, in tissue; spectra do not need it
laterality = "R"
acquired = 2026-01-31T14:05:00

[calibration]                  # of spectra: one of the next five
wavelength_nm = [806.0, 675.0]            # of the first and the last sample, or of all
wavelength_nm_polynomial = [806.0, -0.064]  # of the number of the sample, the constant first
wavenumber_rad_per_um = [7.8, 9.3]        # as wavelength_nm
wavelength_nm_file = "wavelengths.txt"    # one number a line, or .npy
file = "calibration.json"                 # as octome writes it
dispersion_rad = [11.0, -0.2]  # found in the data if not given
refractive_index = 1.36

[metadata]                     # whatever else should be kept
device = "..."
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from octome.errors import AcquisitionUnreadable, OctomeError, printable
from octome.formats.plain_array import plain_array, warn_of_gaps
from octome.octa.acquisition import RawAcquisition
from octome.octa.calibration import Calibration, load_calibration

Content = Literal["spectra", "complex", "amplitude", "decibel"]
CONTENTS: tuple[Content, ...] = get_args(Content)
KEYS = {
    "": {"file", "holds", "axes", "repeats", "dtype", "shape", "skip_bytes", "profile"}
    | {"scan", "calibration", "metadata"},
    "scan": {"ascan_mm", "bscan_mm", "ascan_rate_hz", "repeat_interval_ms", "axial_mm"}
    | {"laterality", "acquired"},
    "calibration": {"wavelength_nm", "wavelength_nm_polynomial", "wavenumber_rad_per_um"}
    | {"wavelength_nm_file", "file", "dispersion_rad", "refractive_index"},
}
CALIBRATION_FILES = ("file", "wavelength_nm_file")
NEEDED = {"": ("file", "holds", "axes"), "scan": ("ascan_mm", "bscan_mm", "ascan_rate_hz")}


def read_laboratory_scan(path: str | Path, *, allow_outside: bool = False) -> RawAcquisition:
    """The acquisition that a TOML file describes; its array is read a part at a time.

    Parameters
    ----------
    path : path
        Of the TOML file.
    allow_outside : bool
        Whether it may name files outside of its folder: one from a stranger could name any.

    Raises
    ------
    AcquisitionUnreadable
        The description is wrong or incomplete, or the array does not fit it.
    """
    path = Path(path)
    try:
        described = tomllib.loads(path.read_text(encoding="utf-8"))
        _check_keys(path, described)
        if not allow_outside:
            _check_folder(path, described)
        return _acquisition(path, described)
    except OctomeError as error:
        if isinstance(error, AcquisitionUnreadable):
            raise
        raise _wrong(path, str(error)) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _wrong(path, getattr(error, "strerror", None) or str(error)) from error


# What a number of the description can be; beyond that it is in another unit.
PLAUSIBLE = {
    "ascan_mm": (1e-4, 5.0),
    "bscan_mm": (1e-4, 5.0),
    "axial_mm": (1e-4, 0.1),
    "ascan_rate_hz": (1.0, 1e8),
    "repeat_interval_ms": (1e-3, 1e5),
    "wavelength_nm": (200.0, 3000.0),
    "wavelength_nm_polynomial": (-1e6, 1e6),
    "wavenumber_rad_per_um": (2.0, 32.0),
    "dispersion_rad": (-1e4, 1e4),
    "refractive_index": (1.0, 3.0),
}
MOST_DB = 200.0  # of one pixel: more is a grey value, or another unit


@dataclass(frozen=True)
class _Table:
    """One table of the description, whose numbers are checked as they are taken."""

    path: Path
    name: str
    table: Mapping[str, Any]

    def number(self, key: str) -> float:
        return self._checked(key, self.table[key])

    def numbers(self, key: str) -> list[float]:
        value = self.table[key]
        if not isinstance(value, list) or not value:
            raise _wrong(self.path, f"{key} in [{self.name}] is a list of numbers; found {value!r}")
        return [self._checked(key, each) for each in value]

    def _checked(self, key: str, value: Any) -> float:
        least, most = PLAUSIBLE[key]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _wrong(self.path, f"{key} in [{self.name}] is a number; found {value!r}")
        if not least <= value <= most:
            raise _wrong(
                self.path,
                f"{key} in [{self.name}] lies between {least:g} and {most:g}; found {value:g}. Is "
                "it in another unit?",
            )
        return float(value)


@dataclass(frozen=True, kw_only=True)
class _Converted:
    """An array in the order of axes of an acquisition, converted as it is read."""

    array: NDArray[Any]
    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    is_decibel: bool
    has_gaps: bool
    """Whether some numbers are not finite: they become 0."""
    path: Path

    def __getitem__(self, key: Any) -> NDArray[Any]:
        found = self.array[key]
        if self.has_gaps:
            nothing = -np.inf if self.is_decibel else 0
            found = np.where(np.isfinite(found), found, found.dtype.type(nothing))
        if self.is_decibel:
            if found.size and not np.nanmax(found) <= MOST_DB:
                raise AcquisitionUnreadable(
                    f"{self.path} holds values up to {np.nanmax(found):g}, and a decibel value is "
                    f"at most {MOST_DB:g}: they are grey values, or of another unit. "
                    "Turn grey values into decibel first: value / 255 * range of the display in dB",
                    path=str(self.path),
                )
            found = 10 ** (found.astype(np.float32) / 20)
        return np.ascontiguousarray(found, self.dtype)


def _acquisition(path: Path, described: Mapping[str, Any]) -> RawAcquisition:
    holds, axes = described["holds"], str(described["axes"]).upper()
    last = "K" if holds == "spectra" else "Z"
    wanted = "BRXK" if last == "K" else "BRZX"
    if len(set(axes)) != len(axes) or not set(axes) <= set(wanted) or not set(axes) >= {"X", last}:
        raise _wrong(
            path,
            f"axes are letters of {wanted}, each once, with X and {last} among them; found "
            f"{described['axes']!r}",
        )
    shape = described.get("shape")
    array = plain_array(
        path.parent / _name(path, described["file"], "file"),
        dtype=described.get("dtype"),
        shape=None if shape is None else _shape(path, shape),
        skip_bytes=_whole(path, "skip_bytes", described.get("skip_bytes", 0)),
    )
    # The pages of a TIFF with one page are one axis too many.
    if array.ndim == len(axes) + 1 and array.shape[0] == 1:
        array = array[0]
    if array.ndim != len(axes):
        raise _wrong(
            path,
            f"{described['file']} has the shape {' x '.join(map(str, array.shape))}, and axes "
            f"{axes} are {len(axes)}",
        )
    repeats = _whole(path, "repeats", described.get("repeats", 1))
    ordered = _ordered(path, array, axes, wanted, repeats)
    frames = _Converted(
        array=ordered,
        shape=ordered.shape,
        dtype=_stored_type(path, holds, ordered.dtype),
        is_decibel=holds == "decibel",
        has_gaps=warn_of_gaps(
            ordered, path.parent / described["file"], is_decibel=holds == "decibel"
        ),
        path=path.parent / described["file"],
    )
    scan = _Table(path, "scan", described["scan"])
    rate = scan.number("ascan_rate_hz")
    between = 1000 * frames.shape[wanted.index("X")] / rate
    found: dict[str, Any] = {"spectra" if holds == "spectra" else "bscans": frames}
    acquisition = RawAcquisition(
        **found,
        ascan_mm=scan.number("ascan_mm"),
        bscan_mm=scan.number("bscan_mm"),
        ascan_rate_hz=rate,
        repeat_interval_ms=(
            scan.number("repeat_interval_ms") if "repeat_interval_ms" in scan.table else between
        ),
        axial_mm=scan.number("axial_mm") if "axial_mm" in scan.table else None,
        calibration=_calibration(path, described, frames.shape[-1]) if last == "K" else None,
        laterality=scan.table.get("laterality"),
        metadata=_metadata(path, described),
    )
    _ = acquisition.geometry  # refused now if a distance is not above 0
    return acquisition


def _metadata(path: Path, described: Mapping[str, Any]) -> dict[str, str | float]:
    """What else is stated, with the values of the device profile and the time."""
    found = {name: _plain(value) for name, value in described.get("metadata", {}).items()}
    if "profile" in described:
        file = path.parent / _name(path, described["profile"], "profile")
        profile = tomllib.loads(file.read_text(encoding="utf-8"))
        versions = profile.get("software_versions")
        if isinstance(versions, list):
            profile["software_versions"] = ", ".join(map(str, versions))
        optics = profile.pop("optics", {})
        found |= {name: _plain(value) for name, value in (profile | optics).items()}
    acquired = described["scan"].get("acquired", found.get("acquired"))
    if acquired is not None:
        try:
            found["acquired"] = datetime.fromisoformat(str(acquired)).isoformat()
        except ValueError as error:
            raise _wrong(
                path, f"acquired is a time as 2026-01-31T14:05:00; found {acquired!r}"
            ) from error
    return found


def _check_keys(path: Path, described: Mapping[str, Any]) -> None:
    """Every key is known, and those that are needed are there."""
    for part, known in KEYS.items():
        table = described if not part else described.get(part, {})
        if not isinstance(table, Mapping):
            raise _wrong(path, f"[{part}] is a table")
        where = f" in [{part}]" if part else ""
        for key in table:
            if key not in known:
                raise _wrong(path, f"no key {key!r}{where}; there are {', '.join(sorted(known))}")
        for key in NEEDED.get(part, ()):
            if key not in table:
                raise _wrong(path, f"{key} is missing{where}")
    if described["holds"] not in CONTENTS:
        raise _wrong(path, f"holds is one of {', '.join(CONTENTS)}; found {described['holds']!r}")
    if described["holds"] == "spectra" and "calibration" not in described:
        raise _wrong(path, "spectra need [calibration]: the wavelength of each sample")
    if described["holds"] != "spectra" and "axial_mm" not in described["scan"]:
        raise _wrong(path, "axial_mm is missing in [scan]: B-scans need it")


def _check_folder(path: Path, described: Mapping[str, Any]) -> None:
    """Every file that is named lies in the folder of the description, links followed."""
    calibration = described.get("calibration", {})
    named = {key: described.get(key) for key in ("file", "profile")}
    named |= {f"{key} in [calibration]": calibration.get(key) for key in CALIBRATION_FILES}
    folder = path.parent.resolve()
    for key, value in named.items():
        if isinstance(value, str) and not (folder / value).resolve().is_relative_to(folder):
            raise _wrong(
                path,
                f"{key} is {value!r}, which lies outside of its folder; allow it with "
                "--allow-outside if you know who wrote the description",
            )


def _ordered(path: Path, array: NDArray[Any], axes: str, wanted: str, repeats: int) -> NDArray[Any]:
    """A view in the order of axes of an acquisition; absent axes have length 1."""
    found = np.transpose(array, [axes.index(axis) for axis in wanted if axis in axes])
    for place, axis in enumerate(wanted):
        if axis not in axes:
            found = np.expand_dims(found, place)
    if repeats > 1:
        bscans, already = found.shape[:2]
        if already > 1 or bscans % repeats:
            raise _wrong(
                path,
                f"{bscans} B-scans are not {repeats} repeats of each position"
                if already == 1
                else "repeats are an axis of their own (R), and given as a number too",
            )
        found = found[:, 0].reshape(bscans // repeats, repeats, *found.shape[2:])
    return found


def _stored_type(path: Path, holds: Content, dtype: np.dtype[Any]) -> np.dtype[Any]:
    """The type that an acquisition has for such numbers."""
    if (dtype.kind == "c") != (holds == "complex") or dtype.kind not in "uifc":
        raise _wrong(path, f"the array has numbers of type {dtype}, which do not hold {holds}")
    if holds == "spectra":
        fits = dtype.kind == "u" and dtype.itemsize <= 2
        return np.dtype(np.uint16 if fits else np.float32)
    return np.dtype(np.complex64 if holds == "complex" else np.float32)


def _calibration(path: Path, described: Mapping[str, Any], samples: int) -> Calibration:
    whole = _Table(path, "calibration", described["calibration"])
    table = whole.table
    sources = [key for key in table if key.startswith("wave") or key == "file"]
    if len(sources) != 1:
        raise _wrong(
            path,
            "[calibration] needs one of wavelength_nm, wavelength_nm_polynomial, "
            f"wavenumber_rad_per_um, wavelength_nm_file and file; found {', '.join(sources) or 0}",
        )
    key = sources[0]
    if key == "file":
        return load_calibration(path.parent / _name(path, table[key], key))
    if key == "wavelength_nm_polynomial":
        wavelength = np.polynomial.Polynomial(whole.numbers(key))(np.arange(samples))
    elif key == "wavelength_nm_file":
        wavelength = _column(path.parent / _name(path, table[key], key))
    else:
        given = np.array(whole.numbers(key))
        wavelength = np.linspace(given[0], given[1], samples) if given.size == 2 else given
    if wavelength.shape != (samples,):
        raise _wrong(path, f"{key} has {wavelength.size} numbers, the spectra {samples} samples")
    least, most = PLAUSIBLE["wavelength_nm"]
    is_wavelength = not key.startswith("wavenumber")
    if is_wavelength and not (least <= wavelength.min() and wavelength.max() <= most):
        raise _wrong(
            path,
            f"{key} gives wavelengths from {wavelength.min():g} to {wavelength.max():g} nm. Are "
            "they in another unit?",
        )
    wavenumber = 2000 * np.pi / wavelength if is_wavelength else wavelength
    return Calibration(
        wavenumber=wavenumber,
        dispersion=tuple(whole.numbers("dispersion_rad")) if "dispersion_rad" in table else (),
        refractive_index=whole.number("refractive_index") if "refractive_index" in table else 1.36,
    )


def _column(path: Path) -> NDArray[np.float64]:
    try:
        found = np.load(path) if path.suffix == ".npy" else np.loadtxt(path, ndmin=1)
    except (OSError, ValueError) as error:
        raise AcquisitionUnreadable(f"cannot read {path}: {error}", path=str(path)) from error
    return np.asarray(found, np.float64).ravel()


def _name(path: Path, value: Any, key: str) -> str:
    if not isinstance(value, str) or not value:
        raise _wrong(path, f"{key} is the name of a file; found {value!r}")
    return value


def _shape(path: Path, value: Any) -> tuple[int, ...]:
    if not isinstance(value, list) or not value:
        raise _wrong(path, f"shape is a list of whole numbers; found {value!r}")
    return tuple(_whole(path, "shape", each) for each in value)


def _whole(path: Path, key: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _wrong(path, f"{key} has whole numbers; found {value!r}")
    return value


def _plain(value: Any) -> str | float:
    return float(value) if isinstance(value, int | float) else str(value)


def _wrong(path: Path, why: str) -> AcquisitionUnreadable:
    return AcquisitionUnreadable(printable(f"cannot use {path}: {why}"), path=str(path))
