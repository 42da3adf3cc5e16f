"""The cited place in a disclosure: from a record's id to its span in the source."""

from collections.abc import Iterator
from dataclasses import dataclass

from search.model import Disclosure, Locator


@dataclass(frozen=True, slots=True)
class Place:
    """The span of a record, and within a statement that of its figure."""

    id: str
    locator: Locator
    figure: Locator | None = None

    def holds(self, start: int, end: int) -> bool:
        """Return whether a span of the source lies within the place."""
        return self.locator.char_start <= start and end <= self.locator.char_end


def find(disclosure: Disclosure, record: str) -> Place | None:
    """Return the place of a record of the disclosure, None where it has no such record."""
    return next((place for place in _places(disclosure) if place.id == record), None)


def _places(disclosure: Disclosure) -> Iterator[Place]:
    for table in disclosure.tables:
        for row in table.rows:
            yield Place(row.id, row.locator)
    for passage in disclosure.passages:
        yield Place(passage.id, passage.locator)
        for statement in passage.statements:
            yield Place(statement.id, statement.locator, statement.figure)
    for project in disclosure.projects:
        yield Place(project.id, project.locator)
