"""Equations of 绩效 forms: a project's row against its form, the form's own amounts."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from indexer.checks.equation import Equation
from indexer.checks.figures import MONEY, NOTHING, Book, Figure
from indexer.checks.relation import Relation
from indexer.checks.within import Choices
from indexer.forms.funds import EXECUTED, WHOLE, YEARLY
from search.amounts import YUAN, half_unit
from search.model import Cell, Project

PLANNED: Final = "全年预算数"
REST: Final = "资金结(转)余"
RATE: Final = "执行率"


def _funds(project: Project, prefix: int) -> dict[tuple[str, ...], Figure]:
    return {
        cell.column: _figure(project, cell, f"{project.id[prefix:]}.{number}")
        for number, cell in enumerate(project.funds)
        if cell.column
    }


def _figure(project: Project, cell: Cell, ref: str) -> Figure:
    factor = YUAN.get(cell.unit or "", Decimal(1))
    value = cell.yuan if cell.yuan is not None else cell.value
    return Figure(
        ref=ref,
        value=NOTHING if value is None else value,
        half=half_unit(cell.value) * factor if cell.value else NOTHING,
        text=cell.text,
        unit=MONEY if cell.yuan is not None else cell.unit or "",
        named=("绩效表", project.name, " › ".join(cell.column)),
        locator=cell.locator or project.locator,
        factor=factor,
        unread=value is None,
    )


def _unread(project: Project) -> Figure:
    """Return the total that a form does not tell."""
    return Figure("", NOTHING, NOTHING, "", MONEY, ("绩效表", project.name, YEARLY), unread=True)


def forms(relation: Relation, book: Book) -> Iterator[Choices]:
    """Yield for each project with row and form: its amount is the form's for the year."""
    prefix = len(book.of.id) + 1
    rows = {
        row.id: (sheet, index)
        for sheet in book.sheets("项目支出表")
        for index, row in enumerate(sheet.rows)
    }
    for project in book.of.projects:
        if project.row_id not in rows or project.form_id is None:
            continue
        sheet, index = rows[project.row_id]
        cell = sheet.column(index, "")
        funds = _funds(project, prefix)
        total = funds.get((YEARLY,))
        doubt = "" if total else "绩效表没有读出年度资金总额"
        total = total or funds.get((WHOLE,)) or _unread(project)
        if cell >= 0:
            terms = ((1, sheet.figure(index, cell)), (1, total))
            yield (Equation(relation, terms, doubt=doubt),)


def funds(relations: Mapping[str, Relation], book: Book) -> Iterator[Choices]:
    """Yield the equations between the amounts of each form."""
    prefix = len(book.of.id) + 1
    for project in book.of.projects:
        found = _funds(project, prefix)
        if "form-sources" in relations:
            for head in (WHOLE, YEARLY):
                parts = [f for column, f in found.items() if column[0] == head and column[1:]]
                if (head,) in found and len(parts) > 1:
                    terms = ((1, found[head,]), *((1, part) for part in parts))
                    yield (Equation(relations["form-sources"], terms),)
        for tail in dict.fromkeys(column[1:] for column in found):
            planned, spent = found.get((PLANNED, *tail)), found.get((EXECUTED, *tail))
            if planned is None or spent is None or planned.unread or spent.unread:
                continue
            rest, rate = found.get((REST, *tail)), found.get((RATE, *tail))
            if rest is not None and "form-rest" in relations:
                terms = ((1, rest), (1, planned), (-1, spent))
                yield (Equation(relations["form-rest"], terms),)
            if rate is not None and "form-rate" in relations:
                terms = ((1, rate), (1, spent), (1, planned))
                yield (Equation(relations["form-rate"], terms, "share"),)
