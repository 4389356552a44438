"""The command that shows a study as a tree."""

from __future__ import annotations

import json
from pathlib import Path

import click

from octome.cli.options import FILE, json_option


@click.command()
@click.argument("study", type=FILE)
@json_option
def tree(study: Path, *, as_json: bool) -> None:
    """Show the instances in the folder STUDY by series, and what each points at and why."""
    from octome.pipeline.study_tree import as_data, as_lines, study_tree

    leaves = study_tree(study)
    if as_json:
        click.echo(json.dumps(as_data(leaves), indent=2))
        return
    for line in as_lines(leaves):
        click.echo(line)
