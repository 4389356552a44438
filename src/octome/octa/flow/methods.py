"""Every flow algorithm in one table, with the code of its family in context group 4270."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from octome.errors import UnknownName
from octome.octa.acquisition import Float32
from octome.octa.flow.amplitude import (
    correlation_mapping,
    decorrelation,
    ratio,
    speckle_variance,
)
from octome.octa.flow.phase import complex_difference, phase_variance
from octome.octa.flow.split_spectrum import split_spectrum_decorrelation

FlowAlgorithm = Literal[
    "decorrelation",
    "ssada",
    "omag",
    "speckle-variance",
    "correlation-mapping",
    "phase-variance",
    "ratio",
]
FLOW_ALGORITHMS: tuple[FlowAlgorithm, ...] = get_args(FlowAlgorithm)


@dataclass(frozen=True, kw_only=True)
class FlowMethod:
    """One algorithm: its name, what it needs, what it gives."""

    name: FlowAlgorithm
    meaning: str
    function: Callable[..., Float32]
    """Takes `(repeats, *, usable, noise_floor, out)` and gives `(B, Z, X)`."""
    code: str
    """Of its family, scheme DCM, context group 4270 (PS3.16)."""
    family: str
    needs_complex: bool
    amplitude_power: int
    """How it grows with the brightness of what moves: 0 not at all, 1 as amplitude, 2 as power."""
    saturation: float
    """What it gives for fully developed speckle that is new in each repeat, of mean amplitude 1."""
    doi: str | None


FLOW_METHODS: dict[str, FlowMethod] = {
    method.name: method
    for method in (
        FlowMethod(
            name="decorrelation",
            meaning="amplitude decorrelation",
            function=decorrelation,
            code="128252",
            family="OCT-A amplitude decorrelation",
            needs_complex=False,
            amplitude_power=0,
            saturation=0.2146,
            doi="10.1364/OE.20.004710",
        ),
        FlowMethod(
            name="ssada",
            meaning="split-spectrum amplitude decorrelation",
            function=split_spectrum_decorrelation,
            code="128252",
            family="OCT-A amplitude decorrelation",
            needs_complex=True,
            amplitude_power=0,
            saturation=0.2146,
            doi="10.1364/OE.20.004710",
        ),
        FlowMethod(
            name="omag",
            meaning="optical microangiography: complex difference",
            function=complex_difference,
            code="128253",
            family="OCT-A complex variance",
            needs_complex=True,
            amplitude_power=1,
            saturation=1.414,
            doi="10.1364/OE.18.008220",
        ),
        FlowMethod(
            name="speckle-variance",
            meaning="variance of amplitude",
            function=speckle_variance,
            code="128254",
            family="OCT-A speckle variance",
            needs_complex=False,
            amplitude_power=2,
            saturation=0.205,
            doi="10.1364/OL.33.001530",
        ),
        FlowMethod(
            name="correlation-mapping",
            meaning="correlation of small windows",
            function=correlation_mapping,
            code="128255",
            family="OCT-A correlation mapping",
            needs_complex=False,
            amplitude_power=0,
            saturation=0.89,
            doi="10.1364/BOE.2.001184",
        ),
        FlowMethod(
            # The context group has no code for phase variance; Doppler is its nearest family.
            name="phase-variance",
            meaning="variance of the phase change",
            function=phase_variance,
            code="128256",
            family="Doppler OCT-A",
            needs_complex=True,
            amplitude_power=0,
            saturation=2.0,
            doi="10.1364/OE.17.022190",
        ),
        FlowMethod(
            name="ratio",
            meaning="ratio of the lesser to the greater amplitude",
            function=ratio,
            code="128304",
            family="OCT-A one-sided ratio (lesser)",
            needs_complex=False,
            amplitude_power=0,
            saturation=0.429,
            doi=None,
        ),
    )
}


def flow_method(name: str) -> FlowMethod:
    """The algorithm of that name.

    Raises
    ------
    UnknownName
        There is none; the message lists the known names.

    Examples
    --------
    >>> flow_method("ssada").family
    'OCT-A amplitude decorrelation'
    """
    if name not in FLOW_METHODS:
        raise UnknownName(
            f"no flow method {name!r}; there are: {', '.join(FLOW_METHODS)}",
            found=name,
            known=list(FLOW_METHODS),
        )
    return FLOW_METHODS[name]
