"""Finds the source files of a run and tells by their content which have to be read.

Every file is hashed in every run: its size and time can stay the same while it changes, and
hashing takes a thousandth of what reading takes. What is found is kept in a table beside the
manifest, which spills to disk, so that the number of files does not fill memory.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from hashlib import file_digest
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Final, Literal

from indexer.disclosure import MAX_BYTES, TOO_LARGE
from indexer.errors import PassingError, ReadingError
from indexer.origins import FILES as ORIGINS
from indexer.readers.registry import SUFFIXES
from indexer.report import Failure, Report
from search.files import refusal
from search.manifest import Manifest
from search.store import Store

NO_SUFFIX: Final = "没有扩展名"
LINKED: Final = "链接的文件夹"
"""What else a folder holds that is not read; a link may lead anywhere, even in a circle."""
Task = Literal["none", "name", "read", "fail"]
"""What a file asks for: nothing, its name for a known document, reading, telling its failure."""

_TABLES: Final = """
CREATE TEMP TABLE found (
    number INTEGER PRIMARY KEY, path BLOB UNIQUE, sha256 TEXT, task TEXT, reason TEXT);
CREATE INDEX temp.found_by_content ON found (sha256);
"""


class Sources:
    """The files of one run, in the order in which they were found."""

    def __init__(self, manifest: Manifest, store: Store, reading: str) -> None:
        """Begin with no files; `reading` names what reads them, as failures depend on it."""
        self._manifest, self._store, self._reading = manifest, store, reading
        self._folders: list[Path] = []
        self.damaged: set[str] = set()
        """The contents whose stored disclosure or source is not as it was written."""
        self._run = manifest.run
        manifest.connection.executescript(_TABLES)

    def find(self, sources: Sequence[Path], report: Report) -> None:
        """Find and hash the files, folders searched through; note what cannot be listed."""
        self._folders = [Path(os.path.abspath(s)) for s in sources if os.path.isdir(s)]
        for path in files(sources, report):
            self._add(path)

    def _add(self, path: Path) -> None:
        name = os.fsencode(path)
        if self._run("SELECT 1 FROM found WHERE path = ?", (name,)):
            return
        values: tuple[bytes, str | None, Task, str]
        try:
            values = (name, _digest(path), "none", "")
        except ReadingError as error:
            values = (name, None, "fail", str(error))
            self._manifest.fail(path, None, str(error), self._reading)
        self._run("INSERT INTO found (path, sha256, task, reason) VALUES (?, ?, ?, ?)", values)

    def judge(self) -> int:
        """Settle what each file asks for; return how many ask for something."""
        contents = self._manifest.connection.execute(
            "SELECT DISTINCT sha256 FROM found WHERE sha256 IS NOT NULL"
        )
        for (sha256,) in contents:
            task, reason = self._task(sha256)
            if task != "none":
                self._run(
                    "UPDATE found SET task = ?, reason = ? WHERE sha256 = ?", (task, reason, sha256)
                )
        if self._run("SELECT 1 FROM failures LIMIT 1"):
            self._manifest.change(
                "DELETE FROM failures WHERE path IN (SELECT path FROM found WHERE task = 'none')"
            )
        return self.count("name") + self.count("read") + self.count("fail")

    def _task(self, sha256: str) -> tuple[Task, str]:
        known = self._run(
            "SELECT document, stored, lacking FROM sources JOIN documents USING (document)"
            " WHERE sha256 = ? LIMIT 1",
            (sha256,),
        )
        if known:
            document, stored, lacking = known[0]
            whole = stored == self._store.seal(document, sha256)
            if not whole:
                self.damaged.add(sha256)
            if whole and lacking in {"", self._reading}:
                new = self._run(
                    "SELECT 1 FROM found LEFT JOIN sources USING (path, sha256)"
                    " WHERE sha256 = ? AND state IS NOT 'here' LIMIT 1",
                    (sha256,),
                )
                return ("name" if new else "none"), ""
        failed = self._run(
            "SELECT reason FROM failures WHERE sha256 = ? AND reading = ? LIMIT 1",
            (sha256, self._reading),
        )
        return ("fail", failed[0][0]) if failed else ("read", "")

    def count(self, task: Task) -> int:
        """Return how many files ask for something."""
        count: int = self._run("SELECT count(*) FROM found WHERE task = ?", (task,))[0][0]
        return count

    def failed(self) -> Iterator[tuple[Path, str | None, str]]:
        """Yield the files that failed or still fail, with their content's hash and why."""
        rows = self._manifest.connection.execute(
            "SELECT path, sha256, reason FROM found WHERE task = 'fail' ORDER BY number"
        )
        for path, sha256, reason in rows:
            yield Path(os.fsdecode(path)), sha256, reason

    def groups(self, task: Task) -> Iterator[tuple[str, list[Path]]]:
        """Yield content and paths of the files that ask for something, copies together."""
        contents = self._manifest.connection.execute(
            "SELECT sha256 FROM found WHERE task = ? GROUP BY sha256 ORDER BY min(number)", (task,)
        )
        for (sha256,) in contents:
            yield sha256, self.paths(sha256)

    def read_again(self, sha256: str) -> None:
        """Let the files that hold a content ask for reading."""
        self._run("UPDATE found SET task = 'read' WHERE sha256 = ?", (sha256,))

    def paths(self, sha256: str) -> list[Path]:
        """Return the files that hold a content."""
        found = self._run("SELECT path FROM found WHERE sha256 = ? ORDER BY number", (sha256,))
        return [Path(os.fsdecode(path)) for (path,) in found]

    def vanished(self) -> list[Path]:
        """Return the files known from this run's folders that are not there any more."""
        return [path for path in self._known("sources", "here") if _is_gone(path)]

    def gone(self) -> list[Path]:
        """Return the files of this run's folders that vanished, in this run or before."""
        return list(self._known("sources", "gone"))

    def folders(self) -> list[Path]:
        """Return the folders that the files stand in, each once."""
        found = self._run("SELECT path FROM found ORDER BY number")
        return list(dict.fromkeys(Path(os.fsdecode(path)).parent for (path,) in found))

    def forget_failures(self) -> None:
        """Drop what failed and is not there any more."""
        for path in self._known("failures", None):
            if _is_gone(path):
                self._manifest.change("DELETE FROM failures WHERE path = ?", (os.fsencode(path),))

    def _known(self, table: Literal["sources", "failures"], state: str | None) -> Iterator[Path]:
        """Yield the paths of a table that are under this run's folders and were not found."""
        of_state = "AND state = ?" if state else ""
        for folder in self._folders:
            under = os.fsencode(folder).rstrip(b"/")
            rows = self._run(
                f"SELECT path FROM {table} WHERE path > ? AND path < ? {of_state}"
                " AND path NOT IN (SELECT path FROM found) ORDER BY path",
                (under + b"/", under + b"0", *([state] if state else [])),  # 0 comes behind /
            )
            yield from (Path(os.fsdecode(path)) for (path,) in rows)


