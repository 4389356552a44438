"""The command that shows a study as a tree."""

from __future__ import annotations

from pathlib import Path

import click

from octome.cli.options import FILE, json_option
from octome.cli.output import print_json, print_lines


@click.command()
@click.argument("study", type=FILE)
@json_option
def tree(study: Path, *, as_json: bool) -> None:
    """List the instances in the folder STUDY by patient, study, eye and series.

    Each is listed with what it refers to. Long UIDs are shown as their last digits; --json has
    them whole.
    """
    from octome.pipeline.study_tree import as_data, as_lines, study_tree

    leaves = study_tree(study)
    if as_json:
        print_json(as_data(leaves))
        return
    print_lines(as_lines(leaves))
