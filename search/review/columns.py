"""Figures of the year before that a table prints beside its own, and where that year has them."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from search.amounts import half_unit
from search.analysis import clean
from search.citation import line
from search.hits import HitMaker
from search.model import Cell, Disclosure, Path, Report, Role, Row, Statement, Table
from search.review.model import FoundTerm, Quoted
from search.vocabulary import is_bare_sum, period

_YEAR: Final = re.compile(r"20\d\d")
_BEFORE: Final = frozenset({"prior", "opening"})
"""Periods of the year before whatever year the table's title names."""
_ESTIMATE: Final = re.compile(r"执行|完成|预计")
"""What a budget prints of a year that is not closed yet: neither its budget nor its account."""
_Printed = tuple[Table, Row, int]


def quoting(of: Disclosure) -> Iterator[tuple[int, Report, _Printed]]:
    """Yield each amount of another year in a table, with the year and report that it is of."""
    if of.year is None or of.report is None:
        return
    for table in of.tables:
        for row in table.rows:
            for number, cell in enumerate(row.cells):
                if cell.role is Role.PRIOR and cell.yuan is not None:
                    head = clean("".join(cell.column))
                    if not _ESTIMATE.search(head):
                        year = _year(cell.column, row, table) or of.year - 1
                        yield year, _report(head, of.report), (table, row, number)


def compared(quote: _Printed, make: HitMaker, earlier: Disclosure, made: HitMaker) -> Quoted | None:
    """Return a quoted amount beside what its own document prints, None where that is not sure.

    It is where one row of one table of the kind bears the same code and name under the same.
    """
    table, row, number = quote
    same = [
        (other, line)
        for other in earlier.tables
        if other.kind == table.kind
        for line in other.rows
        if _name(line) == _name(row)
    ]
    if len(same) != 1 or earlier.year is None:
        return None
    found = _about(same[0][1], row.cells[number].column, earlier.report)
    if found is None:
        return None
    cell, printed = row.cells[number], same[0][1].cells[found]
    difference = abs((cell.yuan or Decimal(0)) - (printed.yuan or Decimal(0)))
    return Quoted(
        subject=row.label,
        year=earlier.year,
        agrees=difference <= half(cell) + half(printed),
        quoted=_cited(make, quote),
        printed=_cited(made, (*same[0], found)),
    )


def _year(column: Path, row: Row, table: Table) -> int | None:
    """Return the year that a column, else its row, else the whole table names as its own."""
    before = any(of.when in _BEFORE for of in map(period, column) if of)
    said = ("".join(column), row.label, *(() if before else (table.title, *table.heads)))
    return next((int(named[0]) for text in said if (named := _YEAR.search(text))), None)


def _report(head: str, own: Report) -> Report:
    return "预算" if "预算" in head else "决算" if "决算" in head else own


def _name(row: Row) -> tuple[str | None, str, Path]:
    return row.code, clean(row.label), tuple(map(clean, row.path))


def _about(row: Row, quoted: Path, report: Report | None) -> int | None:
    """Return the one cell of a row that a quoted column is of: its sum, or under the same head."""
    printed = [n for n, c in enumerate(row.cells) if c.yuan is not None and c.role is Role.LEVEL]
    if len(quoted) > 1 and not is_bare_sum(quoted[-1]):
        under = [n for n in printed if row.cells[n].column[-1:] == quoted[-1:]]
        return under[0] if len(under) == 1 else None
    principal = [n for n in printed if row.cells[n].principal]
    named = [n for n in principal if report in "".join(row.cells[n].column)] if report else []
    one = principal if len(principal) == 1 else named
    return one[0] if len(one) == 1 else None


def half(of: Cell | Statement) -> Decimal:
    """Return half a unit in the last printed place, in yuan."""
    if not of.value or of.yuan is None:
        return Decimal(0)
    return half_unit(of.value) * (of.yuan / of.value)


def _cited(make: HitMaker, printed: _Printed) -> FoundTerm:
    table, row, number = printed
    hit = make.row(table, row)
    cell = hit.cells[number]
    return FoundTerm(
        what=" › ".join((table.kind, row.label, *cell.column)),
        text=cell.text,
        record=hit.id,
        cell=number,
        locator=cell.locator,
        citation=line(hit, cell),
    )
