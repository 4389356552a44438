"""Writes `docs/cli.md` from the commands' own help: `python docs/make_cli.py`."""

from pathlib import Path

from click.testing import CliRunner

from octome.cli import main

INTRODUCTION = """# Commands

Every command that answers takes `--json`. Exit status: 0 done, 2 it could not do what was asked,
with one line on standard error. This page is made by `python docs/make_cli.py`.

Completion of commands and paths: `eval "$(_OCTOME_COMPLETE=bash_source octome)"` in `~/.bashrc`,
`eval "$(_OCTOME_COMPLETE=zsh_source octome)"` in `~/.zshrc`, or for fish
`_OCTOME_COMPLETE=fish_source octome | source`.
"""


def write() -> None:
    """Write the page anew."""
    parts = [INTRODUCTION]
    for name in main.commands:
        text = CliRunner().invoke(main, [name, "--help"], prog_name="octome").output
        parts.append(f"## octome {name}\n\n```\n{text.strip()}\n```\n")
    Path(__file__).with_name("cli.md").write_text("\n".join(parts), "utf-8")


if __name__ == "__main__":
    write()
