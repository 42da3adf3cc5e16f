"""The reading of each sample, kept whole: reviewed against the source by eye, table by table.

`pytest tests/test_golden.py --update-golden` writes the files anew; review the difference.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.disclosure import read_file
from search.model import Cell, Disclosure, Locator, Project, Row, Statement, Table
from tests.conftest import NAMES, PDFS, source_pdf

GOLDEN = Path(__file__).parent / "golden"


def _place(at: Locator) -> str:
    """Return the line of a text, the page of a PDF."""
    return f"{at.line_start}" if at.page is None else f"p{at.page}"


def _summary(of: Disclosure) -> dict[str, Any]:
    return {
        "department": of.department,
        "variants": of.department_variants,
        "code": of.department_code,
        "parent": of.parent,
        "year": of.year,
        "report": of.report,
        "level": of.level,
        "warnings": [str(warning) for warning in of.warnings],
        "sections": [" › ".join(section.path) for section in of.sections],
        "tables": [_table(table) for table in of.tables],
        "statements": [
            _statement(s) for p in of.passages for s in p.statements if p.part == "narrative"
        ],
        "projects": [_project(project) for project in of.projects],
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": table.kind,
        "title": table.title,
        "unit": table.unit,
        "no_data": table.no_data,
        "columns": [" / ".join(path) for path in table.columns] if table.rows else [],
        "rows": [_row(row) for row in table.rows if row.has_value],
        "without figures": " ".join(row.label for row in table.rows if not row.has_value),
    }


def _row(row: Row) -> str:
    path = " › ".join((*row.path, row.label))
    code = f"{row.code} " if row.code else ""
    mark = " (小计)" if row.subtotal else ""
    cells = "; ".join(_cell(cell) for cell in row.cells if cell.text)
    return f"{_place(row.locator)}: {code}{path}{mark} = {cells}"


def _cell(cell: Cell) -> str:
    star = "*" if cell.principal else ""
    column = cell.column[-1] if cell.column else ""
    unit = cell.unit or "" if cell.yuan is None else ""
    return f"{star}{column} {cell.text}{unit}"


def _statement(s: Statement) -> str:
    year = f" {s.year}" if s.year else ""
    basis = f" {s.basis}" if s.basis else ""
    return (
        f"{_place(s.figure)}: {s.subject} = {s.value}{s.unit}"
        f" [{s.direction or s.role.value}{year}{basis}]"
    )


def _project(project: Project) -> dict[str, Any]:
    return {
        "name": project.name,
        "form name": project.form_name,
        "yuan": project.yuan and f"{project.yuan:f}",
        "from": [k for k, v in (("row", project.row_id), ("form", project.form_id)) if v],
        "fields": [f"{field.name}：{field.value[:20]}" for field in project.fields],
        "funds": [f"{' / '.join(c.column)} {c.text} = {c.yuan}" for c in project.funds],
        "indicators": [
            f"{' / '.join(i.level)} › {i.name} = "
            + "; ".join(f"{c.column[0]} {c.text}" for c in i.cells)
            for i in project.indicators
        ],
    }


@pytest.mark.parametrize("name", NAMES)
def test_golden(
    disclosures: dict[str, Disclosure], name: str, request: pytest.FixtureRequest
) -> None:
    _check(disclosures[name], NAMES[name], request)


@pytest.mark.parametrize("name", PDFS)
def test_golden_of_a_pdf(name: str, request: pytest.FixtureRequest) -> None:
    _check(read_file(source_pdf(name))[0], PDFS[name], request)


def _check(of: Disclosure, name: str, request: pytest.FixtureRequest) -> None:
    path = GOLDEN / f"{name}.json"
    text = json.dumps(_summary(of), ensure_ascii=False, indent=1) + "\n"
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert json.loads(text) == json.loads(path.read_text(encoding="utf-8"))
