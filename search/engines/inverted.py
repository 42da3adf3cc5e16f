"""The part that each engine provides: where words stand. All else is the same for every engine.

A record is known to an engine by its ordinal, a number that no other record ever gets. An engine
may go on knowing records that were removed; the columns of the commit leave them out.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from search.engines.rows import Rows

CACHED: Final = 256 << 20
"""Bytes of lists that a reader remembers."""


class WordReader(Protocol):
    """The words of one commit."""

    @property
    def number(self) -> int:
        """The number of the commit, 0 where nothing was committed yet."""
        ...

    def found(self, field: str, token: str) -> NDArray[np.uint32]:
        """Return the ordinals of the records in whose field a token stands, ascending."""
        ...

    def close(self) -> None:
        """Release the files."""
        ...


class WordWriter(Protocol):
    """Adds words; nothing counts before `commit`, and then all of it at once."""

    @property
    def number(self) -> int:
        """The number of the last commit."""
        ...

    def add(self, ordinal: int, document: str, fields: Mapping[str, str]) -> None:
        """Add the distinct tokens of each field, parted by spaces; ordinals come in order."""
        ...

    def remove(self, document: str) -> None:
        """Forget the records of a document that were added until now, if that saves room."""
        ...

    def commit(self, row: NDArray[np.int32]) -> None:
        """Let everything count as commit `number + 1`; `row` is negative for removed ordinals."""
        ...

    def close(self) -> None:
        """Give up what was not committed, and the lock."""
        ...


@dataclass(frozen=True, slots=True)
class Engine:
    """One kind of index of words: how to open a folder of it, and what names its last commit.

    The name is empty where there is no commit. `files` are those of the last commit, and `check`
    raises where one of them is damaged.
    """

    reader: Callable[[Path], WordReader]
    writer: Callable[[Path], WordWriter]
    commit: Callable[[Path], str]
    files: Callable[[Path], Iterable[Path]]
    check: Callable[[Path], None]


class Postings:
    """Rows by words: an engine's answers as rows of the columns, remembered."""

    def __init__(self, words: WordReader, row: NDArray[np.int32]) -> None:
        self._words = words
        self._row = row
        self._known: OrderedDict[tuple[str, str], Rows] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def rows(self, field: str, token: str) -> Rows:
        """Return the records in whose field a token stands."""
        key = field, token
        with self._lock:
            found = self._known.get(key)
            if found is not None:
                self._known.move_to_end(key)
                return found
            found = self._known[key] = self._read(field, token)
            self._bytes += found.nbytes
            while self._bytes > CACHED and len(self._known) > 1:
                self._bytes -= self._known.popitem(last=False)[1].nbytes
        return found

    def _read(self, field: str, token: str) -> Rows:
        row = self._row[self._words.found(field, token)]
        return row[row >= 0].astype(np.intp)
