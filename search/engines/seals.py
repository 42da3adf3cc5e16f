"""Seals: the CRC-32 behind what is written once, so that bytes changed or cut off are never read.

A file is looked at when it is first opened in a process; it does not change after.
"""

import mmap
import os
import zlib
from functools import lru_cache
from pathlib import Path
from typing import Final

from search.engines.damage import DamageError

SIZE: Final = 4
"""Bytes of a seal."""


def sealed(data: bytes) -> bytes:
    """Return bytes with their seal."""
    return data + _seal(data)


def opened(data: bytes) -> bytes:
    """Return bytes without their seal; raise `DamageError` where it is not theirs."""
    body = data[:-SIZE]
    if _seal(body) != data[-SIZE:]:
        raise DamageError
    return body


def seal(path: Path) -> None:
    """Put the seal behind a file, which is whole now."""
    with path.open("r+b") as file:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            mark = _seal(data)
        file.seek(0, os.SEEK_END)
        file.write(mark)


def check(path: Path) -> None:
    """Raise `DamageError` where a file is not what was sealed."""
    now = path.stat()
    _check(path, now.st_ino, now.st_size, now.st_mtime_ns)


@lru_cache(maxsize=4096)
def _check(path: Path, inode: int, size: int, changed: int) -> None:
    """Look at a file as it is now; what changed it shows in the numbers."""
    if size < SIZE:
        raise DamageError(path)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        with memoryview(data) as view, view[:-SIZE] as body:
            found = _seal(body)
        if found != data[-SIZE:]:
            raise DamageError(path)


def _seal(data: bytes | memoryview | mmap.mmap) -> bytes:
    return zlib.crc32(data).to_bytes(SIZE, "little")
