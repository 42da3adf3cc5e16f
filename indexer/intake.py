"""The one way to put an entry down: store, engine and manifest."""

from types import TracebackType
from typing import Self

from indexer.entry import Entry
from search.engines.base import Writer
from search.index import Stamp
from search.manifest import Manifest
from search.store import Store
from search.writer import IndexWriter


class Intake:
    """Puts entries down; what the engine gets counts from `commit` on."""

    def __init__(self, writer: IndexWriter, stamp: Stamp, manifest: Manifest, reading: str) -> None:
        """Begin, in the folders of `stamp`; what a reading lacks depends on what reads."""
        self._writer, self._stamp = writer, stamp
        self._manifest, self._reading = manifest, reading
        self._store = Store(writer.path, stamp.documents_folder)
        self._engine: Writer | None = None
        self.records = 0
        """So many wait for the commit."""

    def put(self, of: Entry) -> None:
        """Put an entry down in place of an earlier one."""
        seal = self._store.put(of.info.id, of.disclosure, of.info.sha256, of.source)
        self.engine().add(of.info.id, of.records)
        self._manifest.keep(of.info.id, seal, self._reading if of.info.unread else "")
        self.records += len(of.records)

    def engine(self) -> Writer:
        """Return the writer of the commit that goes on; begin one."""
        if self._engine is None:
            self._engine = self._writer.engine(self._stamp).__enter__()
        return self._engine

    def commit(self) -> None:
        """Let count what the engine was given."""
        self.__exit__(None, None, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        engine, self._engine, self.records = self._engine, None, 0
        if engine is not None:
            engine.__exit__(kind, error, trace)
