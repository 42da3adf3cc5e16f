"""What the index holds where a query finds nothing: for department, year and item, each report.

A printed amount, a printed zero, a blank, 本表无数据, no such table and a document that is not
indexed are six different answers; only that can make nothing found evidence of anything.
"""

from collections.abc import Iterator
from typing import Any as Unknown
from typing import Final

from search.amounts import with_unit
from search.analysis import clean
from search.budget import deadline, left
from search.compare.model import ABSENCES, ComparedCell, ComparedFigure, Comparison
from search.compare.selection import REPORTS, Wanted
from search.compare.service import compare
from search.engines.base import (
    All,
    Any,
    Bound,
    CodeUnder,
    Condition,
    Keyword,
    Reader,
    Years,
)
from search.index import Index
from search.listing import compiled, current
from search.model import CellState, Report
from search.query.binder import BoundQuery
from search.query.vocabulary import text_condition
from search.results import Evidence

MOST_DEPARTMENTS: Final = 3
MOST_YEARS: Final = 5
MOST_DOCUMENTS: Final = 4
"""Documents that are opened where no row in the index bears the item."""
MOST_TABLES: Final = 2
"""Kinds of tables that are looked into, those that have the item most often."""


def evidence(
    index: Index, query: BoundQuery, *, seconds: float | None = None
) -> tuple[Evidence, ...]:
    """Return the states of the item that a query names; none where it names no department.

    The item is what its words or its account code say, whatever else it asks for. After
    `seconds` what is not known is told to be so.
    """
    until = deadline(seconds)
    filters = query.bound.filters
    held = compiled(index.reader)  # whose documents are not listed: no state of theirs is known
    named = (name for name in _values(filters.get("department")) if name not in held)
    departments = tuple(named)[:MOST_DEPARTMENTS]
    item = _item(query)
    if not departments or not item:
        return ()
    years = _years(filters.get("year"))[:MOST_YEARS]
    reports = tuple(of for of in REPORTS if of in (_values(filters.get("report")) or REPORTS))
    tables = _values(filters.get("table")) or _tables(index.reader, item)
    tables = tables or tuple(_listing(index, departments, item))
    found: list[Evidence] = []
    for table in tables[:MOST_TABLES]:
        wanted = Wanted(
            table=table, item=item, departments=departments, years=years, reports=reports
        )
        found += _states(index, compare(index, wanted, seconds=left(until)), reports)
    return tuple(found)


def _item(query: BoundQuery) -> str:
    """Return the label or account code that a query asks for, empty where it is not just one."""
    said = [piece for piece in query.pieces if not piece.negated]
    codes = [piece.value or "" for piece in said if piece.kind == "code"]
    words = [piece.value or "" for piece in said if piece.kind == "text"]
    return "".join(codes if codes else words) if len(codes or words) == 1 else ""


def _values(condition: Condition | None) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            value for of in _plain(condition) if isinstance(of, Keyword)
            for value in sorted(of.values)
        )
    )  # fmt: skip


def _years(condition: Condition | None) -> tuple[int, ...]:
    asked = [of for of in _plain(condition) if isinstance(of, Years)]
    return tuple(year for of in asked for year in range(of.first, min(of.last, of.first + 9) + 1))


def _plain(condition: Condition | None) -> Iterator[Condition]:
    """Yield the conditions that are asked for, not those that are excluded."""
    match condition:
        case All(parts) | Any(parts):
            for part in parts:
                yield from _plain(part)
        case Keyword() | Years() | CodeUnder():
            yield condition


def _tables(reader: Reader, item: str) -> tuple[str, ...]:
    """Return the kinds of tables whose rows bear an item, the most frequent first."""
    named: Condition = CodeUnder(item) if item.isdigit() else text_condition(item)
    rows = Bound(named, {"type": Keyword("type", frozenset({"row"}))})
    facets = reader.search(rows, offset=0, limit=0).facets
    return tuple(value.value for value in facets.get("table", ()))


def _listing(index: Index, departments: tuple[str, ...], item: str) -> Iterator[str]:
    """Yield the kinds of tables of the departments that list an item, if without a figure."""
    wanted = clean(item)
    infos = [info for info in current(index.reader) if info.department in departments]
    opened = (index.store.outline(info.id) for info in infos[-MOST_DOCUMENTS:])
    tables = (table for outline in opened if outline for table in outline.tables)
    kinds = (
        table.kind
        for table in tables
        if any(wanted in {clean(row.label), row.code} for row in table.rows)
    )
    yield from dict.fromkeys(kinds)


def _states(index: Index, found: Comparison, reports: tuple[Report, ...]) -> Iterator[Evidence]:
    for row in found.rows:
        for cell in row.cells:
            if cell.report not in reports:
                continue
            figures: tuple[ComparedFigure | None, ...] = cell.figures or (None,)
            for figure in figures:
                state = _state(found, (row.department, row.year), cell, figure)
                yield _unsure(index, state)


def _unsure(index: Index, of: Evidence) -> Evidence:
    """Return a blank as unsure where its table prints figures that were not read."""
    if of.state != "blank" or of.document is None:
        return of
    outline = index.store.outline(of.document)
    if outline is None or not outline.unread_in(of.table):
        return of
    return of.model_copy(update={"state": "not_read", "told": ABSENCES["not_read"][1]})


def _state(
    found: Comparison, place: tuple[str, int], cell: ComparedCell, figure: ComparedFigure | None
) -> Evidence:
    common: dict[str, Unknown] = {
        "department": place[0],
        "year": place[1],
        "report": cell.report,
        "table": found.indicator.table,
        "item": found.indicator.label or found.indicator.code,
    }
    if figure is None:
        absence = cell.absence or "no_figure"
        document = cell.document.id if cell.document else None
        return Evidence(state=absence, told=ABSENCES[absence][1], document=document, **common)
    printed = with_unit(figure.text, figure.unit)
    told = {
        CellState.VALUE: f"印作 {printed}",
        CellState.ZERO: f"印作 {printed}，明写为零",
        CellState.BLANK: ABSENCES["blank"][1],
        CellState.DASH: f"印作“{figure.text}”，既不是数字也不是空白",
    }[figure.state]
    return Evidence(
        state=figure.state.value,
        told=told,
        text=figure.text,
        unit=figure.unit,
        document=figure.document.id,
        record=figure.id,
        **common,
    )
