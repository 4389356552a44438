"""Writes the conformance statement, under the headings of PS3.2, from what the code does."""

from __future__ import annotations

from importlib.metadata import version

from pydicom.uid import UID
from pynetdicom.sop_class import (
    ModalityWorklistInformationFind,
    StorageCommitmentPushModel,
    StudyRootQueryRetrieveInformationModelFind,
    StudyRootQueryRetrieveInformationModelGet,
    StudyRootQueryRetrieveInformationModelMove,
)

from octome.archive import (
    admission,
    association,
    peer,
    query,
    receiver,
    transcoding,
    web_service,
    web_source,
)
from octome.archive import worklist as worklist_client
from octome.dicom.implementation import IMPLEMENTATION_CLASS, IMPLEMENTATION_VERSION
from octome.instances.instance_kind import FUNDUS, KINDS, class_name
from octome.instances.secondary_capture import COPY_MODALITY, MULTIFRAME, SINGLE
from octome.instances.transfer_syntax import COMPRESSIONS

STATUSES = (
    (receiver.SUCCESS, "Success", "file and folder are on the disk, or it was already stored"),
    (receiver.OUT_OF_RESOURCES, "Refused", "it cannot be written: the disk is full, for example"),
    (receiver.OTHER_CLASS, "Error", "the data set has another SOP Class than the request"),
    (
        receiver.NOT_UNDERSTOOD,
        "Error",
        "the data set cannot be read, or has another or no valid UID",
    ),
    (receiver.CONFLICT, "Error", "another data set is stored under this SOP Instance UID"),
)


def conformance_statement() -> str:
    """The page."""
    return "\n\n".join(part.strip() for part in _parts()) + "\n"


def _parts() -> list[str]:
    return [
        _overview(),
        INTRODUCTION,
        MODEL,
        _receiving(),
        _sending(),
        _fetching(),
        _worklist(),
        INTERFACES,
        CONFIGURATION,
        MEDIA,
        _web(),
        CHARACTER_SETS,
        SECURITY,
        _objects(),
    ]


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _storage_rows(user: str, provider: str) -> list[tuple[str, ...]]:
    kinds = {kind.sop_class: kind for kind in (*KINDS, FUNDUS)}
    return [(class_name(uid), f"`{uid}`", user, provider) for uid in kinds]


def _overview() -> str:
    others = [
        (StudyRootQueryRetrieveInformationModelFind, "yes", "no"),
        (StudyRootQueryRetrieveInformationModelGet, "yes", "no"),
        (StudyRootQueryRetrieveInformationModelMove, "yes", "no"),
        (ModalityWorklistInformationFind, "yes", "no"),
        (StorageCommitmentPushModel, "yes", "no"),
        (receiver.VERIFICATION, "no", "yes"),
    ]
    rows = _storage_rows("yes", "yes")
    rows.append(("any other storage SOP Class, also private ones", "", "yes", "yes"))
    rows += [(UID(uid).name, f"`{uid}`", user, provider) for uid, user, provider in others]
    return f"""
# DICOM conformance statement

octome {version("octome")}. This page is made from the code by `python docs/make_docs.py`. Its
headings are those of PS3.2.

## Conformance statement overview

octome makes the instances of an OCT angiography study from a recording (`octome process`, `enface`,
`segment`), and exchanges instances of any class with other systems (`octome send`, `receive`,
`fetch`). It is software for development and research, not a medical device.

{_table(("SOP Class", "UID", "user (SCU)", "provider (SCP)"), rows)}

DICOMweb, as a client: Store, Search and Retrieve (STOW-RS, QIDO-RS, WADO-RS).
"""


INTRODUCTION = """
## Introduction

For those who connect octome to an archive, a modality or a viewer. It states what octome does;
whether another system works with it has to be tried. What the instances look like is in
[the chain](chain.md) and [the written attributes](written-attributes.md).

AE: application entity. SCU, SCP: user and provider of a service. B-scan: one frame of an OCT
volume.
"""

