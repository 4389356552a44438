"""octome: the DICOM Standard as data, and OCT angiography as conformant DICOM instances."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from octome.standard.library import Library as Library
    from octome.standard.library import open_library as open_library

__all__ = ["Library", "__version__", "open_library"]


def __getattr__(name: str) -> Any:
    """The few names that the README shows, imported when they are asked for."""
    if name == "__version__":
        from importlib.metadata import version

        return version("octome")
    if name in __all__:
        from octome.standard import library

        return getattr(library, name)
    raise AttributeError(f"module 'octome' has no attribute {name!r}")
