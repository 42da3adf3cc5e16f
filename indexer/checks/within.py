"""Equations within one table: the cells of a row, the rows of a column, lists and subtotals."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from indexer.checks.equation import Equation
from indexer.checks.figures import MONEY, Figure, Sheet
from indexer.checks.relation import Relation
from indexer.tables.measures import counts
from search.amounts import SHARE
from search.model import CellState, Path, Role
from search.vocabulary import sum_of

Choices = tuple[Equation, ...]
"""Equations of which one must hold."""

_UNIT: Final = re.compile(
    r".*(?:局|中心|站|学院|学校|大学|医院|大队|支队|委员会|办公室|研究所|馆|\(机关\)|本级)"
)
"""Names that a unit's subtotal among the projects would have."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """The cells of an equation in all rows of one layout, and the columns that it leaves out."""

    terms: tuple[tuple[int, int], ...]
    others: tuple[int, ...]


def rows(relation: Relation, sheet: Sheet) -> Iterator[Choices]:
    """Yield for each row the equations between its cells."""
    plans: dict[int, list[_Plan]] = {}
    for index, shape in enumerate(sheet.shapes):
        if shape not in plans:
            plans[shape] = list(_plans(relation, sheet, index))
        if not plans[shape] or not sheet.valued[index]:
            continue
        choices = tuple([_across(relation, sheet, index, plan) for plan in plans[shape]])
        if not choices[0].blank:
            yield choices


def is_sum(label: str) -> bool:
    """Return whether a row's label names a sum: 合计, 本年支出合计, 小计."""
    return sum_of(label) is not None


def _plans(relation: Relation, sheet: Sheet, row: int) -> Iterator[_Plan]:
    if any(sheet.column(row, name) < 0 for name in relation.needs):
        return
    ignored = {sheet.column(row, name) for name in relation.ignore}
    for specs in relation.sums:
        cells = [(sheet.column(row, spec.column), spec.sign) for spec in specs]
        if cells[0][0] < 0 or all(cell < 0 for cell, _ in cells[1:]):
            continue
        terms = {cell: sign for cell, sign in reversed(cells) if cell >= 0}
        levels = {i for i, of in enumerate(sheet.rows[row].cells) if of.role is Role.LEVEL}
        left = levels - terms.keys() - ignored
        yield _Plan(tuple((sign, cell) for cell, sign in reversed(terms.items())),
                    tuple(sorted(left)))  # fmt: skip


def _across(relation: Relation, sheet: Sheet, row: int, plan: _Plan) -> Equation:
    cells = sheet.rows[row].cells
    terms = tuple([(sign, sheet.figure(row, cell)) for sign, cell in plan.terms])
    others = [cells[c].column for c in plan.others if cells[c].value and cells[c].yuan]
    return Equation(relation, terms, doubt=_outside(others[0]) if others else "")


def _outside(column: Path) -> str:
    """Return why a figure in a column of no known name leaves a row's sum open."""
    return f"列“{column[-1]}”不在这个关系里" if column else "行里有一个数字没有列名"


def columns(relation: Relation, sheet: Sheet) -> Iterator[Choices]:
    """Yield for each column the equation between the rows of certain names.

    Of several equations it is the first whose rows the table prints, else that with most of them.
    """
    stated = sheet.named(relation.sums[0][0].row)
    if stated is None:
        return
    printed = [
        [(spec.sign, row) for spec in specs[1:] if (row := sheet.named(spec.row)) is not None]
        for specs in relation.sums
    ]
    whole = (
        rows
        for rows, specs in zip(printed, relation.sums, strict=True)
        if len(rows) == len(specs) - 1
    )
    parts = next(whole, max(printed, key=len))
    if any(not spec.optional and sheet.named(spec.row) is None for spec in relation.sums[0]):
        return
    for cell, path in enumerate(sheet.layout(stated)):
        if counts(path):
            continue
        terms = [(1, sheet.figure(stated, cell))]
        terms += [
            (sign, sheet.figure(row, at))
            for sign, row in parts
            if (at := sheet.same_column(row, path)) >= 0
        ]
        equation = Equation(relation, tuple(terms))
        if len(terms) > 1 and is_amount(terms[0][1]) and not equation.blank:
            yield (equation,)


