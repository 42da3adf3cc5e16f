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
    children: dict[str, list[Row]] = {}
    for code, row in codes.items():
        children.setdefault(_above(code, codes), []).append(row)
    sums = {parent: _sums(rows) for parent, rows in children.items()}
    for row in table.rows:
        if row.code and row.code_kind in {"functional", "revenue"}:
            yield from _unmet(row, sums.get(row.code, {}))
        elif row.label in TOTALS:
            yield from _unmet(row, sums.get("", {}))


def _above(code: str, codes: dict[str, Row]) -> str:
    """Return the nearest printed code above `code`, empty where there is none."""
    above = (code[:length] for length in range(len(code) - 1, 0, -1))
    return next((prefix for prefix in above if prefix in codes), "")


def _sums(rows: Sequence[Row]) -> dict[Path, tuple[Decimal, Decimal]]:
    """Return for each column the sum of its figures and by how much rounding may move it."""
    sums: dict[Path, tuple[Decimal, Decimal]] = {}
    for cell in (cell for row in rows for cell in row.cells):
        if cell.value is not None:
            total, tolerance = sums.get(cell.column, (Decimal(0), Decimal(0)))
            sums[cell.column] = (total + cell.value, tolerance + _half_unit(cell))
    return sums


def _unmet(row: Row, sums: dict[Path, tuple[Decimal, Decimal]]) -> Iterator[Warning]:
    for cell in row.cells:
        if cell.value is None or cell.column not in sums:
            continue
        total, tolerance = sums[cell.column]
        if abs(total - cell.value) > tolerance + _half_unit(cell):
            column = cell.column[-1] if cell.column else ""
            yield Warning(
                message=f"{row.label}“{column}”印作 {cell.text}，其下各项之和为 {total:f}",
                line=row.locator.line_start,
            )


def _half_unit(cell: Cell) -> Decimal:
    """Return half a unit in the last place that a cell prints."""
    assert cell.value is not None
    exponent = cell.value.as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1)