MODEL = """
## Implementation model

Each command is an application entity of its own, which runs while the command runs:

| application entity | command | activity |
| --- | --- | --- |
| Receiver | `octome receive FOLDER` | stores instances; derives what a study lacks (`--derive`) |
| Sender | `octome send PATHS TARGET` | stores instances; storage commitment (`--commit`) |
| Fetcher | `octome fetch SOURCE FOLDER` | queries and retrieves instances |
| Worklist user | `octome process … --worklist` | reads one step of a modality worklist |

Real-world activities follow one another: a scan is processed, its instances are sent. Nothing is
sent without a command.
"""


def _general(most: str) -> str:
    return f"""
#### Association policies

| | |
| --- | --- |
| application context | `1.2.840.10008.3.1.1.1` |
| maximum PDU size | {association.PDU_BYTES:,} bytes |
| associations at a time | {most} |
| asynchronous operations | no |
| implementation class UID | `{IMPLEMENTATION_CLASS}` |
| implementation version name | `{IMPLEMENTATION_VERSION}` |
"""


def _receiving() -> str:
    policy = receiver.ANYBODY
    rows = [(f"`{code:04X}`", kind, meaning) for code, kind, meaning in STATUSES]
    return f"""
## AE specifications

Files that octome writes have the same implementation class UID and version name.

### Receiver

Accepts associations for Verification and for storage, in any class and any transfer syntax
(registered or private). Data sets are stored as they come, byte for byte.
{_general(f"{policy.most} (`--max-associations`)")}
A sender beyond that waits for {admission.WAIT_SECONDS} s and is then rejected: transient, local
limit exceeded. At most {admission.MOST_SILENT} connections may be silent.

| | |
| --- | --- |
| AE title | `OCTOME`, and senders may call any; with `--ae-title` they must call that one |
| calling AE titles | any, or those given by `--calling-ae` |
| time for the request of an association | {receiver.GREETING_SECONDS} s from the connection on |
| time without a message | {policy.timeout_seconds:g} s (`--timeout`) |
| the same where another sender waits | {admission.IDLE_SECONDS} s |

#### Responses to C-STORE

{_table(("status", "", "when"), rows)}

Error Comment says why. An instance is answered with success only when the file and its folder are
synced to the disk. An equal instance under a known UID is success and changes nothing; a different
one never replaces it.
"""


def _sending() -> str:
    lossless = "; ".join(UID(uid).name for uid in transcoding.LOSSLESS)
    return f"""
### Sender
{_general("1")}
| | |
| --- | --- |
| calling AE title | `OCTOME` (`--calling-ae`) |
| called AE title | in `TITLE@HOST:PORT`, or `--called-ae`; otherwise `{peer.ANY_TITLE}` |
| time to wait for the other system | {association.SECONDS} s, and longer for large instances |
| presentation contexts | a class with its syntax, and with uncompressed ones |
| presentation contexts in one association | at most {association.MOST_CONTEXTS} |

Data sets are sent byte for byte. Where the other system accepts a class only uncompressed, pixels
that are compressed without loss are decompressed and sent in Explicit or Implicit VR Little Endian:
{lossless}.

Other compressed pixels are not sent, and the reason is printed.

#### Responses to a status

| status | what octome does |
| --- | --- |
| success | counts the instance as stored |
| warning (`Bxxx`) | counts it as stored and prints the warning |
| refused, error | counts it as not stored, prints status and Error Comment, goes on |
| no response | counts it and those after it as not stored |

The exit status is 2 if an instance was not stored.

#### Storage commitment

With `--commit`, one N-ACTION for what was stored. The N-EVENT-REPORT is taken on the same
association or on a new one to `--listen-port`, within `--commit-seconds`. An instance that the
report does not name as committed counts as failed.
"""


