"""The options that take patient and study from a modality worklist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

import click

from octome.errors import MissingFact, WorklistUnclear

if TYPE_CHECKING:
    from octome.archive.worklist import WorklistItem

Command = TypeVar("Command", bound=Callable[..., Any])
# They come from the worklist, so they cannot be stated too.
TAKEN = ("patient_name", "patient_birth_date", "patient_sex", "study_uid", "study_id", "referring")
MOST_LISTED = 20
LONGEST_ID = 16  # characters of Study ID


def worklist_options(command: Command) -> Command:
    """Where the worklist is, and which item of it."""
    options = (
        click.option(
            "--worklist",
            metavar="AE@HOST:PORT",
            help="Take patient and study from this modality worklist, by --patient-id, --accession "
            "and the next three.",
        ),
        click.option("--worklist-station", default="", help="AE title of the scheduled station."),
        click.option("--worklist-date", default="", metavar="YYYY-MM-DD", help="Scheduled date."),
        click.option("--worklist-item", help="ID of the scheduled step, if several match."),
        click.option(
            "--calling-ae", default="OCTOME", show_default=True, help="Our title for the worklist."
        ),
    )
    # The last decorator is the first in the help.
    for option in reversed(options):
        command = option(command)
    return command


def from_worklist(options: dict[str, Any]) -> dict[str, Any]:
    """The options, with patient and study from the one item of the worklist that matches.

    Raises
    ------
    WorklistUnclear
        No item matches, or several do: they are listed.
    MissingFact
        Something is stated that the worklist states.
    """
    if options["worklist"] is None:
        for name in ("worklist_station", "worklist_date", "worklist_item"):
            if options[name]:
                raise MissingFact(
                    f"--{name.replace('_', '-')} needs --worklist", missing="worklist"
                )
        return options
    stated = [f"--{name.replace('_', '-')}" for name in TAKEN if options[name]]
    if stated:
        raise MissingFact(
            f"the worklist states {', '.join(stated)}: leave them out", missing="worklist"
        )
    from octome.archive.peer import peer_at
    from octome.archive.worklist import worklist

    peer = peer_at(options["worklist"], calling=options["calling_ae"])
    items = worklist(
        peer,
        patient_id=options["patient_id"],
        accession=options["accession"],
        station=options["worklist_station"],
        date=options["worklist_date"].replace("-", ""),
    )
    item = the_one(items, options["worklist_item"], str(peer))
    return options | {
        "patient_name": item.patient_name,
        "patient_id": item.patient_id,
        "patient_birth_date": item.patient_birth_date,
        "patient_sex": item.patient_sex if item.patient_sex in ("M", "F", "O") else "",
        "study_uid": item.study,
        "accession": item.accession,
        "study_id": item.procedure_id[:LONGEST_ID],
        "referring": item.referring,
        "study_description": item.procedure,
    }


def the_one(items: list[WorklistItem], step_id: str | None, worklist: str) -> WorklistItem:
    """The item that is meant; never a guess."""
    chosen = [each for each in items if step_id is None or each.step_id == step_id]
    if len(chosen) == 1:
        return chosen[0]
    listed = chosen or items
    lines = [str(each) for each in listed[:MOST_LISTED]]
    if len(listed) > MOST_LISTED:
        lines.append(f"and {len(listed) - MOST_LISTED} more")
    if not items:
        why = "no item matches"
    elif not chosen:
        why = f"no item that matches has the step ID {step_id!r}; there are"
    else:
        why = (
            f"{len(chosen)} items match: choose one with --worklist-item, or narrow with "
            "--patient-id, --accession, --worklist-station or --worklist-date"
        )
    raise WorklistUnclear(
        f"the worklist {worklist}: {why}",
        lines=lines,
        items=[asdict(each) for each in listed[:MOST_LISTED]],
    )
