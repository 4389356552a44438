"""The size that a compressed frame states, read before anything is decoded."""

from __future__ import annotations

import struct

import imagecodecs
import numpy as np
import pytest

from octome.errors import InstanceUnreadable
from octome.instances.codestream import check_frame

FRAME = np.arange(12, dtype=np.uint16).reshape(3, 4)
ENCODED = {
    "jpeg-ls": bytes(imagecodecs.jpegls_encode(FRAME)),
    "jpeg-2000": bytes(imagecodecs.jpeg2k_encode(FRAME, level=0, codecformat="j2k")),
    "htj2k": bytes(imagecodecs.htj2k_encode(FRAME, reversible=True)),
}


@pytest.mark.parametrize("name", ENCODED)
def test_a_frame_of_the_stated_size_passes_and_another_is_refused(name: str) -> None:
    check_frame(ENCODED[name], (3, 4))
    with pytest.raises(InstanceUnreadable, match="states 3 x 4 pixels of 1 components"):
        check_frame(ENCODED[name], (4, 3))


def test_a_cut_frame_other_bytes_and_too_many_tiles_are_refused() -> None:
    with pytest.raises(InstanceUnreadable, match="cut short"):
        check_frame(ENCODED["jpeg-ls"][:-2], (3, 4))
    for other in (b"", b"\xff\xd9", b"GIF89a" * 20):
        with pytest.raises(InstanceUnreadable, match="JPEG-LS or JPEG 2000"):
            check_frame(other, (3, 4))
    tiled = bytearray(ENCODED["jpeg-2000"])
    struct.pack_into(">6I", tiled, 8, 4000, 3000, 0, 0, 1, 1)
    with pytest.raises(InstanceUnreadable, match="12000000 tiles"):
        check_frame(bytes(tiled), (3000, 4000))
