"""Every error that octome raises on purpose, as one tree.

OctomeError
├── StandardError         the data of the Standard does not have the answer
│   ├── UnknownPath         there is no page at this path in this edition
│   ├── UnknownEdition      the store does not have this edition
│   ├── UnknownOption       a page has no such order, group or kind
│   ├── StoreUnavailable    the store could not be compiled, opened or written
│   ├── EditionBeingPrepared  an edition is being compiled: try again in a moment
│   └── SyncFailed          an edition could not be fetched, added or kept
├── AcquisitionError      a scan does not have what was requested
│   ├── ShapeMismatch       shapes of arrays disagree, or an axis is too short
│   ├── TooFewRepeats       flow needs two or more repeats of each B-scan
│   ├── SurfaceMissing      a slab needs a surface that was not found
│   ├── UnknownName         there is no method, slab, surface or variant of this name
│   ├── AcquisitionUnreadable  a file is not an acquisition, or is damaged
│   ├── AcquisitionUnwritable  a file could not be written; no partial file is left
│   ├── DeviceFileUnreadable  a vendor file is damaged, or its format is unknown
│   ├── SpacingUnknown      a vendor file does not state its spacing
│   └── SeriesUnknown       a vendor file holds several scans, and none of them was chosen
├── InstanceError         a DICOM instance cannot be read, created or stored
│   ├── InstanceUnreadable  a file is not a DICOM instance, is damaged, or of another SOP Class
│   │   └── NotAnInstance     a file could be read, and is not a DICOM instance
│   ├── InstanceUnwritable  a file could not be written; no partial file is left
│   │   └── InstanceConflict  a folder holds another data set with the same SOP Instance UID
│   ├── MissingFact         a value that the Standard requires is missing or not allowed
│   ├── InstancesDisagree   instances contradict each other
│   ├── NothingThere        an image would have no pixel with a value
│   └── DerivationStopped   what is missing in a study could not be made, for no known reason
├── PackageMissing        an optional package is needed and not installed
├── ArchiveError          another system does not store or return instances
│   ├── ArchiveUnreachable  an address does not answer, or not with DICOM or DICOMweb
│   ├── ArchiveRefused      the other system answers with a failure
│   ├── CertificateUnusable  a certificate or its key cannot be read or used
│   ├── LoginUnreadable     the file with names and passwords cannot be read
│   ├── QueryUnusable       a value cannot be looked for in an archive, or none is given
│   ├── NothingMatches      an archive has nothing that matches a query
│   └── WorklistUnclear     no item of a worklist matches, or several do
├── UploadRefused         an upload cannot be accepted
├── InspectionStopped     a file took too long or too much memory to inspect
└── ServerError           the web server cannot start
    └── PortTaken           the requested port is taken or not allowed

OctomeWarning and its DispersionUncertain, SamplesReplaced and SpacingReplaced are not errors; a
command prints each as one line.
"""

from __future__ import annotations

from typing import ClassVar


class OctomeWarning(UserWarning):
    """Root of what a result depends on and the caller should look at."""


class SamplesReplaced(OctomeWarning):
    """Samples of a scan that are not finite numbers became 0."""


class SpacingReplaced(OctomeWarning):
    """The caller gave a spacing for a file that states another one."""


class DispersionUncertain(OctomeWarning):
    """The dispersion that was found in a scan is not trusted, and none is compensated."""


def printable(text: str) -> str:
    r"""Text on one line, with what a terminal would obey or could not show written as escapes.

    So are control characters, marks that change the direction of text, and bytes of a file's name
    that are not UTF-8.

    Examples
    --------
    >>> printable("1.2\x1b[2J")
    '1.2\\x1b[2J'
    """
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


class OctomeError(Exception):
    """Root. `code` is public and stable; `details` holds the values in the message, as data."""

    code: ClassVar[str] = "octome"

    def __init__(self, message: str, **details: object) -> None:
        # It may name a file, whose name may have any bytes.
        super().__init__(printable(message))
        self.details = details

    def __str__(self) -> str:
        # KeyError would show the repr of the message, OSError a number.
        return str(self.args[0])

    def as_data(self) -> dict[str, object]:
        """This error as the JSON that the command line and the web give."""
        details = {
            name: printable(value) if isinstance(value, str) else value
            for name, value in self.details.items()
        }
        return {"code": self.code, "message": str(self), "details": details}


class StandardError(OctomeError):
    """The data of the Standard does not have the answer."""

    code = "standard"


class UnknownPath(StandardError, KeyError):
    """There is no page at this path in this edition; `details` holds the nearest paths."""

    code = "unknown-path"


class UnknownEdition(StandardError, LookupError):
    """The store does not have this edition."""

    code = "unknown-edition"


class UnknownOption(StandardError, ValueError):
    """A page has no such order, group or kind; `details` holds the known ones."""

    code = "unknown-option"


