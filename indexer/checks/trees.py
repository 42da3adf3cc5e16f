"""Equations of a table's hierarchy: an account and its parts, a row and those below it."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from indexer.checks.equation import Equation
from indexer.checks.figures import Figure, Sheet
from indexer.checks.relation import Relation
from indexer.checks.within import Choices, is_amount, is_sum, topmost
from search.model import CellState, Path
from search.text import normalise

_OF_WHICH: Final = re.compile(r"其中")


def children(relation: Relation, sheet: Sheet) -> Iterator[Choices]:
    """Yield for each account with parts printed below it, and each column, its sum."""
    doubt = _uncoded(sheet)
    for code, parts in sheet.below.items():
        parents = sheet.codes.get(code, [])
        if len(parents) == 1:
            yield from _sums(relation, sheet, parents[0], parts, doubt)


def top(relation: Relation, sheet: Sheet) -> Iterator[Choices]:
    """Yield for the table's total, and each column, the sum of the topmost rows."""
    total = sheet.named("合计")
    if total is None:
        return
    if any(row.code for row in sheet.rows):
        parts = sheet.below.get("", [])
        doubt = _uncoded(sheet)
    else:
        # What stands below a category that is no row of its own is at the top as well.
        parts = topmost(sheet, [
            index
            for index in range(len(sheet.rows))
            if sheet.valued[index] and not is_sum(sheet.labels[index])
        ])  # fmt: skip
        doubt = "" if any(row.path for row in sheet.rows) else "看不出这张表的层次"
    if parts:
        yield from _sums(relation, sheet, total, parts, doubt)


def parts(relation: Relation, sheet: Sheet) -> Iterator[Choices]:
    """Yield for each row without code that has parts below it, and each column, its sum."""
    below: dict[Path, list[int]] = {}
    above: dict[Path, list[int]] = {}
    for index, row in enumerate(sheet.rows):
        if not row.code:
            above.setdefault((*row.path, row.label), []).append(index)
            if row.path:
                below.setdefault(row.path, []).append(index)
    for path, rows in below.items():
        parents = above.get(path, [])
        of_which = any(_OF_WHICH.match(normalise(sheet.rows[i].label_verbatim)) for i in rows)
        if len(parents) == 1 and sheet.valued[parents[0]] and not of_which:
            valued = [i for i in rows if sheet.valued[i]]
            yield from _sums(relation, sheet, parents[0], valued, "")


def _uncoded(sheet: Sheet) -> str:
    """Return a doubt where a row with figures lost its code: it may be one of the parts."""
    for index, row in enumerate(sheet.rows):
        if not row.code and sheet.valued[index] and not is_sum(sheet.labels[index]):
            return f"“{row.label}”一行没有科目编码"
    return ""


def _sums(
    relation: Relation, sheet: Sheet, parent: int, rows: Sequence[int], doubt: str
) -> Iterator[Choices]:
    for cell, path in enumerate(sheet.layout(parent)):
        stated = sheet.figure(parent, cell)
        if not is_amount(stated):
            continue
        places = [(row, sheet.same_column(row, path)) for row in rows]
        found = [sheet.figure(row, at) for row, at in places if at >= 0]
        if any(part.unit and stated.unit and part.unit != stated.unit for part in found):
            continue  # cars and journeys below money are no parts of it
        printed: list[tuple[int, Figure]] = [(1, part) for part in found if not part.blank]
        if not printed and stated.blank:
            continue
        if len(found) < len(places) and not printed:
            continue
        states = {sheet.rows[row].cells[at].state for row, at in places if at >= 0}
        if states == {CellState.DASH}:  # the parts are not told apart in this column
            continue
        equation = Equation(relation, ((1, stated), *printed), doubt=doubt)
        if len(printed) < len(found) and not equation.holds():  # a blank may be what is missing
            terms = ((1, stated), *((1, part) for part in found))
            equation = Equation(relation, terms, doubt=doubt)
        yield (equation,)
