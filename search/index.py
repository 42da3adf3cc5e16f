"""An index as a folder: engine, store and the stamp of what wrote it. Opened by path or URL."""

import os
from pathlib import Path
from threading import Lock
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from search.analysis import dictionary_version
from search.engines.base import Reader
from search.engines.registry import ENGINES, preferred
from search.errors import IndexMissingError, IndexVersionError, SearchError
from search.fields import SCHEMA_VERSION
from search.files import refusal
from search.manifest import FailedSource, failures
from search.organisations.corrections import changed, read_corrections
from search.store import Store

DEFAULT: Final = "./.gongkai"
VARIABLE: Final = "GONGKAI_INDEX"
STAMP: Final = "gongkai.json"


class Stamp(BaseModel):
    """What an index was written with, and the folders that hold it.

    `vocabulary` names the content of the user's own words that the sources were read with.
    What is rebuilt gets other folders; replacing the stamp lets them count.
    """

    model_config = ConfigDict(frozen=True)

    engine: str
    schema_version: int
    dictionary: str
    reader_version: int
    vocabulary: str = ""
    engine_folder: str = ""
    documents_folder: str = "documents"

    @property
    def records(self) -> str:
        """The folder of the engine's part."""
        return self.engine_folder or self.engine


class Index:
    """An index opened for reading; `reader` is the last commit, reopened when it changes."""

    def __init__(self, url: str | None = None) -> None:
        """Open the index at a path or `engine:path`; raise `SearchError` where that fails."""
        self.engine_name, self.path = locate(url)
        self._lock = Lock()
        self._checked: Stamp | None = None
        self.stamp = self._stamp()
        self.store = Store(self.path, self.stamp.documents_folder)
        self._commit, self._reader = self._open()

    @property
    def reader(self) -> Reader:
        """A reader of the last commit."""
        with self._lock:
            if self.commit != self._commit:
                self._commit, self._reader = self._open()
            return self._reader

    @property
    def commit(self) -> str:
        """What names the last commit."""
        return self._named(self._stamp())

    def failures(self) -> tuple[FailedSource, ...]:
        """Return the source files that could not be read when they were last tried."""
        return failures(self.path)

    def _stamp(self) -> Stamp:
        stamp = read_stamp(self.path)
        if stamp is None:
            raise IndexMissingError(f"没有索引：{self.path}（先运行 gongkai index 来源…）")
        if stamp != self._checked:
            check(stamp, self.path, stamp.reader_version)
            self._checked = stamp
        return stamp

    def _named(self, stamp: Stamp) -> str:
        commit = ENGINES[stamp.engine].commit(self.path / stamp.records)
        return f"{stamp.records}/{commit}/{changed(self.path)}"

    def _open(self) -> tuple[str, Reader]:
        """Return the last commit; where another takes its place meanwhile, that one."""
        while True:
            stamp = self._stamp()
            commit = self._named(stamp)
            path = self.path / stamp.records
            try:
                if not path.is_dir():
                    raise IndexMissingError(f"没有索引：{path}（先运行 gongkai index 来源…）")
                reader = ENGINES[stamp.engine].reader(path)
                reader.correct(read_corrections(self.path))
            except SearchError:
                if self.commit == commit:
                    raise
            else:
                self.stamp, self.engine_name = stamp, stamp.engine
                self.store.folder = stamp.documents_folder
                return commit, reader


def locate(url: str | None) -> tuple[str, Path]:
    """Return engine and folder of an index named by path, `engine:path` or the environment."""
    name = url or os.environ.get(VARIABLE) or DEFAULT
    engine, colon, path = name.partition(":")
    if colon and engine in ENGINES:
        return _forced(engine, Path(path)), Path(path)
    if colon and len(engine) > 1 and engine.isalpha():
        known = "、".join(ENGINES)
        raise SearchError(f"未知的索引引擎 {engine}：可用 {known}")
    return preferred(), Path(name)


def _forced(engine: str, path: Path) -> str:
    """Return an engine that was asked for; raise `SearchError` where that cannot be had."""
    stamp = read_stamp(path)
    if stamp is not None and stamp.engine != engine:
        raise SearchError(f"索引 {path} 的引擎是 {stamp.engine}，不是 {engine}；换引擎请另选位置")
    if not ENGINES[engine].installed:
        raise SearchError(f"没有安装引擎 {engine}：pip install 'gongkai[fast]'")
    return engine


def read_stamp(path: Path) -> Stamp | None:
    """Return the stamp of an index, None where there is none."""
    try:
        text = (path / STAMP).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SearchError(f"无法读取索引 {path}：{refusal(error)}") from error
    try:
        return Stamp.model_validate_json(text)
    except ValidationError as error:
        raise IndexVersionError(
            f"索引 {path} 的版本标记无法识别，可能由其他版本写入"
            "（运行 gongkai index --rebuild，即由所存的公开文件重建）"
        ) from error


def check(stamp: Stamp, path: Path, reader_version: int) -> None:
    """Raise `IndexVersionError` where an index was written by another version."""
    wanted = (SCHEMA_VERSION, dictionary_version(), reader_version)
    found = (stamp.schema_version, stamp.dictionary, stamp.reader_version)
    if stamp.engine in ENGINES and not ENGINES[stamp.engine].installed:
        raise SearchError(
            f"索引 {path} 要用引擎 {stamp.engine}，这里没有安装：pip install 'gongkai[fast]'"
        )
    if stamp.engine not in ENGINES or found != wanted:
        raise IndexVersionError(
            f"索引 {path} 由其他版本写入（引擎 {stamp.engine}、结构 {stamp.schema_version}、"
            f"词典 {stamp.dictionary}、读取 {stamp.reader_version}）；"
            "运行 gongkai index --rebuild，即由所存的公开文件重建，不需要来源文件"
        )
