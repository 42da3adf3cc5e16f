"""An index as a folder: engine, store and the stamp of what wrote it. Opened by path or URL."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from search.analysis import dictionary_version
from search.engines.base import Reader, Writer
from search.engines.damage import reading, writing
from search.engines.whoosh import WhooshReader, WhooshWriter
from search.errors import IndexMissingError, IndexVersionError, SearchError
from search.fields import SCHEMA_VERSION
from search.files import replacing
from search.hits import DocumentInfo
from search.records import records
from search.store import Store

DEFAULT: Final = "./.gongkai"
VARIABLE: Final = "GONGKAI_INDEX"
_STAMP = "gongkai.json"


@dataclass(frozen=True, slots=True)
class Engine:
    """How to open one engine's part of an index folder, and to name its current commit.

    The name is empty where there is no commit.
    """

    reader: Callable[[Path], Reader]
    writer: Callable[[Path], Writer]
    commit: Callable[[Path], str]


def _whoosh_commit(path: Path) -> str:
    if not path.is_dir():
        return ""
    with reading(path):
        tocs = [entry.name for entry in os.scandir(path) if entry.name.endswith(".toc")]
    return max(tocs, key=lambda name: (len(name), name), default="")


ENGINES: Final = {"whoosh": Engine(WhooshReader, WhooshWriter, _whoosh_commit)}


class Stamp(BaseModel):
    """What an index was written with."""

    model_config = ConfigDict(frozen=True)

    engine: str
    schema_version: int
    dictionary: str
    reader_version: int


class Index:
    """An index opened for reading; `reader` is the last commit, reopened when it changes."""

    def __init__(self, url: str | None = None) -> None:
        """Open the index at a path or `engine:path`; raise `SearchError` where that fails."""
        self.engine_name, self.path = _locate(url)
        self.stamp = _read_stamp(self.path)
        if self.stamp is None:
            raise IndexMissingError(f"没有索引：{self.path}（先运行 gongkai index 来源…）")
        _check(self.stamp, self.path, self.stamp.reader_version)
        self.engine_name = self.stamp.engine
        self.store = Store(self.path)
        self._engine = ENGINES[self.engine_name]
        self._lock = Lock()
        self._commit, self._reader = self._open()

    @property
    def reader(self) -> Reader:
        """A reader of the last commit."""
        with self._lock:
            if self._engine.commit(self.path / self.engine_name) != self._commit:
                self._commit, self._reader = self._open()
            return self._reader

    @property
    def commit(self) -> str:
        """What names the last commit."""
        return self._engine.commit(self.path / self.engine_name)

    def _open(self) -> tuple[str, Reader]:
        path = self.path / self.engine_name
        if not path.is_dir():
            raise IndexMissingError(f"没有索引：{self.path}（先运行 gongkai index 来源…）")
        return self._engine.commit(path), self._engine.reader(path)


class IndexWriter:
    """An index opened for writing; use `engine` in a `with` block to commit."""

    def __init__(self, url: str | None, reader_version: int) -> None:
        """Open or create the index; raise `SearchError` where it was written by another version."""
        self.engine_name, self.path = _locate(url)
        stamp = _read_stamp(self.path)
        if stamp is not None:
            _check(stamp, self.path, reader_version)
        else:
            stamp = Stamp(
                engine=self.engine_name,
                schema_version=SCHEMA_VERSION,
                dictionary=dictionary_version(),
                reader_version=reader_version,
            )
            try:
                self.path.mkdir(parents=True, exist_ok=True)
                if any(self.path.iterdir()):
                    raise SearchError(f"不是索引，且不为空：{self.path}")
                with replacing(self.path / _STAMP) as file:
                    file.write(stamp.model_dump_json(indent=1).encode())
            except OSError as error:
                raise SearchError(f"无法写入索引 {self.path}：{error.strerror}") from error
        self.engine_name = stamp.engine
        self.store = Store(self.path)
        self._restore()
        self.engine = ENGINES[self.engine_name].writer(self.path / self.engine_name)

    def _restore(self) -> None:
        """Rebuild the engine's part from the stored disclosures where it has lost its commit.

        It is built beside its place, so that a killed run loses nothing.
        """
        engine, place = ENGINES[self.engine_name], self.path / self.engine_name
        stored = () if engine.commit(place) else self.store.documents()
        if not stored:
            return
        rebuilt = place.with_name(f"{place.name}.rebuilt")
        with engine.writer(rebuilt) as writer:
            for document in stored:
                disclosure = self.store.disclosure(document)
                if disclosure is not None:
                    writer.add(document, records(disclosure))
        with writing(place):
            if place.exists():
                shutil.rmtree(place)
            rebuilt.replace(place)

    def documents(self) -> tuple[DocumentInfo, ...]:
        """Return the documents of the last commit."""
        reader = ENGINES[self.engine_name].reader(self.path / self.engine_name)
        try:
            return reader.documents()
        finally:
            reader.close()


def _locate(url: str | None) -> tuple[str, Path]:
    """Return engine and folder of an index named by path, `engine:path` or the environment."""
    name = url or os.environ.get(VARIABLE) or DEFAULT
    engine, colon, path = name.partition(":")
    if colon and engine in ENGINES:
        return engine, Path(path)
    if colon and len(engine) > 1 and engine.isalpha():
        known = "、".join(ENGINES)
        raise SearchError(f"未知的索引引擎 {engine}：可用 {known}")
    return next(iter(ENGINES)), Path(name)


def _read_stamp(path: Path) -> Stamp | None:
    try:
        text = (path / _STAMP).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SearchError(f"无法读取索引 {path}：{error.strerror}") from error
    try:
        return Stamp.model_validate_json(text)
    except ValidationError as error:
        raise IndexVersionError(f"索引 {path} 的版本标记无法识别，可能由其他版本写入") from error


def _check(stamp: Stamp, path: Path, reader_version: int) -> None:
    wanted = (SCHEMA_VERSION, dictionary_version(), reader_version)
    found = (stamp.schema_version, stamp.dictionary, stamp.reader_version)
    if stamp.engine not in ENGINES or found != wanted:
        raise IndexVersionError(
            f"索引 {path} 由其他版本写入（引擎 {stamp.engine}、结构 {stamp.schema_version}、"
            f"词典 {stamp.dictionary}、读取 {stamp.reader_version}）；请在新位置重新索引"
        )
