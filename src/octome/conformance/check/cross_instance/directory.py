"""A DICOMDIR against the files of its folder (PS3.3 F.3, PS3.10 8.6)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from octome.conformance.check.cross_instance.instance_finding import (
    InstanceFinding,
    InstanceFindings,
)
from octome.conformance.check.cross_instance.instance_summary import (
    FileRecord,
    InstanceSummary,
)
from octome.conformance.rules.sop_class import DIRECTORY_NAME

SECTION = "PS3.3 F.3.2.2"


def files_of_a_directory(summaries: Sequence[InstanceSummary]) -> InstanceFindings:
    """Records name files that are there and state what they are; files without one are noted.

    Names are compared without capitals: some systems show those of a medium in small letters.
    """
    # A DICOMDIR is not in its own records.
    by_file = {one.file.casefold(): one for one in summaries if one.file_records is None}
    for one in summaries:
        if one.file_records is None or Path(one.file).name.upper() != DIRECTORY_NAME:
            continue
        named = {_name(one, record).casefold(): record for record in one.file_records}
        yield from _missing(one, [record for name, record in named.items() if name not in by_file])
        for name, record in named.items():
            if name in by_file:
                yield from _different(one, record, by_file[name])
        folder = Path(one.file).parent
        yield from _unlisted(
            one,
            [
                str(Path(other.file).relative_to(folder))
                for name, other in by_file.items()
                if folder in Path(other.file).parents and name not in named
            ],
        )


def _name(one: InstanceSummary, record: FileRecord) -> str:
    return str(Path(one.file).parent.joinpath(*record.file))


def _missing(one: InstanceSummary, missing: Sequence[FileRecord]) -> InstanceFindings:
    """One finding for all; a note if no file is there, as of a DICOMDIR that was copied alone."""
    if not missing:
        return
    all_files = {record.file for record in one.file_records or ()}
    is_alone = len(missing) == len(all_files)
    first = "/".join(missing[0].file)
    yield InstanceFinding(
        instance=one,
        code="directory-file-missing",
        outcome="note" if is_alone else "violation",
        path=f"{missing[0].path}.ReferencedFileID",
        message=f"{len(missing):,} of {len(all_files):,} files that it names are not there, or "
        f"are not instances; the first is {first}",
        fix="Check it in its folder" if is_alone else "Add the files, or remove their records",
        section=SECTION,
    )


def _unlisted(one: InstanceSummary, unlisted: Sequence[str]) -> InstanceFindings:
    """One note for all: a DICOMDIR may be without records, but most profiles of PS3.11 want all."""
    if unlisted:
        yield InstanceFinding(
            instance=one,
            code="directory-file-unlisted",
            outcome="note",
            path="DirectoryRecordSequence",
            message=f"{len(unlisted):,} instances of its folder have no record; the first is "
            f"{unlisted[0]}",
            fix="Add records of them to the DICOMDIR, or remove the files",
            section="PS3.10 8.6",
        )


def _different(
    one: InstanceSummary, record: FileRecord, other: InstanceSummary
) -> InstanceFindings:
    for keyword, stated, found in (
        ("ReferencedSOPClassUIDInFile", record.sop_class, other.sop_class),
        ("ReferencedSOPInstanceUIDInFile", record.instance, other.instance),
        ("ReferencedTransferSyntaxUIDInFile", record.transfer_syntax, other.transfer_syntax),
    ):
        if stated and found and stated != found:
            yield InstanceFinding(
                instance=one,
                code="directory-differs",
                path=f"{record.path}.{keyword}",
                message=f"it is {stated}, but {other.file} has {found}",
                fix="Write the record from the file",
                section=SECTION,
            )
