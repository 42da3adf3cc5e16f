"""Exports a comparison as a table, a figure a line with its place; absences have lines as well."""

from collections.abc import Iterable, Iterator
from typing import IO, Any, Final

from search.compare.model import ABSENCES, ComparedCell, ComparedFigure, ComparedRow, Comparison
from search.export import Format, write_table
from search.model import CellState

COLUMNS: Final = (
    ("department", "部门"), ("year", "年度"), ("level", "级别"), ("report", "类型"),
    ("state", "状态"), ("shown", "数值"), ("unit", "单位"), ("text", "原值"),
    ("printed_unit", "原单位"), ("yuan", "元"), ("basis", "依据"), ("funds", "资金范围"),
    ("carried", "结转口径"), ("table", "表"), ("title", "表名"), ("path", "上级"),
    ("label", "名称"), ("code", "科目编码"), ("column", "列"), ("id", "编号"),
    ("document", "文件编号"), ("source", "来源文件"), ("sha256", "SHA-256"), ("page", "页"),
    ("line", "行"), ("char_start", "起"), ("char_end", "止"),
)  # fmt: skip
STATES: Final = {
    CellState.VALUE: "数字", CellState.ZERO: "零", CellState.BLANK: "空白", CellState.DASH: "横线",
}  # fmt: skip
"""What stands in a cell, as a page and a table say it."""


def export(comparison: Comparison, form: Format, target: IO[bytes]) -> None:
    """Write the comparison's figures, and why there is none where there is none."""
    write_table(form, _lines(comparison), COLUMNS, target)


def _lines(comparison: Comparison) -> Iterator[dict[str, Any]]:
    for row in comparison.rows:
        for cell in row.cells:
            if cell.report in comparison.reports:
                yield from _cell_lines(comparison, row, cell)


def _cell_lines(
    comparison: Comparison, row: ComparedRow, cell: ComparedCell
) -> Iterable[dict[str, Any]]:
    common = {
        "department": row.department, "year": row.year, "level": comparison.level,
        "report": cell.report, "table": comparison.indicator.table,
    }  # fmt: skip
    if cell.absence is not None:
        document = cell.document
        yield {
            **common,
            "state": ABSENCES[cell.absence][0],
            "document": document and document.id,
            "source": document and document.source,
            "sha256": document and document.sha256,
        }
    for figure in cell.figures:
        yield common | _figure(figure, comparison.unit, differing=cell.differing)


def _figure(figure: ComparedFigure, unit: str | None, *, differing: bool) -> dict[str, Any]:
    at, document = figure.locator, figure.document
    return {
        "state": STATES[figure.state] + ("（几处不同）" if differing else ""),
        "shown": figure.shown, "unit": unit if figure.shown is not None else None,
        "text": figure.text, "printed_unit": figure.unit, "yuan": figure.yuan,
        "basis": "决算表所列预算数" if figure.quoted else f"{document.report}公开",
        "funds": figure.scope.funds, "carried": figure.scope.carried,
        "title": figure.table.title, "path": " / ".join(figure.path), "label": figure.label,
        "code": figure.code, "column": " / ".join(figure.column), "id": figure.id,
        "document": document.id, "source": document.source, "sha256": document.sha256,
        "page": at.page, "line": at.line_start, "char_start": at.char_start,
        "char_end": at.char_end,
    }  # fmt: skip
