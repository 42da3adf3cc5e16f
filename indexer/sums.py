"""Reports the sums that a table of accounts states and does not meet.

父科目 = Σ 子科目 and 合计 = Σ 类, column by column. A sum may differ by half a unit in the last
printed place for each addend (source: rounding of every printed figure). A parent is compared
only where the table prints children with figures in that column.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from search.model import Cell, Path, Row, Table, Warning

TOTALS = frozenset({"合计", "总计"})


def unmet_sums(table: Table) -> Iterator[Warning]:
    """Yield a warning for each stated sum of a table that its addends do not give."""
    codes = {row.code: row for row in table.rows if row.code}
    for row in table.rows:
        if row.code and row.code_kind in {"functional", "revenue"}:
            children = [codes[code] for code in codes if _is_child(code, row.code, codes)]
        elif row.label in TOTALS and codes:
            children = [codes[code] for code in codes if len(code) == min(map(len, codes))]
        else:
            continue
        yield from _unmet(row, children)


def _is_child(code: str, parent: str, codes: dict[str, Row]) -> bool:
    """Return whether `parent` is the nearest printed code above `code`."""
    above = (code[:length] for length in range(len(code) - 1, 0, -1))
    return next((prefix for prefix in above if prefix in codes), None) == parent


def _unmet(row: Row, children: Sequence[Row]) -> Iterator[Warning]:
    for cell in row.cells:
        if cell.value is None:
            continue
        addends = [c for child in children for c in _in_column(child, cell.column)]
        if not addends:
            continue
        total = sum((addend.value for addend in addends if addend.value is not None), Decimal(0))
        half = max(map(_half_unit, (cell, *addends)))
        if abs(total - cell.value) > half * (len(addends) + 1):
            column = cell.column[-1] if cell.column else ""
            yield Warning(
                message=f"{row.label}“{column}”印作 {cell.text}，其下各项之和为 {total:f}",
                line=row.locator.line_start,
            )


def _in_column(row: Row, column: Path) -> Iterator[Cell]:
    return (cell for cell in row.cells if cell.column == column and cell.value is not None)


def _half_unit(cell: Cell) -> Decimal:
    """Return half a unit in the last place that a cell prints."""
    assert cell.value is not None
    exponent = cell.value.as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1)
