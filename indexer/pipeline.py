"""Takes sources to an index: files → worker processes → one writer; reports what failed and why."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from hashlib import file_digest
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread
from typing import Protocol

from indexer.disclosure import READER_VERSION, read_file
from indexer.errors import ReadingError
from indexer.readers import SUFFIXES
from search.hits import document_info
from search.index import IndexWriter
from search.model import Disclosure
from search.records import records

AHEAD = 4
"""So many files per worker are read ahead of the writer; more would only fill memory."""


_Outcome = tuple[Disclosure, bytes] | ReadingError


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read, and why."""

    source: str
    reason: str


@dataclass(slots=True)
class Report:
    """What a run did: counts over the documents it indexed, and each failure."""

    documents: int = 0
    rows: int = 0
    passages: int = 0
    statements: int = 0
    projects: int = 0
    warnings: list[tuple[str, str]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


class Progress(Protocol):
    """Is told how a run goes on."""

    def start(self, total: int) -> None:
        """Begin a run over `total` files."""
        ...

    def advance(self, source: str, outcome: str) -> None:
        """Note that a file was taken in, or failed with the reason in `outcome`."""
        ...


def index(
    sources: Sequence[Path], url: str | None, *, workers: int | None, progress: Progress
) -> Report:
    """Index files and folders and return the report; one bad file never stops the run.

    The same content under several names is one document with all its names. Everything becomes
    visible at once, at the end. Raises `SearchError` where the index itself cannot be written.
    """
    report = Report()
    files = _files(sources, report)
    progress.start(len(files) + len(report.failures))
    for failure in report.failures:
        progress.advance(failure.source, failure.reason)
    if not files:
        return report
    writer = IndexWriter(url, READER_VERSION)
    with writer.engine as engine:
        copies = _by_content(files, report, progress)
        for paths, outcome in _read_all(list(copies.values()), workers or os.cpu_count() or 1):
            failed = outcome if isinstance(outcome, ReadingError) else None
            if not isinstance(outcome, ReadingError):
                disclosure, data = outcome
                disclosure = _named(disclosure, paths, writer)
                writer.store.put(disclosure, data)
                engine.add(disclosure.id, records(disclosure))
                _count(report, disclosure)
            for path in paths:
                if failed:
                    report.failures.append(Failure(str(path), str(failed)))
                progress.advance(str(path), str(failed) if failed else "")
    return report


def _by_content(files: Sequence[Path], report: Report, progress: Progress) -> dict[str, list[Path]]:
    """Return the files grouped by the SHA-256 of their content; note what cannot be read."""
    copies: dict[str, list[Path]] = {}
    for path in files:
        try:
            with path.open("rb") as file:
                digest = file_digest(file, "sha256").hexdigest()
        except OSError as error:
            reason = f"无法读取：{error.strerror}"
            report.failures.append(Failure(str(path), reason))
            progress.advance(str(path), reason)
            continue
        copies.setdefault(digest, []).append(path)
    return copies


def _named(disclosure: Disclosure, paths: Sequence[Path], writer: IndexWriter) -> Disclosure:
    """Return the disclosure with every name its content is known by, first known first."""
    stored = writer.store.disclosure(disclosure.id)
    names = (*(stored.sources if stored else ()), *(path.name for path in paths))
    return disclosure.model_copy(update={"sources": tuple(dict.fromkeys(names))})


def _files(sources: Iterable[Path], report: Report) -> list[Path]:
    """Return the files to read, folders searched through; note what cannot be listed."""
    found: list[Path] = []
    for source in sources:
        if not source.exists():
            report.failures.append(Failure(str(source), "没有这个文件或文件夹"))
        elif source.is_dir():
            found.extend(_folder(source, report))
        else:
            found.append(source)
    return list(dict.fromkeys(found))


def _folder(folder: Path, report: Report) -> Iterator[Path]:
    def failed(error: OSError) -> None:
        report.failures.append(Failure(str(error.filename), f"无法读取：{error.strerror}"))

    for root, folders, names in os.walk(folder, onerror=failed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if path.suffix.lower() in SUFFIXES and not name.startswith((".", "README")):
                yield path


def _read(path: Path) -> _Outcome:
    try:
        return read_file(path)
    except ReadingError as error:
        return error
    except Exception as error:  # the one boundary where a file's own trouble must not spread
        return ReadingError(f"读取时出错（{type(error).__name__}：{error}）")


def _read_all(groups: Sequence[list[Path]], workers: int) -> Iterator[tuple[list[Path], _Outcome]]:
    """Yield each group of copies with what was read, in order; few files are held at a time."""
    if workers == 1 or len(groups) == 1:
        for paths in groups:
            yield paths, _read(paths[0])
        return
    # Spawned, not forked: a fork would inherit the index's lock and outlive a killed run with it.
    pool = ProcessPoolExecutor(
        min(workers, len(groups)), mp_context=get_context("spawn"), initializer=_die_with_parent
    )
    with pool:
        pending: deque[tuple[list[Path], Future[_Outcome]]] = deque()
        for paths in groups:
            pending.append((paths, pool.submit(_read, paths[0])))
            if len(pending) >= AHEAD * workers:
                first, future = pending.popleft()
                yield first, future.result()
        for paths, future in pending:
            yield paths, future.result()


def _die_with_parent() -> None:
    """End this worker when the run that started it is killed."""
    parent = parent_process()
    if parent is not None:
        Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(process: BaseProcess) -> None:
    process.join()
    os._exit(1)


def _count(report: Report, disclosure: Disclosure) -> None:
    info = document_info(disclosure)
    report.documents += 1
    report.rows += info.rows
    report.passages += info.passages
    report.statements += info.statements
    report.projects += info.projects
    report.warnings.extend((info.sources[-1], warning) for warning in info.warnings)
