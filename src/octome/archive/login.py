"""Names and passwords of web services: from a netrc file or the keyring of the system."""

from __future__ import annotations

import netrc
import os
from importlib import import_module
from pathlib import Path
from typing import Any

from octome.errors import LoginUnreadable


def login_for(host: str, user: str = "") -> tuple[str, str] | None:
    """The name and password for a host; None if none is kept.

    Parameters
    ----------
    host : str
    user : str
        The name, if it is known.

    Raises
    ------
    LoginUnreadable
        The netrc file cannot be read.
    """
    return _from_netrc(host, user) or _from_keyring(host, user)


def _from_netrc(host: str, user: str) -> tuple[str, str] | None:
    path = Path(os.environ.get("NETRC") or Path.home() / ".netrc")
    if not path.exists():
        return None
    try:
        found = netrc.netrc(path).authenticators(host)
    # A message of the parser may hold a password.
    except (OSError, netrc.NetrcParseError, UnicodeDecodeError) as error:
        line = f" (line {error.lineno})" if isinstance(error, netrc.NetrcParseError) else ""
        raise LoginUnreadable(
            f"{path} is not a readable netrc file{line}", path=str(path)
        ) from None
    if found is None or (user and found[0] != user):
        return None
    return found[0], found[2] or ""


def _from_keyring(host: str, user: str) -> tuple[str, str] | None:
    """From the package keyring, where it is installed and has a keyring to ask."""
    try:
        keyring: Any = import_module("keyring")
    except ModuleNotFoundError:
        return None
    try:
        found = keyring.get_credential(host, user or None)
    except keyring.errors.KeyringError:
        return None
    return (found.username, found.password) if found else None
