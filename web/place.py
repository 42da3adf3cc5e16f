"""The cited place in a disclosure: from a record's id to its span in the source."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.model import Cell, Disclosure, Locator


@dataclass(frozen=True, slots=True)
class Place:
    """The span of a record, within a statement that of its figure, in a row of the cited cell."""

    id: str
    locator: Locator
    figure: Locator | None = None

    def holds(self, start: int, end: int) -> bool:
        """Return whether a span of the source lies within the place."""
        return self.locator.char_start <= start and end <= self.locator.char_end


def find(disclosure: Disclosure, record: str, cell: int | None = None) -> Place | None:
    """Return the place of a record of the disclosure, None where it has no such record.

    In a row, `cell` is the number of the cited cell; there may be no such cell.
    """
    place = next((place for place in _places(disclosure) if place.id == record), None)
    if place is None or cell is None:
        return place
    cells = cells_of(disclosure, record)
    return replace(place, figure=cells[cell].locator) if cell < len(cells) else place


def cells_of(disclosure: Disclosure, record: str) -> tuple[Cell, ...]:
    """Return the cells of a row, or of the row of a project."""
    for project in disclosure.projects:
        if project.id == record and project.row_id:
            record = project.row_id
    rows = (row for table in disclosure.tables for row in table.rows)
    return next((row.cells for row in rows if row.id == record), ())


def _places(disclosure: Disclosure) -> Iterator[Place]:
    for table in disclosure.tables:
        for row in table.rows:
            yield Place(row.id, row.locator)
        yield from (Place(remark.id, remark.locator) for remark in table.remarks)
        yield Place(table.id, table.locator)
    for passage in disclosure.passages:
        yield Place(passage.id, passage.locator)
        for statement in passage.statements:
            yield Place(statement.id, statement.locator, statement.figure)
    for project in disclosure.projects:
        yield Place(project.id, project.locator)
    for unread in disclosure.ledger.unread:
        yield Place(unread.id, unread.figure, unread.figure)