class StoreUnavailable(StandardError, OSError):
    """The store could not be compiled, opened or written."""

    code = "store-unavailable"


class EditionBeingPrepared(StandardError, RuntimeError):
    """An edition is being compiled in another process; `details` has the step and the share."""

    code = "edition-being-prepared"


class SyncFailed(StandardError, OSError):
    """An edition could not be fetched, added or kept; nothing else is changed."""

    code = "sync-failed"


class AcquisitionError(OctomeError):
    """A scan does not have what was requested."""

    code = "acquisition"


class ShapeMismatch(AcquisitionError, ValueError):
    """Shapes of arrays disagree, or an axis is too short."""

    code = "shape-mismatch"


class TooFewRepeats(AcquisitionError, ValueError):
    """Flow needs two or more repeats of each B-scan."""

    code = "too-few-repeats"


class SurfaceMissing(AcquisitionError, LookupError):
    """A slab needs a surface that was not found."""

    code = "surface-missing"


class UnknownName(AcquisitionError, LookupError):
    """There is no method, slab, surface or variant of this name; `details` holds the known ones."""

    code = "unknown-name"


class AcquisitionUnreadable(AcquisitionError, OSError):
    """A file is not an acquisition, or is damaged."""

    code = "acquisition-unreadable"


class AcquisitionUnwritable(AcquisitionError, OSError):
    """A file could not be written; no partial file is left."""

    code = "acquisition-unwritable"


class DeviceFileUnreadable(AcquisitionError, OSError):
    """A vendor file is damaged, or its format is unknown."""

    code = "device-file-unreadable"


class SpacingUnknown(AcquisitionError, ValueError):
    """A vendor file does not state the spacing of its samples."""

    code = "spacing-unknown"


class SeriesUnknown(AcquisitionError, LookupError):
    """A vendor file holds several scans and none was chosen, or has no scan of that number."""

    code = "series-unknown"


class PackageMissing(OctomeError, ImportError):
    """An optional package is needed and not installed."""

    code = "package-missing"


class InstanceError(OctomeError):
    """A DICOM instance cannot be read, created or stored."""

    code = "instance"


class InstanceUnreadable(InstanceError, OSError):
    """A file is not a DICOM instance, is damaged, or has another SOP Class than needed."""

    code = "instance-unreadable"


class NotAnInstance(InstanceUnreadable):
    """A file could be read, and is not a DICOM instance."""

    code = "not-an-instance"


class InstanceUnwritable(InstanceError, OSError):
    """A file could not be written; no partial file is left."""

    code = "instance-unwritable"


class InstanceConflict(InstanceUnwritable):
    """A folder holds another data set with the same SOP Instance UID; it is not changed."""

    code = "instance-conflict"


class MissingFact(InstanceError, ValueError):
    """A value that the Standard requires is missing or not allowed; `details` has its name."""

    code = "missing-fact"


class InstancesDisagree(InstanceError, ValueError):
    """Instances contradict each other: different frames of reference, studies, eyes or sizes."""

    code = "instances-disagree"


class NothingThere(InstanceError, ValueError):
    """An image would have no pixel with a value."""

    code = "nothing-there"


class DerivationStopped(InstanceError, RuntimeError):
    """What is missing in a study could not be made: its process ended or failed."""

    code = "derivation-stopped"


class ArchiveError(OctomeError):
    """Another system does not store or return instances."""

    code = "archive"


class ArchiveUnreachable(ArchiveError, OSError):
    """An address does not answer, or not with DICOM or DICOMweb."""

    code = "archive-unreachable"


class ArchiveRefused(ArchiveError, RuntimeError):
    """Another system answers with a failure."""

    code = "archive-refused"


class CertificateUnusable(ArchiveError, OSError):
    """A certificate or its key cannot be read or used."""

    code = "certificate-unusable"


class LoginUnreadable(ArchiveError, OSError):
    """The file with names and passwords cannot be read."""

    code = "login-unreadable"


class QueryUnusable(ArchiveError, ValueError):
    """A value cannot be looked for in an archive, or none is given."""

    code = "query-unusable"


class NothingMatches(ArchiveError, LookupError):
    """An archive has nothing that matches a query."""

    code = "nothing-matches"


class WorklistUnclear(ArchiveError, LookupError):
    """No item of a worklist matches, or several do."""

    code = "worklist-unclear"


class UploadRefused(OctomeError, ValueError):
    """An upload cannot be accepted: too large, without a file, or sent by another site's page."""

    code = "upload-refused"


class InspectionStopped(OctomeError, RuntimeError):
    """A file took too long or too much memory to inspect, or too many were waiting."""

    code = "inspection-stopped"


class ServerError(OctomeError):
    """The web server cannot start."""

    code = "server"


class PortTaken(ServerError, OSError):
    """The requested port is taken or not allowed."""

    code = "port-taken"
