"""A device's layers as surfaces by octome's names."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from octome.octa.surface import SURFACE_NAMES, SurfaceMaps

# Heidelberg's names of lines. Its RPE is the inner border of that layer; octome's is the centre:
# they are different surfaces. PR1 is the line between inner and outer segments.
HEIDELBERG = {
    "ILM": "ILM",
    "RNFL": "RNFL",
    "GCL": "GCL",
    "IPL": "IPL",
    "INL": "INL",
    "OPL": "OPL",
    "ELM": "ELM",
    "PR1": "EZ",
    "BM": "BM",
}

# HEYEX marks an A-scan without a line by 3e38 or the largest float.
_MISSING_ROW = 1e30


def surface_maps(
    lines: Mapping[str, NDArray[np.floating]], names: Mapping[str, str]
) -> SurfaceMaps | None:
    """The lines of a file that are surfaces of octome, from the vitreous downwards.

    Parameters
    ----------
    lines : mapping of float, (B, X)
        Rows by the vendor's name; a very large or negative row means that there is no line.
    names : mapping
        The vendor's name -> a name of `octome.octa.surface.SURFACE_NAMES`.

    Returns
    -------
    surfaces : SurfaceMaps or None
        Confidence is 1 wherever the device drew the line: files do not state its certainty. A line
        without any row, or at row 0 throughout, was not drawn. None if no line is left.
    """
    rows = {}
    for line, values in lines.items():
        drawn = (values >= 0) & (values < _MISSING_ROW)
        if line in names and np.any(values[drawn] > 0):
            rows[names[line]] = np.where(drawn, values, np.nan).astype(np.float32)
    if not rows:
        return None
    ordered = {name: rows[name] for name in SURFACE_NAMES if name in rows}
    confidence = {name: np.isfinite(row).astype(np.float32) for name, row in ordered.items()}
    return SurfaceMaps(ordered, confidence)
