"""An index opened for writing, by one process at a time; killing that leaves no lock behind."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from whoosh.util.filelock import FileLock

from search import vocabulary
from search.analysis import dictionary_version
from search.engines.base import Writer
from search.engines.registry import ENGINES
from search.errors import (
    IndexBusyError,
    IndexMissingError,
    IndexVersionError,
    IndexWritingError,
    SearchError,
)
from search.fields import SCHEMA_VERSION
from search.files import UNFINISHED, refusal, replacing
from search.index import STAMP, Stamp, check, locate, read_stamp
from search.store import Store

LOCK: Final = "lock"


class IndexWriter:
    """An index opened for writing; use it in a `with` block, which no other process enters."""

    def __init__(self, url: str | None, reader_version: int, *, rebuild: bool = False) -> None:
        """Open or create the index.

        Raises `SearchError` where another process writes to it, and where it was written by
        another version, unless it is to be rebuilt.
        """
        engine, self.path = locate(url)
        self.current = Stamp(
            engine=engine,
            schema_version=SCHEMA_VERSION,
            dictionary=dictionary_version(),
            reader_version=reader_version,
            vocabulary=vocabulary.version(),
        )
        lost = self._without_stamp() if rebuild else None
        if rebuild and lost is None and read_stamp(self.path) is None:
            raise IndexMissingError(f"没有索引可重建：{self.path}")
        self._lock = self._locked(known=lost is not None)
        try:
            stamp = lost or read_stamp(self.path)
            if stamp is None:
                self.replace(self.current)
            else:
                if not rebuild:
                    check(stamp, self.path, reader_version)
                    self._same_words(stamp)
                self._count(stamp)
        except BaseException:
            self._lock.release()
            raise
        if self.stamp.engine in ENGINES:
            self.current = self.current.model_copy(update={"engine": self.stamp.engine})

    def _same_words(self, stamp: Stamp) -> None:
        """Raise `IndexVersionError` where the sources were read with other words of the user."""
        if stamp.vocabulary != self.current.vocabulary:
            raise IndexVersionError(
                f"索引 {self.path} 是用另一套自己的词汇读取的；"
                "运行 gongkai index --rebuild，即用现在的词汇重新读取所存的来源"
            )

    def _without_stamp(self) -> Stamp | None:
        """Return the stamp to rebuild what is stored by, where the index has none that is whole.

        What wrote it is unknown, so that everything is read anew.
        """
        try:
            if read_stamp(self.path) is not None:
                return None
        except IndexVersionError:
            pass
        stored = sorted(self.path.glob("documents*/*.json.gz"), key=lambda at: at.stat().st_mtime)
        folder = stored[-1].parent.name if stored else ""
        update = {"reader_version": 0, "documents_folder": folder}
        return self.current.model_copy(update=update) if folder else None

    def _locked(self, *, known: bool) -> FileLock:
        with _writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
            foreign = [name for name in os.listdir(self.path) if not name.startswith(UNFINISHED)]
            if not known and STAMP not in foreign and set(foreign) - {LOCK}:
                stored = any(self.path.glob("documents*/*.json.gz"))
                hint = f"（若只是缺 {STAMP}，运行 gongkai index --rebuild）" if stored else ""
                raise SearchError(f"不是索引，且不为空：{self.path}{hint}")
            lock = FileLock(str(self.path / LOCK))
            if not lock.acquire():
                raise IndexBusyError(f"另一个进程正在写入索引 {self.path}")
        return lock

    def replace(self, stamp: Stamp) -> None:
        """Let another stamp count, and with it the folders that it names."""
        with _writing(self.path), replacing(self.path / STAMP) as file:
            file.write(stamp.model_dump_json(indent=1).encode())
        self._count(stamp)

    def _count(self, stamp: Stamp) -> None:
        """Take what the stamp names as the index, and remove what else a killed run left."""
        self.stamp = stamp
        self.store = Store(self.path, stamp.documents_folder)
        kept = {stamp.records, stamp.documents_folder}
        names = {*ENGINES, stamp.engine, "documents"}
        with _writing(self.path):
            for entry in list(os.scandir(self.path)):
                if entry.name.startswith(UNFINISHED):
                    Path(entry).unlink(missing_ok=True)
                elif entry.name.partition("-")[0] in names and entry.name not in kept:
                    shutil.rmtree(entry)

    @property
    def is_whole(self) -> bool:
        """Whether the engine's part has a commit."""
        return bool(ENGINES[self.stamp.engine].commit(self.path / self.stamp.records))

    def created(self) -> bool:
        """Make the engine's part of an index that stores nothing; return whether it is one."""
        empty = not self.store.documents()
        if empty:
            with self.engine():
                pass
        return empty

    def engine(self, stamp: Stamp | None = None) -> Writer:
        """Return a writer of the engine's part, whose `with` block is one commit."""
        stamp = stamp or self.stamp
        return ENGINES[stamp.engine].writer(self.path / stamp.records)

    def beside(self, name: str) -> str:
        """Return the name of a folder that is not there, for what takes another's place."""
        numbers = range(1, len(os.listdir(self.path)) + 2)
        return next(f"{name}-{n}" for n in numbers if not (self.path / f"{name}-{n}").exists())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._lock.release()


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise IndexWritingError(f"无法写入索引 {path}：{refusal(error)}") from error
