"""Writes an index, whatever engine keeps its words; see `search.engines.base.Writer`.

The columns of a commit are written before the engine commits, under the number that its commit
will have. So that commit is the only one: a writer that is killed leaves the last whole.
"""

import shutil
import zlib
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np

from search.analysis import bare, tokens
from search.engines.batch import Batch
from search.engines.columns import HEAPS, Columns, Folder, empty
from search.engines.damage import DAMAGE, writing
from search.engines.heap import Heap, HeapWriter
from search.engines.inverted import Engine
from search.engines.merging import merged
from search.engines.reader import WORDS, columns_folder
from search.engines.seals import sealed
from search.fields import TEXT_FIELDS
from search.records import Record

_COMPRESSION: Final = 1
WORTH_COPYING: Final = 1 << 24
"""Bytes of removed records for which a heap is written anew, where they are more than is left."""


class EngineWriter:
    """Writes records; see `search.engines.base.Writer`."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self._path = path
        with writing(path):
            path.mkdir(parents=True, exist_ok=True)
            self._words = engine.writer(path / WORDS)
            try:
                number = self._words.number
                folder = columns_folder(path, number)
                self._old = Folder(folder).columns() if number else empty()
                self._batch = Batch(path, self._old.contents.ordinals)
                self._heaps = {name: self._heap(name) for name in HEAPS}
            except BaseException:
                self._words.close()
                raise

    def add(self, document: str, records: Iterable[Record]) -> None:
        """Add a document's records in place of any that it had."""
        prepared = [_Prepared(record) for record in records]  # what fails here leaves no half
        with writing(self._path):
            self.remove(document)
            for one in prepared:
                payload = self._heaps["payloads"].add(one.payload), len(one.payload)
                text = self._heaps["texts"].add(one.text), len(one.text)
                self._words.add(self._batch.ordinal, document, one.tokens)
                self._batch.add(one.record, payload, text)

    def remove(self, document: str) -> None:
        """Remove a document's records."""
        with writing(self._path):
            known = self._old.names["document"].find(document) is not None
            if known or document in self._batch.names["document"]:
                self._words.remove(document)
                self._batch.drop(document)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            with writing(self._path):
                try:
                    self._commit()
                finally:
                    self._close()
            return
        with suppress(OSError, *DAMAGE):  # the error that led here is the one to tell
            self._close()

    def _heap(self, name: str) -> HeapWriter:
        """Return a heap for adding; where most of it is of removed records, a new one."""
        number = self._words.number
        file, length = self._old.contents.heaps.get(name, (f"{name}-{number + 1}", 0))
        place = self._old.heaps[name]
        left = int(place.length.sum())
        if length - left <= max(left, WORTH_COPYING):
            return HeapWriter(self._path / file, length)
        old = Heap(self._path / file, length)
        new = HeapWriter(self._path / f"{name}-{number + 1}")
        spans = zip(*place.lists(), strict=True)
        starts = np.array([new.add(old[start : start + size]) for start, size in spans], np.int64)
        old.close()
        heaps = {**self._old.heaps, name: replace(place, start=starts)}
        self._old = replace(self._old, heaps=heaps)
        return new

    def _commit(self) -> None:
        before = self._words.number
        if before and not self._batch.rows.length and not self._batch.since:
            return
        for heap in self._heaps.values():
            heap.close()
        heaps = {name: (heap.path.name, heap.length) for name, heap in self._heaps.items()}
        place = columns_folder(self._path, before + 1)
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        columns = merged(self._old, self._batch, heaps, Folder(place))
        self._words.commit(columns.row)
        self._tidy(columns)

    def _tidy(self, columns: Columns) -> None:
        """Remove what neither this commit needs nor the one before, which may be just opened."""
        number = self._words.number
        kept = {columns_folder(self._path, n).name for n in (number - 1, number)}
        for of in (self._old, columns):
            kept |= {file for file, _ in of.contents.heaps.values()}
        for entry in list(self._path.iterdir()):
            if entry.name.partition("-")[0] in {"columns", *HEAPS} and entry.name not in kept:
                if entry.is_dir():
                    shutil.rmtree(entry, ignore_errors=True)
                else:
                    entry.unlink(missing_ok=True)

    def _close(self) -> None:
        with ExitStack() as stack:
            stack.callback(self._words.close)
            stack.callback(self._batch.close)
            for heap in self._heaps.values():
                stack.callback(heap.close)


class _Prepared:
    """What is written of a record."""

    def __init__(self, record: Record) -> None:
        texts = [getattr(record, field.name) for field in TEXT_FIELDS]
        self.record = record
        self.payload = zlib.compress(record.payload.encode(), _COMPRESSION)
        self.text = sealed("\n".join((record.id, *map(bare, texts))).encode())
        self.tokens = {
            field.name: frozenset(tokens(text))
            for field, text in zip(TEXT_FIELDS, texts, strict=True)
            if text
        }
