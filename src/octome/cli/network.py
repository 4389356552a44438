"""The options of commands that talk with other systems."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from octome.cli.options import FILE
from octome.errors import UnknownName

if TYPE_CHECKING:
    import ssl

    from octome.archive.peer import Peer

Command = TypeVar("Command", bound=Callable[..., Any])


def network_options(command: Command) -> Command:
    """The titles of both sides, and TLS."""
    options = (
        click.option(
            "--calling-ae",
            default="OCTOME",
            show_default=True,
            help="Our Application Entity Title.",
        ),
        click.option("--called-ae", help="The title of the other system, if not in its address."),
        click.option("--tls", "with_tls", is_flag=True, help="DICOM over TLS."),
        click.option("--tls-ca", type=FILE, help="Certificates (PEM) of authorities to trust."),
        click.option("--tls-cert", type=FILE, help="Our certificate (PEM)."),
        click.option("--tls-key", type=FILE, help="Its key (PEM), if not in the same file."),
    )
    # The last decorator is the first in the help.
    for option in reversed(options):
        command = option(command)
    return command


def listening_options(command: Command) -> Command:
    """Where the other system reaches us."""
    port = click.option(
        "--listen-port",
        type=click.IntRange(1, 65535),
        default=11112,
        show_default=True,
        help="Where the other system connects to us.",
    )
    host = click.option(
        "--listen-host",
        help="The address to listen at; the one towards the other system if not given.",
    )
    return port(host(command))


def shown(address: str) -> str:
    """An address without what it must not hold."""
    name, at, rest = address.rpartition("@")
    return f"…@{rest}" if at and ":" in name.partition("://")[2] else address


def is_web(address: str) -> bool:
    """Whether an address is of a web service."""
    return address.lower().startswith(("http://", "https://"))


def tls_of(address: str, options: dict[str, Any]) -> ssl.SSLContext | None:
    """What the options require of TLS; None for a connection without it."""
    files = {"ca": options["tls_ca"], "certificate": options["tls_cert"], "key": options["tls_key"]}
    if not options["with_tls"] and not any(files.values()):
        return None
    if address.lower().startswith("http://"):
        raise UnknownName("an address with http:// has no TLS: write https://")
    from octome.archive.certificate import tls_context

    return tls_context(**files)


def peer_of(address: str, options: dict[str, Any]) -> Peer:
    """The DICOM application at an address."""
    from octome.archive.peer import peer_at

    return peer_at(
        address,
        called=options["called_ae"],
        calling=options["calling_ae"],
        tls=tls_of(address, options),
    )
