"""The default engine: words in Whoosh's segments, posting lists read and written as a whole.

Document numbers are ordinals: segments stand in the order in which records came, and only
neighbours are merged. What was removed falls out when its segment is merged.
"""

import os
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from heapq import merge
from itertools import groupby, repeat
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from whoosh import index as whoosh_index
from whoosh.fields import KEYWORD, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.reading import SegmentReader, TermNotFound

from search.engines import seals
from search.engines.damage import DAMAGE, DamageError, reading
from search.engines.inverted import Engine
from search.engines.rows import Mask
from search.engines.whoosh_lists import ListCodec
from search.errors import IndexBusyError
from search.fields import TEXT_FIELDS

HELD: Final = 12_000_000
"""Postings that wait in memory for their segment, 4 bytes each and what the lists take."""
GROWTH: Final = 2
"""A segment is merged with those behind it unless it is so many times larger than they are."""
LARGEST: Final = 250_000
"""Records of a segment that merging makes."""
_List = tuple[bytes, NDArray[np.uint32]]
"""A token and the documents that hold it."""
_NAME: Final = "MAIN"
_LOCK: Final = "MAIN_WRITELOCK"
_NAMES: Final = tuple(sorted(field.name for field in TEXT_FIELDS))


def _schema() -> Schema:
    return Schema(**{name: KEYWORD() for name in _NAMES})


class WhooshWords:
    """Reads the words of one commit; see `search.engines.inverted.WordReader`."""

    def __init__(self, path: Path) -> None:
        storage = FileStorage(str(path), readonly=True)
        toc = _toc(path, storage)
        self.number: int = toc.generation
        self._segments = [
            (SegmentReader(storage, toc.schema, segment), start)
            for segment, start in _placed(toc.segments)
        ]

    def found(self, field: str, token: str) -> NDArray[np.uint32]:
        """Return the ordinals of the records in whose field a token stands, ascending."""
        lists = [np.zeros(0, dtype=np.uint32)]
        reader: Any
        for reader, start in self._segments:
            with suppress(TermNotFound):
                lists.append(reader.postings(field, token).all() + np.uint32(start))
        return np.concatenate(lists)

    def close(self) -> None:
        """Release the files."""
        for reader, _ in self._segments:
            reader.close()


