"""The faster engine, where tantivy is installed (`gongkai[fast]`): words in a tantivy index.

Tokens come segmented, so they are only parted at spaces. A document without words marks the
commit: it holds the number that names the columns which belong to it.
"""

import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final

import numpy as np
import tantivy
from numpy.typing import NDArray

from search.engines.damage import DamageError, reading
from search.engines.inverted import Engine
from search.errors import IndexBusyError, IndexWritingError
from search.fields import TEXT_FIELDS
from search.memory import uncollected

_MEMORY: Final = 128 << 20
_META: Final = "meta.json"
_MARK: Final = "*"
"""In place of a document's id: the mark of a commit."""


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in TEXT_FIELDS:
        builder.add_text_field(field.name, tokenizer_name="spaced", index_option="basic")
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("ordinal", fast=True)
    return builder.build()


def _opened(path: Path) -> tantivy.Index:
    _check(path)
    index = tantivy.Index(_schema(), path=str(path))
    spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("spaced", spaces)
    return index


class TantivyWords:
    """Reads the words of one commit; see `search.engines.inverted.WordReader`."""

    def __init__(self, path: Path) -> None:
        self._schema = _schema()
        self._searcher = _opened(path).searcher()
        mark = self._ordinals("document", _MARK)
        self.number = int(mark[0]) if len(mark) else 0

    def found(self, field: str, token: str) -> NDArray[np.uint32]:
        """Return the ordinals of the records in whose field a token stands, ascending."""
        return self._ordinals(field, token)

    def _ordinals(self, field: str, token: str) -> NDArray[np.uint32]:
        often = self._searcher.doc_freq(field, token)
        if not often:
            return np.zeros(0, dtype=np.uint32)
        query = tantivy.Query.term_query(self._schema, field, token, index_option="basic")
        with uncollected():
            hits = self._searcher.search(
                query, often, count=False, order_by_field="ordinal", order=tantivy.Order.Asc
            ).hits
            return np.fromiter((ordinal for ordinal, _ in hits), np.uint32, len(hits))

    def close(self) -> None:
        """Do nothing: tantivy releases its files by itself."""


class TantivyWordWriter:
    """Adds words; see `search.engines.inverted.WordWriter`."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        index = _opened(path)
        self._path = path
        with self._writing():
            self._writer = index.writer(_MEMORY, 1)
            self._writer.garbage_collect_files()  # a killed commit's bear the names of the next's
        self.number = TantivyWords(path).number

    def add(self, ordinal: int, document: str, fields: Mapping[str, str]) -> None:
        """Add the distinct tokens of each field, parted by spaces; ordinals come in order."""
        added = tantivy.Document()
        added.add_unsigned("ordinal", ordinal)
        added.add_text("document", document)
        for name, tokens in fields.items():
            added.add_text(name, tokens)
        with self._writing():
            self._writer.add_document(added)

    def remove(self, document: str) -> None:
        """Forget the records of a document that were added until now."""
        with self._writing():
            self._writer.delete_documents_by_term("document", document)

    def commit(self, row: NDArray[np.int32]) -> None:
        """Let everything count."""
        self.remove(_MARK)
        self.add(self.number + 1, _MARK, {})
        with self._writing():
            self._writer.commit()
        self.number += 1

    def close(self) -> None:
        """Give up what was not committed, and the lock."""
        del self._writer

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Tell what tantivy raises when it cannot write."""
        try:
            yield
        except ValueError as error:
            if "LockBusy" in str(error):
                raise IndexBusyError(f"另一个进程正在写入索引 {self._path}") from error
            raise IndexWritingError(f"无法写入索引 {self._path}：{error}") from error


def _check(path: Path) -> None:
    """Raise `DamageError` where a file of the last commit is not as tantivy wrote it."""
    for file in _files(path) if _commit(path) else ():
        with suppress(FileNotFoundError):  # merged away meanwhile; else tantivy will miss it
            _check_sealed(file)


def _files(path: Path) -> Iterator[Path]:
    """Yield the files of the last commit, first the list of them."""
    if not (path / _META).exists():
        return
    yield path / _META
    for segment in json.loads((path / _META).read_bytes())["segments"]:
        yield from path.glob(f"{segment['segment_id'].replace('-', '')}.*")


def _check_sealed(file: Path) -> None:
    """Raise an error where a file is not as tantivy wrote it; the list of files has no seal."""
    if file.name == _META:
        json.loads(file.read_bytes())
        return
    now = file.stat()
    _check_file(file, now.st_ino, now.st_size, now.st_mtime_ns)


@lru_cache(maxsize=4096)
def _check_file(path: Path, inode: int, size: int, changed: int) -> None:
    """Look at the checksum at the end of a file, once for each state of it."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        length = int.from_bytes(data[-8:-4], "little") + 8
        wanted = json.loads(data[-length:-8])["crc"]
        with memoryview(data) as view, view[:-length] as body:
            found = zlib.crc32(body)
    if found != wanted:
        raise DamageError(path)


def _commit(path: Path) -> str:
    """Return what names the last commit: tantivy counts every operation."""
    meta = path / _META
    if not meta.exists():
        return ""
    with reading(path):
        return str(json.loads(meta.read_bytes())["opstamp"])


ENGINE: Final = Engine(TantivyWords, TantivyWordWriter, _commit, _files, _check_sealed)
