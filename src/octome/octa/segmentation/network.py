"""Where each surface may lie in each column, from a network trained on simulated eyes.

`training/segmentation` makes it: a small U-Net whose result is a distribution over the rows of a
column for each surface, and the chance that the surface is absent there. It sees ranks on one grid
of depth and width, so that neither grey nor spacing matters much.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from octome.octa.acquisition import Float32
from octome.octa.segmentation.canonical import UNRECORDED

MULTIPLE = 32  # of rows and columns: the network halves them five times
LOWEST, HIGHEST, LEVELS = UNRECORDED, 1.0, 170.0  # of the ranks that it knows, in 8 bits


@cache
def _session() -> Any:
    # Imported here: only segmentation needs it.
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # B-scans are shared among the cores
    model = files("octome.octa.segmentation").joinpath("surfaces.onnx").read_bytes()
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def surface_chances(bscan: Float32) -> tuple[Float32, Float32]:
    """The chances of the surfaces of one B-scan on the canonical grid.

    Parameters
    ----------
    bscan : float32, (X, Z)
        Ranks, as `CanonicalGrid.drawn` gives them; Z is a multiple of 32.

    Returns
    -------
    chance : float32, (S, X, Z)
        Of each surface, from the ILM down, lying in each row of a column, if it is there; natural
        logarithm.
    absent : float32, (S, X)
        That it is not there, 0 to 1.
    """
    width, depth = bscan.shape
    seen = np.clip(bscan, LOWEST, HIGHEST)
    padded = np.empty((whole(width), depth), np.float32)
    padded[:width] = np.rint((seen - LOWEST) * LEVELS) / LEVELS + LOWEST
    # Beyond the last A-scan: as the last, so that it is no edge.
    padded[width:] = padded[width - 1]
    found = _session().run(None, {"ranks": padded[None, None]})[0][0, :, :width]
    absent = np.exp(found[..., -1])
    return found[..., :-1] - np.log(np.maximum(1 - absent, 1e-6))[..., None], absent


def whole(count: int) -> int:
    """The next count of rows or columns that the network takes."""
    return -(-count // MULTIPLE) * MULTIPLE
