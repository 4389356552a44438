"""Another DICOM application on the network, and how it is reached."""

from __future__ import annotations

import re
import socket
import ssl
from dataclasses import dataclass

from octome.errors import ArchiveUnreachable, UnknownName

ANY_TITLE, OUR_TITLE = "ANY-SCP", "OCTOME"
TITLE = re.compile(r"(?=.*[^ ])[ -\[\]-~]{1,16}")  # PS3.5 6.2, AE
ADDRESS = re.compile(
    r"(?:dicom://)?(?:(?P<title>[^@]{1,16})@)?"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^@:/\[\]]+):(?P<port>\d{1,5})/?"
)


@dataclass(frozen=True, kw_only=True)
class Peer:
    """An application entity: its address, its title, and ours.

    Raises
    ------
    ArchiveUnreachable
        A title is not an Application Entity Title.
    """

    host: str
    port: int
    called: str = ANY_TITLE
    calling: str = OUR_TITLE
    tls: ssl.SSLContext | None = None
    """None for a connection without TLS."""

    def __post_init__(self) -> None:
        checked_title(self.calling)
        checked_title(self.called)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.called}@{host}:{self.port}"


def peer_at(
    address: str,
    *,
    called: str | None = None,
    calling: str = OUR_TITLE,
    tls: ssl.SSLContext | None = None,
) -> Peer:
    """The application at an address such as ``ORTHANC@localhost:4242``.

    Parameters
    ----------
    address : str
        With or without a title, and with or without ``dicom://``.
    called : str, optional
        Its title, in place of the one in the address.

    Raises
    ------
    UnknownName
        It is not such an address.
    ArchiveUnreachable
        A title is not an Application Entity Title.
    """
    found = ADDRESS.fullmatch(address)
    if found is None or not 0 < int(found["port"]) < 65536:
        raise UnknownName(
            f"{address!r} is not an address: write host:port or AET@host:port, with a port from 1 "
            "to 65535, or http://...",
            found=address,
        )
    return Peer(
        host=found["host"].strip("[]"),
        port=int(found["port"]),
        called=called or found["title"] or ANY_TITLE,
        calling=calling,
        tls=tls,
    )


def address_towards(peer: Peer) -> str:
    """Our address on the network that leads to a peer; the loopback one for this machine.

    Raises
    ------
    ArchiveUnreachable
        The name of its host is not known.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            peer.host, peer.port, type=socket.SOCK_DGRAM
        )[0]
        with socket.socket(family, kind) as probe:
            probe.connect(address)  # of a datagram socket: nothing is sent
            return str(probe.getsockname()[0])
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise ArchiveUnreachable(f"no way to {peer}: {why}", host=peer.host) from error


def checked_title(title: str) -> str:
    """An Application Entity Title.

    Raises
    ------
    ArchiveUnreachable
        It is not one.
    """
    if TITLE.fullmatch(title) is None:
        raise ArchiveUnreachable(
            f"{title!r} is not an Application Entity Title: 1 to 16 ASCII characters, no backslash",
            title=title,
        )
    return title
