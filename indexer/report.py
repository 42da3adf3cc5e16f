"""What a run of indexing did, and what is told while it goes on."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final, Protocol

from search.hits import DocumentInfo

MAX_WARNINGS: Final = 20
"""Warnings kept for the end of a run; all of them are in the index."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that could not be read, and why."""

    source: str
    reason: str


@dataclass(slots=True)
class Report:
    """What a run did: counts over the documents it read, and each failure.

    `unchanged`, `vanished` and `pruned` count files, `rebuilt` documents; of the warnings the
    first are kept, and `warned` counts all. `skipped` counts what folders hold beside the files
    that are read, by suffix.
    """

    documents: int = 0
    rows: int = 0
    passages: int = 0
    statements: int = 0
    projects: int = 0
    unchanged: int = 0
    vanished: int = 0
    pruned: int = 0
    rebuilt: int = 0
    warned: int = 0
    warnings: list[tuple[str, str]] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)

    def count(self, info: DocumentInfo) -> None:
        """Count a document that was read."""
        self.documents += 1
        self.rows += info.rows
        self.passages += info.passages
        self.statements += info.statements
        self.projects += info.projects
        for warning in info.warnings:
            self.warn(info.sources[-1], warning)

    def warn(self, source: str, warning: str) -> None:
        """Note a warning."""
        self.warned += 1
        if len(self.warnings) < MAX_WARNINGS:
            self.warnings.append((source, warning))


class Progress(Protocol):
    """Is told how a run goes on."""

    def start(self, total: int) -> None:
        """Begin with `total` files that have to be read."""
        ...

    def advance(self, source: str, outcome: str) -> None:
        """Note that a file was taken in, or failed with the reason in `outcome`."""
        ...
