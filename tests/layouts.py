"""Makes a disclosure of tables as text, and says in short what was read of it."""

from indexer.disclosure import read
from search.model import Cell, Disclosure, Role

MARKS = {Role.PRIOR: " 上", Role.CHANGE: " 变"}


def document(tables: str, *, year: int = 2024, report: str = "预算") -> Disclosure:
    text = f"某某县水利局\n{year}年部门{report}公开\n\n第二部分 报表\n\n{tables}"
    return read(text.encode(), "a.txt")


def said(cell: Cell) -> str:
    """Return a figure with its column, unit, and whether the row is about it (*)."""
    mark = "*" if cell.principal else ""
    unit = cell.unit or ""
    return f"{'/'.join(cell.column)}={cell.text}{unit}{mark}{MARKS.get(cell.role, '')}"


def told(of: Disclosure) -> dict[str, str]:
    """Return what each row with a figure says, by its code and label."""
    return {
        f"{row.code or ''} {row.label}".strip(): " ".join(
            said(cell) for cell in row.cells if cell.value is not None
        )
        for table in of.tables
        for row in table.rows
        if row.has_value
    }
