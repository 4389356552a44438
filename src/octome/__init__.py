"""octome: the DICOM Standard as data, and OCT angiography as conformant DICOM instances.

The names in the README and the packages below are imported on first use.
`__init__.pyi` lists them for type checkers.
"""

ROOMS = (
    "archive",
    "cli",
    "conformance",
    "deidentification",
    "dicom",
    "errors",
    "export",
    "files",
    "formats",
    "instances",
    "octa",
    "pipeline",
    "standard",
    "terminal",
    "web",
)
# The README's names, and where each is defined.
DEFINED_IN = {
    "Checker": "octome.conformance.check.checker",
    "Library": "octome.standard.library",
    "open_library": "octome.standard.library",
}
__all__ = ["__version__", *DEFINED_IN, *ROOMS]


def __getattr__(name: str) -> object:
    """Import a name on its first use."""
    if name == "__version__":
        from importlib.metadata import version

        return version("octome")
    if name not in __all__:
        raise AttributeError(f"module 'octome' has no attribute {name!r}")
    from importlib import import_module

    if name in ROOMS:
        return import_module(f"octome.{name}")
    return getattr(import_module(DEFINED_IN[name]), name)


def __dir__() -> list[str]:
    """All names, imported or not."""
    return sorted(__all__)