def _fetching() -> str:
    return f"""
### Fetcher
{_general("1, and one more that it accepts for C-MOVE")}
Queries in the study root model, study by study, then series, then instances:

{
        _table(
            ("level", "keys"),
            [
                ("STUDY", ", ".join((*query.STUDY_KEYS, "ModalitiesInStudy"))),
                ("SERIES", ", ".join(query.SERIES_KEYS)),
                ("IMAGE", ", ".join(query.IMAGE_KEYS)),
            ],
        )
    }

Retrieves instance by instance by C-GET, in the transfer syntax that the other system has, or by
C-MOVE (`--move`) to itself, for which the other system must know AE title, address and port. At
most {query.MOST_ANSWERS:,} answers to one query and {
        query.MOST_INSTANCES:,} instances in all. An instance
that is already in the folder is not retrieved again.
"""


def _worklist() -> str:
    keys = ", ".join((*worklist_client.KEYS, *worklist_client.STEP_KEYS))
    return f"""
### Worklist user
{_general("1")}
One query with these keys: {keys}.

It matches by patient ID, accession number, station AE title and start date. If more
than one step matches, octome lists them and stops. What it takes into the instances: patient, study
UID, accession number, referring physician, requested procedure.
"""


INTERFACES = """
## Network and physical interfaces

TCP/IP, as the operating system has it. The receiver listens on this machine only
unless `--host` allows others.
"""

CONFIGURATION = """
## Configuration

By the options of each command ([all commands](cli.md)); there is no configuration file and no
remote configuration. AE titles, addresses, ports, time limits and certificates are options.
"""

MEDIA = """
## Media interchange

octome reads DICOM files (PS3.10) and the files of a DICOMDIR. It writes DICOM files, and no
DICOMDIR.
"""


def _web() -> str:
    return f"""
## DICOMweb services

octome is a client (`octome send`, `fetch` and `check` with an address that begins with http).

| service | requests |
| --- | --- |
| Store (STOW-RS) | `POST /studies`: one instance for each request, as it is stored |
| Search (QIDO-RS) | `GET` of `/studies`, of the series of a study, of the instances of a series |
| Retrieve (WADO-RS) | `GET` of an instance; for `check` of a study, and of its metadata |

Instances are retrieved as `{web_source.AS_STORED}`, answers to
a search as `application/dicom+json`, {web_source.PAGE:,} at a time. Answers are waited for
{web_service.SECONDS} s. HTTP Basic authentication with a name and a password from `~/.netrc` or the
keyring. octome provides no DICOMweb service.
"""


CHARACTER_SETS = """
## Support of character sets

Written: `ISO_IR 192` (UTF-8). An instance that octome derives from another one keeps the Specific
Character Set of that instance. Read: all of PS3.3 C.12.1.1.2 that pydicom decodes, with code
extensions. Stored and sent data sets are not changed.
"""

SECURITY = """
## Security

| | |
| --- | --- |
| TLS of DICOM | `--tls`, `--tls-ca`, `--tls-cert`, `--tls-key` |
| TLS of DICOMweb | https, with the same certificates |
| versions and ciphers of TLS | those of OpenSSL on the machine; no profile of PS3.15 B is claimed |
| received files | readable by their owner alone |
| audit trail, digital signatures | none |
"""


def _objects() -> str:
    names = ", ".join(COMPRESSIONS)
    rows = [(kind.letter, class_name(kind.sop_class), kind.modality) for kind in KINDS]
    copies = (SINGLE, *MULTIFRAME.values())
    rows += [("copy", class_name(uid), COPY_MODALITY) for uid in copies]
    return f"""
## Annexes

### Instances that octome writes

In Explicit VR Little Endian, or compressed without loss on request ({names}).

{_table(("", "IOD", "modality"), rows)}

[Each attribute, and where its value comes from](written-attributes.md).
[Copies](chain.md#copies-for-other-viewers) are written by `octome export`, never compressed.

No attribute is coerced: what is received, sent or fetched is not changed.

### Private attributes

Private elements of [Raw Data](raw-data.md) and of [surfaces](surface-confidence.md), with their
creators and VRs.

### Standard extended, specialized and private SOP Classes

The en face image has a place in space in the older profile too
([both profiles](en-face-profiles.md)). No specialized or private SOP Class is written.
"""
