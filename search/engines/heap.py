"""Bytes of records in one file that only grows: what a killed writer left at its end is cut off."""

import mmap
from pathlib import Path
from typing import IO


class Heap:
    """The first `length` bytes of a heap, as one commit sees them."""

    def __init__(self, path: Path, length: int) -> None:
        self._bytes: mmap.mmap | bytes = b""
        if length:
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), length, access=mmap.ACCESS_READ)

    def __getitem__(self, place: slice) -> bytes:
        return self._bytes[place]

    def close(self) -> None:
        """Release the file."""
        if isinstance(self._bytes, mmap.mmap):
            self._bytes.close()


class HeapWriter:
    """Adds bytes behind the first `length` of a heap; `length` is where the next will stand."""

    def __init__(self, path: Path, length: int = 0) -> None:
        self.path = path
        self.length = length
        if length and path.stat().st_size < length:
            raise EOFError(path)
        self._file: IO[bytes] = path.open("r+b" if length else "wb")
        self._file.truncate(length)
        self._file.seek(length)

    def add(self, data: bytes) -> int:
        """Add bytes and return where they begin."""
        start = self.length
        self._file.write(data)
        self.length += len(data)
        return start

    def close(self) -> None:
        """Write everything out."""
        self._file.close()
