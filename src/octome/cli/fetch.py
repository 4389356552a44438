"""The command that fetches instances from an archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from octome.cli.network import is_web, listening_options, network_options, peer_of, shown, tls_of
from octome.cli.options import FILE, json_option
from octome.cli.output import Update, print_json, progress
from octome.errors import ArchiveRefused, NothingMatches, OctomeError

if TYPE_CHECKING:
    from octome.archive.fetching import Deliverer, Fetched
    from octome.archive.query import Match, Query, Source


@click.command()
@click.argument("source")
@click.argument("out", type=FILE)
@click.option("--patient-id", default="", help="May have the wildcards * and ?.")
@click.option("--study", default="", help="Study Instance UID.")
@click.option("--accession", default="", help="Accession Number.")
@click.option("--date", default="", metavar="DATE", help="2026-01-31, or 2026-01-01..2026-01-31.")
@click.option("--modality", default="", help="Of the series: OPT, or OPT,OP.")
@click.option("--dry-run", is_flag=True, help="Only list what would be fetched.")
@click.option("--move", is_flag=True, help="C-MOVE to --listen-port, in place of C-GET.")
@network_options
@listening_options
@json_option
def fetch(source: str, out: Path, *, as_json: bool, **options: Any) -> None:
    """Fetch instances from SOURCE into the folder OUT.

    SOURCE is a DICOMweb server, such as http://localhost:8042/dicom-web (QIDO-RS, WADO-RS), or a
    DICOM archive, such as ORTHANC@localhost:4242 (C-FIND, C-GET). OUT has the folders of octome
    receive. What is there is not fetched again, so an interrupted fetch continues. Every instance
    appears whole or not at all.
    """
    from octome.archive.fetching import fetch as run
    from octome.archive.folder import InstanceFolder
    from octome.archive.query import matches

    query = query_of(options)
    fetched: list[Fetched] = []
    is_stopped, why = False, ""
    with progress(f"Fetching from {shown(source)}") as update, ExitStack() as opened:
        archive, deliverer = archive_of(source, out, options, opened)
        found = listed(matches(archive, query), update)
        if not found:
            raise NothingMatches(f"{shown(source)}: no instance matches")
        if options["dry_run"]:
            folder = InstanceFolder(out)
        else:
            folder = InstanceFolder(out)
            folder.create()

            def finish(one: Fetched) -> None:
                fetched.append(one)
                update(f"{len(fetched)} of {len(found)}", len(fetched) / len(found))

            try:
                run(deliverer(), found, folder, each=finish)
            except KeyboardInterrupt:
                is_stopped = True
            except OctomeError as error:
                if not fetched:
                    raise
                why = str(error)
    if options["dry_run"]:
        here = {each.sop_instance for each in found if folder.holding(each.sop_instance)}
        report_found(source, found, here, as_json=as_json)
        return
    report(source, fetched, len(found), as_json=as_json)
    if is_stopped:
        raise KeyboardInterrupt
    missing = len(found) - sum(each.path is not None for each in fetched)
    if missing:
        raise ArchiveRefused(
            f"{missing} of {len(found)} instances were not fetched" + (f": {why}" if why else ""),
            missing=missing,
        )


def query_of(options: dict[str, Any]) -> Query:
    """What to look for."""
    from octome.archive.query import Query

    return Query(
        patient_id=options["patient_id"],
        study=options["study"],
        accession=options["accession"],
        date=options["date"],
        modality=options["modality"],
    )


def archive_of(
    source: str, out: Path, options: dict[str, Any], opened: ExitStack
) -> tuple[Source, Callable[[], Deliverer]]:
    """What answers queries, and what delivers; by DICOMweb or DICOM, depending on the source."""
    if is_web(source):
        from octome.archive.web_service import WebService
        from octome.archive.web_source import WebSource

        web = WebSource(opened.enter_context(WebService(source, tls_of(source, options))))
        return web, lambda: web
    from octome.archive.dicom_get import Getter
    from octome.archive.dicom_move import Mover
    from octome.archive.dicom_source import DicomSource
    from octome.archive.peer import address_towards

    peer = peer_of(source, options)

    def deliverer() -> Deliverer:
        if not options["move"]:
            return opened.enter_context(Getter(peer))
        host = options["listen_host"] or address_towards(peer)
        return opened.enter_context(Mover(peer, out, host, options["listen_port"]))

    return opened.enter_context(DicomSource(peer)), deliverer


def listed(found: Any, update: Update) -> list[Match]:
    """All matches, with progress."""
    matches: list[Match] = []
    for match in found:
        matches.append(match)
        update(f"{len(matches)} found", 0.0)
    return matches


def report_found(source: str, found: list[Match], here: set[str], *, as_json: bool) -> None:
    """Print what matches, by series."""
    if as_json:
        from dataclasses import asdict

        instances = [asdict(each) | {"is_here": each.sop_instance in here} for each in found]
        print_json({"source": shown(source), "instances": instances})
        return
    counts = Counter(each.series for each in found)
    done = Counter(each.series for each in found if each.sop_instance in here)
    study = ""
    for each in {match.series: match for match in found}.values():
        if each.study != study:
            study = each.study
            click.echo(
                f"patient {each.patient_id or 'not stated'}, {each.study_date or 'no date'}, "
                f"study {study}"
            )
        click.echo(
            f"  {each.modality:4} {counts[each.series]:4} instances, {done[each.series]} here"
            + (f"  {each.description}" if each.description else "")
        )
    click.echo(f"{shown(source)}: {len(found)} instances match, {len(here)} are here")


def report(source: str, fetched: list[Fetched], total: int, *, as_json: bool) -> None:
    """Print what was fetched, and what was not and why."""
    if as_json:
        instances = [
            {
                "sop_instance": each.match.sop_instance,
                "study": each.match.study,
                "outcome": each.outcome,
                "file": str(each.path) if each.path else None,
                "why": each.why,
            }
            for each in fetched
        ]
        print_json({"source": shown(source), "instances": instances})
        return
    counts = Counter(each.outcome for each in fetched)
    already = f", {counts['already here']} were here" if counts["already here"] else ""
    click.echo(f"{shown(source)}: {counts['fetched']} of {total} instances fetched{already}")
    for each in fetched:
        if each.outcome == "not fetched":
            click.echo(f"  not fetched: {each.match.sop_instance}: {each.why}")
