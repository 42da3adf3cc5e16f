"""Rebuilds an index from what it stores, without the source files, beside the one in use.

The disclosures are read anew from the stored bytes where another version of the reader wrote
them, or where their file is damaged; else they are recorded as they are. What is built counts
from the moment the stamp is replaced; a killed rebuild changes nothing.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from indexer.commits import MAX_RECORDS
from indexer.disclosure import StoredSource, source_name
from indexer.errors import ReadingError
from indexer.report import Failure, Progress, Report
from indexer.workers import Outcome, read_all
from search.engines.base import Writer
from search.errors import SearchError
from search.manifest import Manifest
from search.model import Disclosure
from search.records import records
from search.store import Store
from search.writer import IndexWriter


class Rebuilding:
    """An index that is built from what another one stores."""

    def __init__(
        self,
        writer: IndexWriter,
        manifest: Manifest,
        reading: str,
        report: Report,
        progress: Progress,
    ) -> None:
        """Prepare; `reading` names what reads the sources: what is lacking depends on it."""
        self._writer, self._manifest, self._reading = writer, manifest, reading
        self._report, self._progress = report, progress
        self._old = writer.store
        self._anew = writer.stamp.reader_version != writer.current.reader_version
        folder = writer.beside("documents") if self._anew else writer.stamp.documents_folder
        self._stamp = writer.current.model_copy(
            update={
                "engine_folder": writer.beside(writer.current.engine),
                "documents_folder": folder,
            }
        )
        self._store = Store(writer.path, folder)
        self._stack = ExitStack()
        self._engine: Writer | None = None
        self._records = 0

    def run(self, workers: int) -> None:
        """Build the index and let it count; what can be neither read nor kept is a failure."""
        documents = self._old.documents()
        self._progress.start(len(documents))
        with self._stack:
            self._open()  # an index of nothing has a commit as well
            unread = documents if self._anew else list(self._recorded(documents))
            sources = list(filter(None, map(self._source, unread)))
            if sources:
                groups = ([source] for source in sources)
                for (source,), outcome in read_all(groups, min(workers, len(sources))):
                    self._take(source, outcome)
        self._writer.replace(self._stamp)
        self._manifest.commit()

    def _recorded(self, documents: Sequence[str]) -> Iterator[str]:
        """Record the disclosures that are whole; yield those that have to be read anew."""
        for document in documents:
            disclosure = self._whole(document)
            if disclosure is None:
                yield document
            else:
                self._add(disclosure)
                self._progress.advance(disclosure.sources[0], "")

    def _source(self, document: str) -> StoredSource | None:
        """Return the source of a stored disclosure, None (a failure) where there is none."""
        sha256 = self._old.source_of(document)
        if sha256 is None:
            self._fail(document, "存储的文件已损坏，也没有存储的原文")
            return None
        held = self._manifest.held(document)
        known = self._old.state(document)["sources"] or [
            source_name(path) for path in (held.paths if held else ())
        ]
        return StoredSource(self._writer.path, sha256, document, [*known, document][0])

    def _take(self, source: StoredSource, outcome: Outcome) -> None:
        if isinstance(outcome, ReadingError):
            kept = self._whole(source.document)
            if kept is None:
                self._manifest.drop(source.document)
                self._fail(source.name, f"无法重新读取：{outcome}")
                return
            self._report.warn(source.name, f"无法重新读取，保留原来的读取结果：{outcome}")
            disclosure = kept
        else:
            state = self._old.state(source.document)
            disclosure = outcome[0].model_copy(
                update={
                    "sources": state["sources"] or (source.name,),
                    "superseded_by": state["superseded_by"],
                    "vanished": state["vanished"],
                }
            )
        self._store.replace(disclosure)
        self._add(disclosure)
        self._progress.advance(source.name, "")

    def _add(self, disclosure: Disclosure) -> None:
        found = list(records(disclosure))
        self._open().add(disclosure.id, found)
        seal = self._store.seal(disclosure.id, disclosure.sha256)
        self._manifest.keep(disclosure.id, seal, self._reading if disclosure.unread else "")
        self._report.rebuilt += 1
        self._records += len(found)
        if self._records >= MAX_RECORDS:
            self._stack.close()
            self._engine, self._records = None, 0

    def _open(self) -> Writer:
        if self._engine is None:
            self._engine = self._stack.enter_context(self._writer.engine(self._stamp))
        return self._engine

    def _whole(self, document: str) -> Disclosure | None:
        """Return a stored disclosure, None where it is damaged or of another model."""
        try:
            return self._old.disclosure(document)
        except SearchError:
            return None

    def _fail(self, source: str, reason: str) -> None:
        self._report.failures.append(Failure(source, reason))
        self._progress.advance(source, reason)
