"""The manifest of an index: which source file held which document when it was last read.

A SQLite file, so that it changes whole or not at all and its size does not fill memory. The
states of documents (their names, versions, whether a source is left) follow from it.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from search.errors import IndexBusyError, IndexWritingError, SearchError

NAME: Final = "manifest.sqlite"
_WAIT: Final = 10.0
"""Seconds to wait for another process's commit, which takes milliseconds."""
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS sources (
    path BLOB, sha256 TEXT, document TEXT, state TEXT, PRIMARY KEY (path, sha256));
CREATE INDEX IF NOT EXISTS sources_by_document ON sources (document);
CREATE INDEX IF NOT EXISTS sources_by_content ON sources (sha256);
CREATE TABLE IF NOT EXISTS failures (
    path BLOB PRIMARY KEY, sha256 TEXT, reason TEXT, reading TEXT);
CREATE TABLE IF NOT EXISTS origins (path BLOB PRIMARY KEY, url TEXT, retrieved TEXT);
CREATE TABLE IF NOT EXISTS documents (document TEXT PRIMARY KEY, stored INTEGER, lacking TEXT);
"""
"""`state` is here, gone (the file vanished) or replaced (it holds something else now)."""


@dataclass(frozen=True, slots=True)
class FailedSource:
    """A source file that could not be read when it was last tried, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """How files hold a document: all that ever did, whether one does, what took its place."""

    paths: tuple[Path, ...]
    here: bool
    successors: tuple[str, ...]


class Manifest:
    """The manifest opened for writing; what is changed counts from `commit` on."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        with _told(self._path):
            self.connection = sqlite3.connect(self._path, timeout=_WAIT, isolation_level=None)
            self.connection.execute("PRAGMA cache_spill = OFF")  # a spill would lock readers out
            self.connection.executescript(_TABLES)

    def run(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows."""
        with _told(self._path):
            return self.connection.execute(statement, values).fetchall()

    def change(self, statement: str, values: Sequence[Any] = ()) -> None:
        """Run a statement that changes something, to count from `commit` on."""
        if not self.connection.in_transaction:
            self.run("BEGIN IMMEDIATE")
        self.run(statement, values)

    def hold(self, paths: Iterable[Path], sha256: str, document: str) -> set[str]:
        """Note that the files hold a document now; return the others that they held before."""
        before: set[str] = set()
        for path in map(os.fsencode, paths):
            found = self.run("SELECT document FROM sources WHERE path = ?", (path,))
            before.update(name for (name,) in found)
            self.change("UPDATE sources SET state = 'replaced' WHERE path = ?", (path,))
            self.change(
                "INSERT INTO sources VALUES (?, ?, ?, 'here')"
                " ON CONFLICT (path, sha256) DO UPDATE SET state = 'here'",
                (path, sha256, document),
            )
            self.change("DELETE FROM failures WHERE path = ?", (path,))
        return before - {document}

    def document(self, sha256: str) -> str | None:
        """Return the document that was read from a content, None where none was."""
        found = self.run("SELECT document FROM sources WHERE sha256 = ? LIMIT 1", (sha256,))
        return found[0][0] if found else None

    def lose(self, path: Path) -> set[str]:
        """Note that a file vanished; return the documents that it ever held."""
        name = os.fsencode(path)
        self.change("UPDATE sources SET state = 'gone' WHERE path = ? AND state = 'here'", (name,))
        return {row[0] for row in self.run("SELECT document FROM sources WHERE path = ?", (name,))}

    def forget(self, path: Path) -> set[str]:
        """Drop a file; return the documents that it ever held."""
        documents = self.lose(path)
        self.change("DELETE FROM sources WHERE path = ?", (os.fsencode(path),))
        return documents

    def held(self, document: str) -> Held | None:
        """Return how files hold a document, None where none ever did."""
        rows = self.run(
            "SELECT path, state FROM sources WHERE document = ? ORDER BY rowid", (document,)
        )
        successors = self.run(
            "SELECT DISTINCT now.document FROM sources AS old JOIN sources AS now USING (path)"
            " WHERE old.document = ? AND old.state = 'replaced' AND now.state != 'replaced'"
            " ORDER BY old.path",
            (document,),
        )
        if not rows:
            return None
        return Held(
            paths=tuple(Path(os.fsdecode(path)) for path, _ in rows),
            here=any(state == "here" for _, state in rows),
            successors=tuple(name for (name,) in successors),
        )

    def come_from(self, path: Path, url: str, retrieved: str | None) -> set[str]:
        """Note where a file came from; return the documents of which that says something new."""
        name = os.fsencode(path)
        known = self.run("SELECT url, retrieved FROM origins WHERE path = ?", (name,))
        if known == [(url, retrieved)]:
            return set()
        self.change("INSERT OR REPLACE INTO origins VALUES (?, ?, ?)", (name, url, retrieved))
        return {row[0] for row in self.run("SELECT document FROM sources WHERE path = ?", (name,))}

    def origin(self, paths: Iterable[Path]) -> tuple[str | None, str | None]:
        """Return the address and day that one of the files came from, the first that is known."""
        for path in map(os.fsencode, paths):
            found = self.run("SELECT url, retrieved FROM origins WHERE path = ?", (path,))
            if found:
                return found[0][0], found[0][1]
        return None, None

    def left(self) -> set[str]:
        """Return the documents that no file holds any more."""
        found = self.run(
            "SELECT document FROM sources GROUP BY document HAVING sum(state = 'here') = 0"
        )
        return {document for (document,) in found}

    def keep(self, document: str, stored: int, lacking: str) -> None:
        """Note the checksum of what is stored of a document, and what its reading lacked."""
        self.change(
            "INSERT OR REPLACE INTO documents VALUES (?, ?, ?)", (document, stored, lacking)
        )

    def drop(self, document: str) -> None:
        """Drop what is noted of a document's storing."""
        self.change("DELETE FROM documents WHERE document = ?", (document,))

    def fail(self, path: Path, sha256: str | None, reason: str, reading: str) -> None:
        """Note that a file failed; without its `sha256` it is tried again in every run."""
        values = (os.fsencode(path), sha256, reason, reading)
        if (values[1:],) != tuple(
            self.run("SELECT sha256, reason, reading FROM failures WHERE path = ?", values[:1])
        ):
            self.change("INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?)", values)

    def commit(self) -> None:
        """Let everything changed count."""
        if self.connection.in_transaction:
            self.run("COMMIT")

    def close(self) -> None:
        """Give up what was not committed."""
        self.connection.close()


def failures(folder: Path) -> tuple[FailedSource, ...]:
    """Return the source files of an index that could not be read, by path."""
    path = folder / NAME
    if not path.exists():
        return ()
    with _told(path, writing=False):
        connection = sqlite3.connect(path, timeout=_WAIT)
        try:
            rows: Iterator[tuple[bytes, str]] = connection.execute(
                "SELECT path, reason FROM failures ORDER BY path"
            )
            return tuple(FailedSource(Path(os.fsdecode(name)), reason) for name, reason in rows)
        finally:
            connection.close()


@contextmanager
def _told(path: Path, *, writing: bool = True) -> Iterator[None]:
    """Raise `SearchError` where the file cannot be read or written."""
    error_type, what = (IndexWritingError, "写入") if writing else (SearchError, "读取")
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise IndexBusyError(f"另一个进程正在写入索引 {path.parent}") from error
        raise error_type(f"无法{what} {path}：{error}") from error
    except sqlite3.DatabaseError as error:
        message = f"来源清单已损坏：{path}（删去它，再运行 gongkai index，所有来源会重新读取）"
        raise error_type(message) from error
