"""Packages that some commands need and a small installation lacks, and how to install them."""

from __future__ import annotations

from octome.errors import PackageMissing

# The extra of pyproject.toml with each package, by import name.
EXTRA_OF = {
    "numba": "oct",
    "scipy": "oct",
    "h5py": "oct",
    "imagecodecs": "oct",
    "onnxruntime": "oct",
    "pynetdicom": "oct",
    "tifffile": "oct",
    "pyfftw": "fast",
    "eyepy": "formats",
    "oct_converter": "formats",
}


def package_missing(error: ModuleNotFoundError, command: str) -> PackageMissing | None:
    """The error for a module that could not be imported; None if no extra has it."""
    package = (error.name or "").partition(".")[0]
    extra = EXTRA_OF.get(package)
    if extra is None:
        return None
    return PackageMissing(
        f"{command} needs the package {package}, which is not installed: "
        f"pip install 'octome[{extra}]'",
        package=package,
        extra=extra,
    )