def is_amount(figure: Figure) -> bool:
    """Return whether a cell is one for figures that add up: no words, no shares, no growth."""
    if not figure.unit and figure.sheet is not None and figure.row >= 0:
        changes = figure.sheet.rows[figure.row].cells[figure.cell].role is Role.CHANGE
        if changes and figure.text:
            return False
    return figure.unit not in SHARE and (
        not figure.unread or any(char.isdigit() for char in figure.text)
    )


def lists(relation: Relation, sheet: Sheet) -> Iterator[Choices]:
    """Yield for each side and column: the sum of the year is that of the lines above it.

    Where a table prints its spending twice side by side, by function and by kind, none is told.
    """
    places = Counter((row.locator.line_start, sheet.side(i)) for i, row in enumerate(sheet.rows))
    if max(places.values(), default=0) > 1:
        return
    for name, side in (("本年收入", "收入"), ("本年支出", "支出")):
        stated = sheet.named(name)
        if stated is None:
            continue
        above = [
            index
            for index in range(stated)
            if not sheet.rows[index].path
            and sheet.side(index) == side
            and not is_sum(sheet.labels[index])
        ]
        if not above:  # a sum that stands above its parts, which are its children
            continue
        for cell, path in enumerate(sheet.layout(stated)):
            at = [(index, sheet.same_column(index, path)) for index in above]
            parts = [(1, sheet.figure(index, c)) for index, c in at if c >= 0]
            parts = [(sign, figure) for sign, figure in parts if not figure.blank]
            equation = Equation(relation, ((1, sheet.figure(stated, cell)), *parts))
            if not equation.blank and is_amount(equation.stated):
                yield (equation,)


def subtotals(relation: Relation, sheet: Sheet) -> Iterator[Choices]:
    """Yield for each subtotal and column the sum of the rows below it.

    A subtotal stands above its rows. Where another follows at once it may be that of all rows
    or of those up to the next one.
    """
    valued = [i for i, valued in enumerate(sheet.valued) if valued]
    heads = [i for i in valued if is_sum(sheet.labels[i])]
    if not heads or sheet.table.kind == "项目支出表":
        heads = [i for i in valued if i in heads or sheet.rows[i].subtotal]
    items = [i for i in valued if i not in heads]
    units = [sheet.labels[i] for i in items if _UNIT.fullmatch(sheet.labels[i])]
    doubt = (
        f"“{units[0]}”可能是下属单位的小计" if units and sheet.table.kind == "项目支出表" else ""
    )
    for head in heads:
        first = next((i for i in items if i > head), None)
        if first is None:
            continue
        until = next((i for i in heads if i > first), len(sheet.rows))
        below = ([i for i in items if head < i < until], [i for i in items if i > head])
        groups = dict.fromkeys(tuple(topmost(sheet, group)) for group in below)
        for cell, path in enumerate(sheet.layout(head)):
            choices = tuple(
                Equation(relation, ((1, sheet.figure(head, cell)), *_under(sheet, group, path)),
                         doubt=doubt)
                for group in groups
            )  # fmt: skip
            if not choices[0].blank and is_amount(choices[0].stated):
                yield choices


def topmost(sheet: Sheet, rows: Sequence[int]) -> list[int]:
    """Return the rows that are not below another of them: an account counts once, not its parts."""
    codes = {sheet.rows[i].code for i in rows}
    places = {(*sheet.rows[i].path, sheet.rows[i].label) for i in rows}

    def is_part(index: int) -> bool:
        row = sheet.rows[index]
        code = row.code or ""
        above = (row.path[:depth] for depth in range(1, len(row.path) + 1))
        return any(code[:length] in codes for length in range(3, len(code))) or any(
            path in places for path in above
        )

    return [index for index in rows if not is_part(index)]


def _under(
    sheet: Sheet, group: tuple[int, ...], path: tuple[str, ...]
) -> Iterator[tuple[int, Figure]]:
    for index in group:
        cell = sheet.same_column(index, path)
        if cell >= 0 and sheet.rows[index].cells[cell].state is not CellState.BLANK:
            figure = sheet.figure(index, cell)
            if figure.unit in {MONEY, ""}:
                yield 1, figure
