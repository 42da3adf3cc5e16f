"""Rebuilds an index from what it stores, without the source files, beside the one in use.

The disclosures are read anew from the stored bytes where another version of the reader wrote
them, or where their file is damaged; else they are recorded as they are. What is built counts
from the moment the stamp is replaced; a killed rebuild changes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.commits import MAX_RECORDS
from indexer.disclosure import StoredSource, source_name
from indexer.entry import Entry, entry
from indexer.errors import ReadingError
from indexer.intake import Intake
from indexer.report import Failure, Progress, Report
from indexer.workers import Outcome, Task, read_all
from search.errors import SearchError
from search.manifest import Manifest
from search.model import Disclosure
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
        self._writer, self._manifest = writer, manifest
        self._report, self._progress = report, progress
        self._old = writer.store
        old, new = writer.stamp, writer.current
        self._anew = (old.reader_version, old.vocabulary) != (new.reader_version, new.vocabulary)
        folder = writer.beside("documents") if self._anew else writer.stamp.documents_folder
        self._stamp = writer.current.model_copy(
            update={
                "engine_folder": writer.beside(writer.current.engine),
                "documents_folder": folder,
            }
        )
        self._intake = Intake(writer, self._stamp, manifest, reading)

    def run(self, workers: int) -> None:
        """Build the index and let it count; what can be neither read nor kept is a failure."""
        documents = self._old.documents()
        self._progress.start(len(documents))
        with self._intake:
            self._intake.engine()  # an index of nothing has a commit as well
            unread = documents if self._anew else list(self._recorded(documents))
            tasks = list(filter(None, map(self._task, unread)))
            if tasks:
                for task, outcome in read_all(tasks, min(workers, len(tasks))):
                    self._take(task, outcome)
        self._writer.replace(self._stamp)
        self._manifest.commit()

    def _recorded(self, documents: Sequence[str]) -> Iterator[str]:
        """Record the disclosures that are whole; yield those that have to be read anew."""
        for document in documents:
            disclosure = self._whole(document)
            if disclosure is None:
                yield document
            else:
                self._add(entry(disclosure))
                self._progress.advance(disclosure.sources[0], "")

    def _task(self, document: str) -> Task | None:
        """Return what to read a stored disclosure anew from, None (a failure) without a source."""
        sha256 = self._old.source_of(document)
        if sha256 is None:
            self._fail(document, "存储的文件已损坏，也没有存储的原文")
            return None
        held = self._manifest.held(document)
        state = self._old.state(document)
        known = state.sources or tuple(source_name(path) for path in (held.paths if held else ()))
        names = known or (document,)
        source = StoredSource(self._writer.path, sha256, document, names[0])
        return Task(source, replace(state, sha256=sha256, sources=state.sources or names[:1]))

    def _take(self, task: Task, outcome: Outcome) -> None:
        source = task.source
        assert isinstance(source, StoredSource)
        if isinstance(outcome, ReadingError):
            kept = self._whole(source.document)
            if kept is None:
                self._manifest.drop(source.document)
                self._fail(source.name, f"无法重新读取：{outcome}")
                return
            self._report.warn(source.name, f"无法重新读取，保留原来的读取结果：{outcome}")
            outcome = entry(kept)
        self._add(outcome)
        self._progress.advance(source.name, "")

    def _add(self, of: Entry) -> None:
        self._intake.put(of)
        self._report.rebuilt += 1
        if self._intake.records >= MAX_RECORDS:
            self._intake.commit()

    def _whole(self, document: str) -> Disclosure | None:
        """Return a stored disclosure, None where it is damaged or of another model."""
        try:
            return self._old.disclosure(document)
        except SearchError:
            return None

    def _fail(self, source: str, reason: str) -> None:
        self._report.failures.append(Failure(source, reason))
        self._progress.advance(source, reason)
