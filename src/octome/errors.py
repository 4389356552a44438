"""Every error that octome raises on purpose, as one tree.

OctomeError
├── StandardError         the Standard's data cannot answer
│   ├── UnknownPath         no page at this path in this edition
│   ├── UnknownEdition      no such edition in the store
│   └── StoreUnavailable    the store could not be compiled, opened or written
├── AcquisitionError      a scan does not hold what was asked of it
│   ├── ShapeMismatch       arrays that do not fit together, or an axis too short
│   ├── TooFewRepeats       flow needs two or more repeats of each B-scan
│   ├── SurfaceMissing      a slab needs a surface that was not found
│   ├── UnknownName         no such method, slab, surface or variant
│   ├── AcquisitionUnreadable  a file that is no acquisition, or a damaged one
│   ├── AcquisitionUnwritable  a file that could not be written; nothing of it is left
│   ├── DeviceFileUnreadable  a vendor file of no known format, or a damaged one
│   └── SpacingUnknown      a vendor file does not state its spacing
├── InstanceError         a DICOM instance cannot be read, made or kept
│   ├── InstanceUnreadable  a file that is no DICOM instance, or a damaged one, or of another kind
│   ├── InstanceUnwritable  a file that could not be written; nothing of it is left
│   ├── MissingFact         the Standard requires a value that nobody has given
│   ├── InstancesDisagree   instances that do not belong together
│   └── NothingThere        an image would have no pixel with a value
├── PackageMissing        an optional package that this needs is not installed
├── ArchiveError          another system does not take or give instances
│   ├── ArchiveUnreachable  nobody answers there, or not in this language
│   └── ArchiveRefused      it answers, and refuses
├── UploadRefused         a file that a page has sent cannot be taken
├── InspectionStopped     a file took too long or too much memory to inspect
└── ServerError           the web server cannot start
    └── PortTaken           nobody may listen on the port asked for
"""

from __future__ import annotations

from typing import ClassVar


class OctomeError(Exception):
    """Root. `code` is public and stable; `details` holds what the message says, as data."""

    code: ClassVar[str] = "octome"

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.details = details

    def __str__(self) -> str:
        # KeyError would show the repr of the message, OSError a number.
        return str(self.args[0])

    def as_data(self) -> dict[str, object]:
        """This refusal as the JSON that every face gives."""
        return {"code": self.code, "message": str(self), "details": self.details}


class StandardError(OctomeError):
    """The Standard's data cannot answer."""

    code = "standard"


class UnknownPath(StandardError, KeyError):
    """No page of the Standard at this path in this edition; `details` holds the nearest ones."""

    code = "unknown-path"


class UnknownEdition(StandardError, LookupError):
    """No such edition in the store."""

    code = "unknown-edition"


class StoreUnavailable(StandardError, OSError):
    """The store could not be compiled, opened or written."""

    code = "store-unavailable"


class AcquisitionError(OctomeError):
    """A scan does not hold what was asked of it."""

    code = "acquisition"


class ShapeMismatch(AcquisitionError, ValueError):
    """Arrays that do not fit together, or an axis that is too short."""

    code = "shape-mismatch"


class TooFewRepeats(AcquisitionError, ValueError):
    """Flow needs two or more repeats of each B-scan."""

    code = "too-few-repeats"


class SurfaceMissing(AcquisitionError, LookupError):
    """A slab needs a surface that was not found."""

    code = "surface-missing"


class UnknownName(AcquisitionError, LookupError):
    """No such method, slab, surface or variant; `details` holds the known ones."""

    code = "unknown-name"


class AcquisitionUnreadable(AcquisitionError, OSError):
    """A file that is no acquisition, or a damaged one."""

    code = "acquisition-unreadable"


class AcquisitionUnwritable(AcquisitionError, OSError):
    """A file that could not be written; nothing of it is left."""

    code = "acquisition-unwritable"


class DeviceFileUnreadable(AcquisitionError, OSError):
    """A vendor file of no known format, or a damaged one."""

    code = "device-file-unreadable"


class SpacingUnknown(AcquisitionError, ValueError):
    """A vendor file does not state the spacing of its samples."""

    code = "spacing-unknown"


class PackageMissing(OctomeError, ImportError):
    """An optional package that this needs is not installed."""

    code = "package-missing"


class InstanceError(OctomeError):
    """A DICOM instance cannot be read, made or kept."""

    code = "instance"


class InstanceUnreadable(InstanceError, OSError):
    """A file that is no DICOM instance, or a damaged one, or of another kind than was needed."""

    code = "instance-unreadable"


class InstanceUnwritable(InstanceError, OSError):
    """A file that could not be written; nothing of it is left."""

    code = "instance-unwritable"


class MissingFact(InstanceError, ValueError):
    """The Standard requires a value that nobody has given; `details` names it."""

    code = "missing-fact"


class InstancesDisagree(InstanceError, ValueError):
    """Instances that do not belong together: of another frame of reference, or another size."""

    code = "instances-disagree"


class NothingThere(InstanceError, ValueError):
    """An image would have no pixel with a value."""

    code = "nothing-there"


class ArchiveError(OctomeError):
    """Another system does not take or give instances."""

    code = "archive"


class ArchiveUnreachable(ArchiveError, OSError):
    """Nobody answers at an address, or not as DICOM or DICOMweb does."""

    code = "archive-unreachable"


class ArchiveRefused(ArchiveError, RuntimeError):
    """A system answers, and refuses."""

    code = "archive-refused"


class UploadRefused(OctomeError, ValueError):
    """A file that a page has sent cannot be taken: too large, none, or another site's."""

    code = "upload-refused"


class InspectionStopped(OctomeError, RuntimeError):
    """A file took too long or too much memory to inspect, or too many were waiting."""

    code = "inspection-stopped"


class ServerError(OctomeError):
    """The web server cannot start."""

    code = "server"


class PortTaken(ServerError, OSError):
    """Nobody may listen on the port asked for."""

    code = "port-taken"