def files(sources: Iterable[Path], report: Report) -> Iterator[Path]:
    """Yield the absolute paths of the files, folders searched through; note what fails."""
    for source in sources:
        place = Path(os.path.abspath(source))
        try:
            folder = S_ISDIR(source.stat().st_mode)
        except FileNotFoundError:
            report.failures.append(Failure(str(source), "没有这个文件或文件夹"))
        except OSError as error:
            report.failures.append(Failure(str(source), f"无法读取：{refusal(error)}"))
        except ValueError as error:  # a name with a null character
            report.failures.append(Failure(str(source), f"无法读取：{error}"))
        else:
            yield from _folder(place, report) if folder else [place]


def _is_gone(path: Path) -> bool:
    """Return whether a file is known not to be there; what cannot be looked at may be."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file; a pipe, a device or a file beyond all bounds is refused."""
    try:
        state = path.stat()
        if not S_ISREG(state.st_mode):
            raise PassingError("不是普通文件")
        if state.st_size > MAX_BYTES:
            raise PassingError(TOO_LARGE)
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise PassingError(f"无法读取：{refusal(error)}") from error


def _folder(folder: Path, report: Report) -> Iterator[Path]:
    def failed(error: OSError) -> None:
        report.failures.append(Failure(str(error.filename), f"无法读取：{refusal(error)}"))

    for root, folders, names in os.walk(folder, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        report.skipped[LINKED] += sum(os.path.islink(os.path.join(root, name)) for name in folders)
        for name in sorted(names):
            path = Path(root, name)
            if name.startswith((".", "README")) or name in ORIGINS:
                continue
            if path.suffix.lower() in SUFFIXES:
                yield path
            else:
                report.skipped[path.suffix.lower() or NO_SUFFIX] += 1
