"""Options that several commands share."""

from __future__ import annotations

import click
from click.testing import CliRunner

from octome.cli.options import json_option, words_of


def test_bytes_that_are_not_text_are_replaced() -> None:
    assert words_of("a\udcff") == "a?"


def test_json_is_remembered_for_errors() -> None:
    @click.command()
    @json_option
    @click.pass_context
    def command(ctx: click.Context, *, as_json: bool) -> None:
        click.echo(f"{as_json} {ctx.find_root().obj}")

    assert CliRunner().invoke(command, ["--json"]).output == "True json\n"
    assert CliRunner().invoke(command, []).output == "False None\n"
