"""Why a department's report has no figure for an indicator."""

from collections.abc import Set
from typing import Final

from search.analysis import clean
from search.budget import spent
from search.compare.indicator import is_row
from search.compare.model import Absence, ComparedCell, ComparedItem
from search.hits import DocumentInfo
from search.model import Report
from search.outline import Outline, OutlineTable
from search.results import DocumentRef
from search.store import Store

LOOKED: Final = 40
"""Documents that are opened to tell a blank from a missing item; each takes some milliseconds."""


class Absences:
    """Tells the absences of one comparison; opens at most `LOOKED` documents.

    `valued` are the documents in which the item has a figure in some column. What is not known
    at the time `until` (`time.monotonic`) is told so.
    """

    def __init__(
        self,
        store: Store,
        indicator: ComparedItem,
        valued: Set[str] = frozenset(),
        until: float | None = None,
    ) -> None:
        self._store = store
        self._indicator = indicator
        self._valued = valued
        self._until = until
        self._left = LOOKED

    def cell(
        self, report: Report, found: tuple[DocumentInfo, ...], others: tuple[DocumentInfo, ...]
    ) -> ComparedCell:
        """Return the cell of a report without figures, whose documents are `found`."""
        if found:
            return ComparedCell(
                report=report, absence=self._why(found[0]), document=reference(found[0])
            )
        if others:
            return ComparedCell(report=report, absence="other_level", document=reference(others[0]))
        return ComparedCell(report=report, absence="missing")

    def _why(self, info: DocumentInfo) -> Absence:
        kind = self._indicator.table
        if kind not in info.kinds:
            return "unread" if info.unread else "no_table"
        if kind in info.empty:
            return "no_data"
        if spent(self._until):
            return "cut"
        if info.id in self._valued and not info.fates.get("unread"):
            return "no_column"
        if not self._left:
            return "no_figure"
        self._left -= 1
        outline = self._store.outline(info.id)
        if outline is None:
            return "no_figure"
        if outline.unread_in(kind):
            return "not_read"
        return "no_column" if info.id in self._valued else self._within(outline)

    def _within(self, outline: Outline) -> Absence:
        tables = [table for table in outline.tables if table.kind == self._indicator.table]
        rows = [row for table in tables for row in table.rows]
        listed = any(is_row(self._indicator, row.label, row.code) for row in rows)
        return "blank" if listed or any(map(self._heads, tables)) else "no_row"

    def _heads(self, table: OutlineTable) -> bool:
        """Return whether the item is a column of a table that is turned, with nothing below it."""
        wanted = {clean(name) for name in self._indicator.names}
        return any(clean(head) in wanted for column in table.columns for head in column)


def reference(info: DocumentInfo) -> DocumentRef:
    """Return the reference to a listed document."""
    return DocumentRef(
        id=info.id,
        department=info.department,
        year=info.year,
        report=info.report,
        level=info.level,
        title=info.title,
        source=info.sources[0],
        sha256=info.sha256,
    )