class WhooshWordWriter:
    """Adds words; see `search.engines.inverted.WordWriter`."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._storage = FileStorage(str(path))
        self._lock = self._storage.lock(_LOCK)
        if not self._lock.acquire():
            raise IndexBusyError(f"另一个进程正在写入索引 {path}")
        try:
            if not _commit(path):
                _put_toc(path, 0, [])
            toc = _toc(path, self._storage)
        except BaseException:
            self._lock.release()
            raise
        self.number: int = toc.generation
        self._segments: list[Any] = toc.segments
        self._codec = ListCodec()
        self._start = self._next = sum(segment.doc_count_all() for segment in toc.segments)
        self._lists = _no_lists()
        self._held = 0

    def add(self, ordinal: int, document: str, fields: Mapping[str, str]) -> None:
        """Add the distinct tokens of each field, parted by spaces; ordinals come in order."""
        number = ordinal - self._start
        for name, text in fields.items():
            lists = self._lists[name]
            tokens = text.split()
            for token in tokens:
                held = lists.get(token)
                if held is None:
                    lists[token] = array("I", (number,))
                else:
                    held.append(number)
            self._held += len(tokens)
        self._next = ordinal + 1
        if self._held > HELD:
            self._flush()

    def remove(self, document: str) -> None:
        """Do nothing: what was removed falls out when its segment is merged."""

    def commit(self, row: NDArray[np.int32]) -> None:
        """Let everything count; `row` is negative for removed ordinals."""
        self._flush()
        self._segments = list(self._merged(row >= 0))
        _put_toc(self._path, self.number + 1, self._segments)
        self.number += 1
        whoosh_index.clean_files(self._storage, _NAME, self.number, self._segments)

    def close(self) -> None:
        """Give up what was not committed, and the lock."""
        self._lock.release()

    def _flush(self) -> None:
        """Write what waits in memory as a segment."""
        if self._next == self._start:
            return
        lists = {name: _ordered(held) for name, held in self._lists.items()}
        self._segments.append(self._segment(lists, self._next - self._start))
        self._start, self._held, self._lists = self._next, 0, _no_lists()

    def _segment(self, fields: Mapping[str, Iterable[_List]], size: int) -> Any:
        """Write a segment of `size` documents with these lists, in the order of their tokens."""
        segment = self._codec.new_segment(self._storage, _NAME)
        schema = _schema()
        writer = self._codec.field_writer(self._storage, segment)
        for name, lists in fields.items():
            writer.start_field(name, schema[name])
            for token, numbers in lists:
                writer.start_term(token)
                writer._postwriter.add_all(numbers)
                writer.finish_term()
            writer.finish_field()
        writer.close()
        segment.set_doc_count(size)
        segment.create_compound_file(self._storage)
        seals.seal(_file(self._path, segment))
        return segment

    def _merged(self, counts: Mask) -> Iterator[Any]:
        """Yield the segments, those merged that are small or hold little that counts."""
        for group in _groups(self._segments):
            first = group[0][1]
            size = sum(segment.doc_count_all() for segment, _ in group)
            left = counts[first : first + size]
            if len(group) == 1 and np.count_nonzero(left) * 2 >= size:
                yield group[0][0]
                continue
            readers = [
                (SegmentReader(self._storage, _schema(), segment), start - first)
                for segment, start in group
            ]
            yield self._segment({name: _joined(readers, name, left) for name in _NAMES}, size)
            for reader, _ in readers:
                reader.close()


def _toc(path: Path, storage: FileStorage) -> Any:
    """Return what the last commit consists of, all of it whole."""
    seals.check(path / _commit(path))
    try:
        toc = whoosh_index.TOC.read(storage, _NAME)
    except whoosh_index.IndexError as error:
        raise DamageError(path) from error
    for segment in toc.segments:
        seals.check(_file(path, segment))
    return toc


def _put_toc(path: Path, number: int, segments: Sequence[Any]) -> None:
    """Let these segments be a commit."""
    memory = RamStorage()
    whoosh_index.TOC(_schema(), segments, number).write(memory, _NAME)
    [name] = memory.list()
    new = path / f"{name}.new"
    new.write_bytes(seals.sealed(memory.files[name]))
    new.replace(path / name)


def _file(path: Path, segment: Any) -> Path:
    return path / str(segment.make_filename(segment.COMPOUND_EXT))


def _no_lists() -> dict[str, dict[str, "array[int]"]]:
    return {name: {} for name in _NAMES}


def _ordered(lists: Mapping[str, "array[int]"]) -> Iterator[_List]:
    for token, name in sorted((name.encode(), name) for name in lists):
        yield token, np.frombuffer(lists[name], dtype=np.uint32)


def _placed(segments: Iterable[Any]) -> Iterator[tuple[Any, int]]:
    """Yield segments with the ordinal that each begins at."""
    start = 0
    for segment in segments:
        yield segment, start
        start += segment.doc_count_all()


def _groups(segments: Iterable[Any]) -> list[list[tuple[Any, int]]]:
    """Return neighbouring segments that are to be one, each with the ordinal it begins at."""
    groups: list[list[tuple[Any, int]]] = []
    behind = 0
    for segment, start in reversed(list(_placed(segments))):
        size = segment.doc_count_all()
        if groups and size <= GROWTH * behind and size + behind <= LARGEST:
            groups[-1].insert(0, (segment, start))
            behind += size
        else:
            groups.append([(segment, start)])
            behind = size
    return groups[::-1]


def _joined(readers: Sequence[tuple[Any, int]], name: str, counts: Mask) -> Iterator[_List]:
    """Yield the lists of a field in several segments, of documents that count."""
    tokens = merge(
        *(zip(reader.lexicon(name), repeat(number)) for number, (reader, _) in enumerate(readers))
    )
    for token, places in groupby(tokens, key=lambda item: item[0]):
        numbers = np.concatenate(
            [
                readers[place][0].postings(name, token).all() + np.uint32(readers[place][1])
                for _, place in places
            ]
        )
        numbers = numbers[counts[numbers]]
        if len(numbers):
            yield token, numbers


def _commit(path: Path) -> str:
    if not path.is_dir():
        return ""
    with reading(path):
        tocs = [entry.name for entry in os.scandir(path) if entry.name.endswith(".toc")]
    return max(tocs, key=lambda name: (len(name), name), default="")


def _files(path: Path) -> Iterator[Path]:
    """Yield the files of the last commit, first the list of them."""
    toc = path / _commit(path)
    if not toc.is_file():
        return
    yield toc
    with suppress(*DAMAGE, OSError, whoosh_index.IndexError):
        listed = whoosh_index.TOC.read(FileStorage(str(path), readonly=True), _NAME)
        yield from (_file(path, segment) for segment in listed.segments)


ENGINE: Final = Engine(WhooshWords, WhooshWordWriter, _commit, _files, seals.check)
