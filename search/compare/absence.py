"""Why a department's report has no figure for an indicator."""

from typing import Final

from search.analysis import clean
from search.compare.indicator import is_row
from search.compare.model import Absence, ComparedCell, ComparedItem
from search.hits import DocumentInfo
from search.model import Disclosure, Report, Table
from search.results import DocumentRef
from search.store import Store

LOOKED: Final = 40
"""Documents that are opened to tell a blank from a missing item; each takes some milliseconds."""


class Absences:
    """Tells the absences of one comparison; opens at most `LOOKED` documents."""

    def __init__(self, store: Store, indicator: ComparedItem) -> None:
        self._store = store
        self._indicator = indicator
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
        if not self._left:
            return "no_figure"
        self._left -= 1
        disclosure = self._store.disclosure(info.id)
        return "no_figure" if disclosure is None else self._within(disclosure)

    def _within(self, disclosure: Disclosure) -> Absence:
        tables = [table for table in disclosure.tables if table.kind == self._indicator.table]
        rows = [row for table in tables for row in table.rows]
        meant = [row for row in rows if is_row(self._indicator, row.label, row.code)]
        if any(row.has_value for row in meant):
            return "no_column"
        if meant or any(map(self._heads, tables)):
            return "blank"
        return "no_row"

    def _heads(self, table: Table) -> bool:
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
