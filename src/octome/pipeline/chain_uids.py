"""The UIDs of a chain, which follow from its acquisition and its parameters.

The same acquisition, patient and parameters give the same study, frame of reference, series and
instances, byte for byte; other parameters give other instances in other series of that study.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pydicom.uid import UID

from octome.instances.composite import Reference
from octome.instances.instance_kind import FLOW, RAW, STRUCTURE
from octome.instances.uid import derived_uid
from octome.pipeline.step import InstanceStep, Step, digest_of, step_keys
from octome.pipeline.steps.recorded import RawDataParameters

Reserved = Callable[[str, UID], UID]
"""The UID that a name got when the chain began; the given one where it begins now."""


def with_uids(
    steps: Sequence[Step], chain: str, reserved: Reserved = lambda _name, uid: uid
) -> list[Step]:
    """The steps of a plan, each with the UIDs of its series and its instance.

    Parameters
    ----------
    steps : sequence of Step
    chain : str
        Identifies the acquisition and what all its instances state.
    reserved : callable, optional
        For the volumes that Raw Data refers to: it is written once, and other parameters later
        give other volumes.
    """
    keys = step_keys(steps)
    found = [
        _with_uids(step, chain, keys) if isinstance(step, InstanceStep) else step for step in steps
    ]
    volumes = tuple(
        _first(step, reserved)
        for step in found
        if isinstance(step, InstanceStep) and step.kind in (STRUCTURE, FLOW)
    )
    return [_raw(step, chain, volumes) for step in found]


def _raw(step: Step, chain: str, volumes: tuple[Reference, ...]) -> Step:
    """Raw Data with references to the volumes of later steps; any other step as it is."""
    if not isinstance(step, InstanceStep) or step.kind is not RAW:
        return step
    step = replace(step, parameters=RawDataParameters(volumes))
    return _with_uids(step, chain, step_keys([step]))


def _first(step: InstanceStep[object], reserved: Reserved) -> Reference:
    instance, series = step.series.sop_instance, step.series.uid
    assert instance is not None  # noqa: S101  (it has just got one)
    name = step.kind.name
    return Reference(
        step.kind.sop_class,
        reserved(f"first {name}", instance),
        reserved(f"series of the first {name}", series),
    )


def _with_uids(
    step: InstanceStep[object], chain: str, keys: Mapping[str, str]
) -> InstanceStep[object]:
    shared, key = step.shared_series, keys[step.name]
    series_key = key
    if shared is not None:
        series_key = digest_of([shared.parameters, [keys[name] for name in shared.steps]])
    series = derived_uid("series", chain, step.kind.name, series_key)
    # What it only refers to is in its bytes, but not in its key.
    instance = derived_uid("instance", str(series), key, *sorted(step.references))
    return replace(step, series=replace(step.series, uid=series, sop_instance=instance))
