"""The records of a run before its commit: rows of fixed width in a file, names by number."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from search.accounts import account
from search.analysis import bare
from search.engines.columns import KEYWORDS, KINDS, UNKNOWN_YEAR, text_key
from search.engines.figures import stored
from search.records import Record

ROW: Final = np.dtype(
    [
        ("kind", "u1"), ("listed", "?"), ("definition", "?"), ("year", "<i4"), ("place", "<i8"),
        ("label_hash", "<i8"), ("label_length", "<i4"), ("repeat", "<i8"),
        *((name, "<i4") for name in KEYWORDS),
        ("payloads.start", "<i8"), ("payloads.length", "<i4"),
        ("texts.start", "<i8"), ("texts.length", "<i4"), ("figures", "<i4"),
    ]
)  # fmt: skip
FIGURE: Final = np.dtype([("amount", "<i8"), ("tag", "<u2"), ("unit", "<i4"), ("column", "<i4")])
_AHEAD: Final = 4096
"""Entries that wait in memory."""


class Spool:
    """Fixed-width entries in a file without a name."""

    def __init__(self, folder: Path, dtype: np.dtype[Any]) -> None:
        self._dtype = dtype
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115 - closed by `close`
        self._waiting: list[tuple[Any, ...]] = []
        self.length = 0

    def add(self, entry: tuple[Any, ...]) -> None:
        """Add one entry."""
        self._waiting.append(entry)
        self.length += 1
        if len(self._waiting) == _AHEAD:
            self._write()

    def array(self) -> NDArray[np.void]:
        """Return all entries, mapped."""
        self._write()
        self._file.flush()
        if not self.length:
            return np.zeros(0, dtype=self._dtype)
        return np.memmap(self._file, dtype=self._dtype, mode="r", shape=(self.length,))

    def close(self) -> None:
        """Drop everything."""
        self._file.close()

    def _write(self) -> None:
        self._file.write(np.array(self._waiting, dtype=self._dtype).tobytes())
        self._waiting.clear()


class Batch:
    """Records that are added, and what is removed, until a commit.

    `since` holds every document that is replaced or removed, with the ordinal from which on its
    records count again.
    """

    def __init__(self, folder: Path, first: int) -> None:
        self.first = first
        self.rows = Spool(folder, ROW)
        self.figures = Spool(folder, FIGURE)
        self.names: dict[str, dict[str, int]] = {
            name: {"": 0} for name in (*KEYWORDS, "unit", "column")
        }
        self.since: dict[str, int] = {}

    @property
    def ordinal(self) -> int:
        """The ordinal of the next record."""
        return self.first + self.rows.length

    def drop(self, document: str) -> None:
        """Let the records of a document count no more that were added until now."""
        self.since[document] = self.ordinal

    def add(self, record: Record, payload: tuple[int, int], text: tuple[int, int]) -> None:
        """Add a record whose bytes stand at these places (start, length) in the heaps."""
        figures = [(*stored(figure), figure.unit, figure.column) for figure in record.figures]
        for amount, tag, unit, column in figures:
            self.figures.add((amount, tag, self._code("unit", unit), self._code("column", column)))
        keywords = {
            "document": record.document, "department": record.department,
            "report": record.report or "", "table": record.table or "",
            "account": account(record.code, record.label), "term": record.term,
            "checks": record.checks,
        }  # fmt: skip
        self.rows.add((
            KINDS.index(record.kind), record.listed, record.definition,
            record.year or UNKNOWN_YEAR, record.place,
            text_key(bare(record.label)), len(record.label), text_key(record.repeat),
            *(self._code(name, keywords[name]) for name in KEYWORDS),
            *payload, *text, len(figures),
        ))  # fmt: skip

    def kept(self, documents: Iterable[str]) -> NDArray[np.int64]:
        """Return for each document the ordinal from which on its records count."""
        return np.array([self.since.get(name, 0) for name in documents], dtype=np.int64)

    def close(self) -> None:
        """Drop everything."""
        self.rows.close()
        self.figures.close()

    def _code(self, name: str, value: str) -> int:
        known = self.names[name]
        return known.setdefault(value, len(known))
