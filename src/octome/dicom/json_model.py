"""Instances as JSON: one, or a list of them (PS3.18 F.2)."""

from __future__ import annotations

import json
from typing import Any

from octome.errors import InstanceUnreadable

Instance = dict[str, Any]


def json_instances(content: bytes, name: str) -> list[Instance]:
    """The instances of a JSON file.

    Raises
    ------
    InstanceUnreadable
        It is not JSON, or has something else than instances.
    """
    try:
        found = json.loads(content)
    except RecursionError as error:
        raise _unreadable(name, "it is nested too deeply") from error
    except ValueError as error:
        raise _unreadable(name, f"it is not JSON: {error}") from error
    instances = found if isinstance(found, list) else [found]
    if not instances:
        raise _unreadable(name, "it is an empty list, without an instance")
    if not all(isinstance(each, dict) for each in instances):
        raise _unreadable(name, "it has something else than instances")
    return instances


def _unreadable(name: str, why: str) -> InstanceUnreadable:
    return InstanceUnreadable(f"cannot read {name}: {why}", path=name)
