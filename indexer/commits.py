"""Takes disclosures into an index, commit by commit; a killed run goes on from the last.

A commit is three steps, in this order: the engine's, the manifest's, the removal of what is no
longer held. The documents that it touches are noted before; where a run was killed between, the
next one sets them right by the manifest, which the others follow.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Final, Self

from indexer.disclosure import source_name
from indexer.entry import Entry, entry
from indexer.errors import told
from indexer.intake import Intake
from indexer.report import Report
from indexer.unfinished import Unfinished
from search.errors import IndexWritingError, SearchError
from search.manifest import Held, Manifest
from search.model import Disclosure
from search.store import State
from search.writer import IndexWriter

MAX_RECORDS: Final = 50_000
"""Records after which is committed: some 300 MB while they are gathered."""
MAX_SECONDS: Final = 120
"""After which is committed: so much work a killed run loses at most."""


class Commits:
    """The commits of one run; leaving the `with` block by an exception gives up the last."""

    def __init__(
        self, writer: IndexWriter, manifest: Manifest, reading: str, report: Report
    ) -> None:
        """Begin; `reading` names what reads the files, as what a reading lacks depends on it."""
        self._writer, self._manifest, self._report = writer, manifest, report
        self._unfinished = Unfinished(writer.path)
        self._intake = Intake(writer, writer.stamp, manifest, reading)
        self._taken: set[str] = set()
        self._touched: set[str] = set()
        self._began = monotonic()

    def recover(self) -> None:
        """Set right what a killed run left."""
        left = self._unfinished.left()
        if left:
            self._touched.update(left)
            self.commit(anyhow=True)

    def state(self, sha256: str, paths: Sequence[Path]) -> State:
        """Return the state of the disclosure in a content that these files hold now."""
        document = self._manifest.document(sha256)
        held = self._manifest.held(document) if document else None
        every = (*(held.paths if held else ()), *paths)
        url, retrieved = self._manifest.origin(reversed(every))
        return State(sha256, _names(every), url=url, retrieved=retrieved)

    def take(self, of: Entry | Disclosure, paths: Sequence[Path]) -> str:
        """Take in what the files hold, read or stored already; return why it failed, if it did."""
        document = of.id if isinstance(of, Disclosure) else of.info.id
        before = self._manifest.held(document)
        self._unfinished.note(document)
        try:
            if isinstance(of, Disclosure):
                of = entry(self.state(of.sha256, paths).given(of))
            self._intake.put(of)
        except IndexWritingError:
            raise
        except Exception as error:  # the one boundary where a file's own trouble must not spread
            if before is None:
                self._writer.store.remove(document)
            return f"收入索引时出错（{told(error)}）"
        self._touched |= self._manifest.hold(paths, of.info.sha256, document)
        self._taken.add(document)
        if of.source is not None:
            self._report.count(of.info)
        if self._intake.records >= MAX_RECORDS or monotonic() - self._began >= MAX_SECONDS:
            self.commit()
        return ""

    def stored(self, sha256: str) -> Disclosure | None:
        """Return the stored disclosure of a source, None where it has none that is whole."""
        document = self._manifest.document(sha256)
        return None if document is None else self._stored(document)

    def touch(self, documents: Iterable[str]) -> None:
        """Note documents whose files changed; the next commit settles their states."""
        self._touched.update(documents)

    def commit(self, *, anyhow: bool = False) -> None:
        """Let all that was taken in count, and settle the states of what it touched.

        What was touched gets its records anew where its state changed, else only if `anyhow`.
        """
        touched = sorted(self._touched - self._taken)
        removed = [document for document in touched if not self._settle(document, anyhow)]
        self._intake.commit()
        self._manifest.commit()
        for document in removed:
            self._writer.store.remove(document)
        self._unfinished.clear()
        self._taken.clear()
        self._touched.clear()
        self._began = monotonic()

    def _settle(self, document: str, anyhow: bool) -> bool:
        """Settle the state of a document by its files; return whether it stays."""
        held = self._manifest.held(document)
        stored = self._stored(document)
        if held is None or stored is None:
            self._unfinished.note(document)
            self._intake.engine().remove(document)
            self._manifest.drop(document)
            if held is not None:
                self._report.warn(document, "存储的文件已损坏，不再收录")
            return held is not None
        state = self._state(stored, held)
        if state != stored or anyhow:
            self._unfinished.note(document)
            self._intake.put(entry(state))
        return True

    def _state(self, disclosure: Disclosure, held: Held) -> Disclosure:
        """Return a disclosure with the state that its files give it."""
        by = None
        if not held.here:
            newer = map(self._stored, held.successors)
            by = next((n.id for n in newer if n and _subject(n) == _subject(disclosure)), None)
        vanished = not held.here and by is None
        origin = self._manifest.origin(reversed(held.paths))
        return State(disclosure.sha256, _names(held.paths), by, vanished, *origin).given(disclosure)

    def _stored(self, document: str) -> Disclosure | None:
        """Return a stored disclosure, None where there is none or its file is damaged."""
        try:
            return self._writer.store.disclosure(document)
        except SearchError:
            return None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self.commit()
        else:
            self._intake.__exit__(kind, error, trace)
            self._unfinished.close()


def _names(paths: Iterable[Path]) -> tuple[str, ...]:
    """Return the names of the files that hold a document, each once."""
    return tuple(dict.fromkeys(map(source_name, paths)))


def _subject(of: Disclosure) -> tuple[str, int | None, str | None, str | None]:
    """Return what two versions of one disclosure have in common."""
    return of.department, of.year, of.report, of.level
