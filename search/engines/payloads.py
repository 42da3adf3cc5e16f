"""Hits as they are stored: each compressed by itself, by what the hits have in common.

The names of all fields and the usual values stand in `data/payload.txt`, so that a hit takes
half the bytes and less time. Who changes that file raises `SCHEMA_VERSION`.
"""

import zlib
from importlib.resources import files
from typing import Final

from search.engines.damage import DamageError

_LEVEL: Final = 1
COMMON: Final = files("search").joinpath("data/payload.txt").read_text("utf-8").replace("\n", "")
_COMMON: Final = COMMON.encode()


def packed(payload: str) -> bytes:
    """Return a hit as it is stored."""
    packing = zlib.compressobj(_LEVEL, zdict=_COMMON)
    return packing.compress(payload.encode()) + packing.flush()


def unpacked(data: bytes) -> bytes:
    """Return a stored hit; raise `DamageError` or `zlib.error` where it is not whole."""
    unpacking = zlib.decompressobj(zdict=_COMMON)
    payload = unpacking.decompress(data)
    if not unpacking.eof or unpacking.unused_data:
        raise DamageError
    return payload
