"""Writes the trained network as the file that octome carries.

python training/segmentation/export.py WEIGHTS src/octome/octa/segmentation/surfaces.onnx
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from network import SurfaceNetwork


def main() -> None:
    """Read the weights, write ONNX."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    network = SurfaceNetwork()
    network.load_state_dict(torch.load(given.weights))
    network.eval()
    torch.onnx.export(
        network,
        (torch.zeros(2, 1, 64, 96),),
        str(given.out),
        input_names=["ranks"],
        output_names=["chance"],
        dynamic_axes={"ranks": {0: "n", 2: "x", 3: "z"}, "chance": {0: "n", 2: "x", 3: "end"}},
        opset_version=17,
        dynamo=False,
    )


if __name__ == "__main__":
    main()
