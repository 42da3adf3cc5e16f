"""Takes sources to an index: files → worker processes → one writer; reports what failed and why."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Protocol

from indexer.disclosure import MAX_BYTES, READER_VERSION, TOO_LARGE, source_name
from indexer.errors import ReadingError
from indexer.readers import SUFFIXES
from indexer.workers import read_all
from search.errors import IndexWritingError, SearchError
from search.hits import DocumentInfo, document_info
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
    visible at once, at the end. `workers` is the number of processes that read (by default one
    a processor; 0 reads in this process, without limits on time and memory). Raises
    `SearchError` where the index itself cannot be written.
    """
    report = Report()
    files = _files(sources, report)
    progress.start(len(files) + len(report.failures))
    for failure in report.failures:
        progress.advance(failure.source, failure.reason)
    if not files:
        return report
    writer = IndexWriter(url, READER_VERSION)
    with writer.engine:
        known = writer.documents()
        taken: list[DocumentInfo] = []
        copies = _by_content(files, report, progress)
        count = (os.cpu_count() or 1) if workers is None else workers
        for paths, outcome in read_all(list(copies.values()), count):
            if isinstance(outcome, ReadingError):
                failed = str(outcome)
            else:
                failed = _take(outcome, paths, writer, taken, report)
            for path in paths:
                if failed:
                    report.failures.append(Failure(str(path), failed))
                progress.advance(str(path), failed)
        for document, by in _superseded(known, taken).items():
            _supersede(document, by, writer, report)
    return report


def _by_content(files: Sequence[Path], report: Report, progress: Progress) -> dict[str, list[Path]]:
    """Return the files grouped by the SHA-256 of their content; note what cannot be read."""
    copies: dict[str, list[Path]] = {}
    for path in files:
        try:
            digest = _digest(path)
        except ReadingError as error:
            report.failures.append(Failure(str(path), str(error)))
            progress.advance(str(path), str(error))
            continue
        copies.setdefault(digest, []).append(path)
    return copies


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file; a pipe, a device or a file beyond all bounds is refused."""
    try:
        state = path.stat()
        if not S_ISREG(state.st_mode):
            raise ReadingError("不是普通文件")
        if state.st_size > MAX_BYTES:
            raise ReadingError(TOO_LARGE)
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ReadingError(f"无法读取：{error.strerror or error}") from error


def _take(
    read: tuple[Disclosure, bytes],
    paths: Sequence[Path],
    writer: IndexWriter,
    taken: list[DocumentInfo],
    report: Report,
) -> str:
    """Take what was read into the index; return why that failed, nothing where it did not."""
    disclosure, data = read
    try:
        disclosure = _named(disclosure, paths, writer)
        found = list(records(disclosure))
        writer.store.put(disclosure, data)
        writer.engine.add(disclosure.id, found)
    except IndexWritingError:
        raise
    except Exception as error:  # the one boundary where a file's own trouble must not spread
        return f"收入索引时出错（{type(error).__name__}：{' '.join(str(error).split())}）"
    taken.append(document_info(disclosure))
    _count(report, disclosure)
    return ""


def _supersede(document: str, by: str, writer: IndexWriter, report: Report) -> None:
    """Mark a document as superseded; where its stored file is damaged, take it out."""
    older = _stored(document, writer)
    if older is None:
        report.warnings.append((document, "被取代的旧版存储的文件已损坏，不再收录"))
        writer.engine.remove(document)
        return
    older = older.model_copy(update={"superseded_by": by})
    writer.store.replace(older)
    writer.engine.add(older.id, records(older))


def _stored(document: str, writer: IndexWriter) -> Disclosure | None:
    """Return a stored disclosure, None where there is none or its file is damaged."""
    try:
        return writer.store.disclosure(document)
    except SearchError:
        return None


def _named(disclosure: Disclosure, paths: Sequence[Path], writer: IndexWriter) -> Disclosure:
    """Return the disclosure with every name its content is known by, first known first."""
    stored = _stored(disclosure.id, writer)
    names = (*(stored.sources if stored else ()), *map(source_name, paths))
    return disclosure.model_copy(update={"sources": tuple(dict.fromkeys(names))})


def _files(sources: Iterable[Path], report: Report) -> list[Path]:
    """Return the files to read, folders searched through; note what cannot be listed."""
    found: list[Path] = []
    for source in sources:
        try:
            folder = S_ISDIR(source.stat().st_mode)
        except FileNotFoundError:
            report.failures.append(Failure(str(source), "没有这个文件或文件夹"))
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            report.failures.append(Failure(str(source), f"无法读取：{reason}"))
        else:
            found.extend(_folder(source, report) if folder else [source])
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


def _superseded(known: Iterable[DocumentInfo], taken: Sequence[DocumentInfo]) -> dict[str, str]:
    """Return the ids of the documents that a run's new ones replace, each with the new one's.

    A new one does where a file of the same name held the same department, year and kind before:
    other files of that department and year may be its other parts. Of files in one run none is
    known to be the newer.
    """
    run = {document.id for document in taken}
    return {
        older.id: newer.id
        for newer in taken
        for older in known
        if older.id not in run
        and older.superseded_by is None
        and set(older.sources) & set(newer.sources)
        and (older.department, older.year, older.report, older.level)
        == (newer.department, newer.year, newer.report, newer.level)
    }


def _count(report: Report, disclosure: Disclosure) -> None:
    info = document_info(disclosure)
    report.documents += 1
    report.rows += info.rows
    report.passages += info.passages
    report.statements += info.statements
    report.projects += info.projects
    report.warnings.extend((info.sources[-1], warning) for warning in info.warnings)
