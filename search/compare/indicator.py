"""Which rows and cells are figures of an indicator, and of which report."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, Literal

from search import vocabulary
from search.analysis import clean
from search.compare.model import ComparedFigure, ComparedItem
from search.compare.scope import scope
from search.engines.base import Any, Code, Condition, Text
from search.model import CellState, Path, Report
from search.query.vocabulary import text_condition
from search.results import Hit, HitCell, TableRef
from search.vocabulary import ANOTHER

Measure = Literal["budget", "final", "own", "other"]

_YEAR = re.compile(r"20\d\d(?=年|预算|决算|$)")
_YEARED = re.compile(r"20\d\d年?度?")
MAIN: Final = ""
"""Stands for a row's main column: 合计, 小计, 金额, 决算数 …, whatever the table calls it."""


def same_names(label: str) -> tuple[str, ...]:
    """Return the names under which an item is printed, the one asked for first."""
    return tuple(dict.fromkeys((label, *_groups().get(clean(label), ())))) if label else ()


def condition(indicator: ComparedItem) -> Condition:
    """Return what narrows an engine's rows to those that may be the indicator's."""
    either: list[Condition] = [Code(indicator.code)] if indicator.code else []
    texts = [text_condition(name) for name in indicator.names]
    either += [Text(text.tokens, text.exact) for text in texts if text.tokens]
    return Any(tuple(either))


def is_row(indicator: ComparedItem, label: str, code: str | None) -> bool:
    """Return whether a row is the indicator's: by its code, or by its name where it has none.

    Where no code is asked for, the name decides whatever the code.
    """
    if indicator.code and code is not None:
        return code == indicator.code
    return clean(label) in {clean(name) for name in indicator.names}


def figures(indicator: ComparedItem, hit: Hit) -> Iterator[tuple[Report, ComparedFigure]]:
    """Yield the indicator's figures of a row, each with the report whose figure it is."""
    table, report = hit.table, hit.document.report
    if table is None or report is None:
        return
    for cell in hit.cells:
        if not _is_column(indicator.column, cell) or _is_words(cell):
            continue
        of = measure(cell.column, hit.document.year)
        if of == "other" or (report == "预算" and of == "final"):
            continue
        quoted = report == "决算" and of == "budget"
        yield "预算" if quoted else report, figure_of(hit, table, cell, quoted=quoted)


def figure_of(hit: Hit, table: TableRef, cell: HitCell, *, quoted: bool = False) -> ComparedFigure:
    """Return a row's cell as a figure with its place."""
    return ComparedFigure(
        id=hit.id,
        document=hit.document,
        table=table,
        label=hit.label_verbatim,
        path=hit.path,
        code=hit.code,
        column=cell.column,
        text=cell.text,
        value=cell.value,
        unit=cell.unit,
        yuan=cell.yuan,
        state=cell.state,
        quoted=quoted,
        scope=scope(table.title, table.kind, cell.column),
        locator=cell.locator or hit.locator,
    )


def measure(column: Path, year: int | None) -> Measure:
    """Return what a column's heads say of its figures: budget, final account, another year's."""
    named = {int(found) for head in column for found in _YEAR.findall(clean(head))}
    whens = {of.when for of in map(vocabulary.period, column) if of}
    if whens & ANOTHER or (named and named != {year}):
        return "other"
    reports = {of.report for of in map(vocabulary.head, column) if of}
    return "final" if "决算" in reports else "budget" if "预算" in reports else "own"


def column_name(column: Path) -> str:
    """Return the name that a column is asked for by: its innermost head without the year."""
    return _YEARED.sub("", clean(column[-1])) if column else ""


def _is_column(asked: str, cell: HitCell) -> bool:
    return cell.principal if asked == MAIN else column_name(cell.column) == clean(asked)


def _is_words(cell: HitCell) -> bool:
    return cell.value is None and cell.state in {CellState.VALUE, CellState.ZERO}


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    return {clean(name): group for group in vocabulary.same_items() for name in group}
