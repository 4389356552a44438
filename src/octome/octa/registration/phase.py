"""Bulk phase: what the eye's motion adds to the phase of a whole A-scan.

A tenth of a micrometre along the beam turns the phase by a radian and more, long before any row is
crossed; vessels can be seen in complex data only once it is removed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from octome.octa.acquisition import Complex64
from octome.octa.kernel import kernel


def bulk_phase(reference: Complex64, repeat: Complex64) -> NDArray[np.float64]:
    """The phase shift of each A-scan of `repeat` against `reference`.

    The angle of the sum over depth of ``conj(reference) * repeat``: bright tissue, which is mostly
    static, outweighs vessels and noise. A-scans are not smoothed: neighbours are turned apart by
    true motion, a few degrees between any two.

    Parameters
    ----------
    reference, repeat : complex64, (Z, X)
        Two repeats of a B-scan, axially registered.

    Returns
    -------
    phase : float64, (X,)
        rad, within -pi..pi; 0 where there is nothing.

    References
    ----------
    White et al. 2003, https://doi.org/10.1364/OE.11.003490, remove bulk motion by the histogram of
    phase differences; the weighted sum needs no bins.

    Examples
    --------
    >>> tissue = np.ones((4, 2), np.complex64)
    >>> bulk_phase(tissue, tissue * np.complex64(1j)).round(3).tolist()
    [1.571, 1.571]
    """
    total = np.zeros((2, reference.shape[1]), np.float64)
    _sum(np.ascontiguousarray(reference), np.ascontiguousarray(repeat), total)
    return np.asarray(np.arctan2(total[1], total[0]))


@kernel
def _sum(reference, repeat, total):  # type: ignore[no-untyped-def]
    for z in range(reference.shape[0]):
        for x in range(reference.shape[1]):
            a, b = reference[z, x], repeat[z, x]
            total[0, x] += a.real * b.real + a.imag * b.imag
            total[1, x] += a.real * b.imag - a.imag * b.real
