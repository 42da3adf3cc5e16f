"""Whoosh's own format of posting lists, written and read a list at a time instead of by entry.

Blocks are larger than Whoosh's usual ones; a reader of plain Whoosh still reads them.
"""

from array import array
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher, W3PostingsWriter

_BLOCK: Final = 8192


class ListCodec(W3Codec):
    """Whoosh's codec with whole posting lists."""

    def __init__(self) -> None:
        super().__init__(blocklimit=_BLOCK, compression=1)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> "ListWriter":
        """Return a writer of posting lists."""
        return ListWriter(dbfile, blocklimit=_BLOCK, byteids=byteids, compression=1)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> "ListReader":
        """Return a reader of one posting list."""
        offset, length = terminfo.extent()
        return ListReader(dbfile, offset, length, format_, term=term, scorer=scorer)


class ListWriter(W3PostingsWriter):
    """Writes posting lists of document numbers alone."""

    def add_all(self, numbers: NDArray[np.uint32]) -> None:
        """Add a whole list, which is not empty."""
        for start in range(0, len(numbers), _BLOCK):
            if start:
                self._write_block()
            block = numbers[start : start + _BLOCK]
            self._ids = array("I", block.tobytes())
            self._weights = array("f", [1.0]) * len(block)
            self._maxweight = self._minlength = self._maxlength = 1

    def _mini_ids(self) -> tuple[int, ...]:
        ids = np.array(self._ids, dtype=np.uint32)
        return tuple(np.diff(ids, prepend=np.uint32(0)).tolist())

    def _mini_weights(self) -> None:
        return None


class ListReader(W3LeafMatcher):
    """Reads one posting list."""

    def copy(self) -> "ListReader":
        """Return the same list, from its begin."""
        return ListReader(
            self._postfile, self._startoffset, self._length, self.format, term=self._term
        )

    def all(self) -> NDArray[np.uint32]:
        """Return the whole list."""
        blocks = []
        while self.is_active():
            self._read_data()
            steps: tuple[int, ...] = self._data[0] if self._data else ()
            blocks.append(np.cumsum(np.fromiter(steps, dtype=np.int64, count=len(steps))))
            self._next_block()
        return np.concatenate(blocks).astype(np.uint32)
