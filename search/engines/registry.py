"""The engines by name, the fastest first; a new index takes the first that is installed."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from search.engines.base import Reader, Writer
from search.engines.inspection import Looked, inspected
from search.engines.inverted import Engine
from search.engines.reader import WORDS, EngineReader
from search.engines.writer import EngineWriter


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens the engine's part of an index folder; `module` has the engine, `package` it needs."""

    module: str
    package: str

    @property
    def installed(self) -> bool:
        """Whether the engine can be used here."""
        return find_spec(self.package) is not None

    def reader(self, path: Path) -> Reader:
        """Return a reader of the last commit."""
        return EngineReader(path, self._engine())

    def writer(self, path: Path) -> Writer:
        """Return a writer, whose `with` block is one commit."""
        return EngineWriter(path, self._engine())

    def commit(self, path: Path) -> str:
        """Return what names the last commit, nothing where there is none."""
        return self._engine().commit(path / WORDS)

    def inspected(self, path: Path) -> Iterator[Looked]:
        """Yield every file of the last commit, and each damaged record."""
        return inspected(path, self._engine())

    def _engine(self) -> Engine:
        engine: Engine = import_module(self.module).ENGINE
        return engine


ENGINES: Final = {
    "tantivy": Opener("search.engines.tantivy", "tantivy"),
    "whoosh": Opener("search.engines.whoosh", "whoosh"),
}


def preferred() -> str:
    """Return the name of the engine that a new index takes."""
    return next(name for name, engine in ENGINES.items() if engine.installed)
