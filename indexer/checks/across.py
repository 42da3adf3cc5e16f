"""Equations across tables: single cells, accounts by code, classes by name."""

from collections.abc import Iterator
from itertools import product

from indexer.checks.equation import Equation
from indexer.checks.figures import Book, Figure, Sheet
from indexer.checks.relation import Relation, Spec
from indexer.checks.within import Choices, is_sum
from search.equation import NO_DATA
from search.model import Skipped

_CLASS = 3
"""Digits of a class 类."""


def document(relation: Relation, book: Book) -> Iterator[Choices | Skipped]:
    """Yield the equations between cells that the relation names."""
    choices: list[Equation] = []
    reason = ""
    for specs in relation.sums:
        terms = cells(relation, book, specs)
        if isinstance(terms, str):
            reason = reason or terms
        elif terms:
            choices.append(Equation(relation, tuple(terms)))
    if choices and not choices[0].blank:
        yield tuple(choices)
    elif reason or not choices:
        yield Skipped(relation=relation.id, reason=reason or "没有数字")


def holds(relation: Relation, book: Book) -> str:
    """Return why the relation's condition does not hold, "" where it does or there is none."""
    if not relation.when:
        return ""
    terms = cells(relation, book, relation.when)
    if isinstance(terms, str):
        return terms
    equation = Equation(relation, tuple(terms))
    if equation.blank or equation.unread or not equation.holds():
        return "前提不成立：" + " ≠ ".join(" ".join(f.what) for _, f in terms)
    return ""


def cells(
    relation: Relation, book: Book, specs: tuple[Spec, ...]
) -> list[tuple[int, Figure]] | str:
    """Return the figures that an equation's terms name, or why there are none."""
    terms: list[tuple[int, Figure]] = []
    for spec in specs:
        found = sheets(relation, book, spec.table)
        if not found:
            return f"没有{spec.table}"
        valued = [sheet for sheet in found if not sheet.empty]
        if not valued:
            sheet = found[0]
            if not sheet.table.no_data:
                return f"{sheet.name}没有读出数字"
            terms.append((spec.sign, sheet.absent("", text=NO_DATA)))
            continue
        if len(valued) > 1 and not spec.every:
            return f"有 {len(valued)} 张{spec.table}"
        for sheet in valued:
            figure = _cell(sheet, spec, alone=len(relation.sums) == 1)
            if isinstance(figure, str):
                return figure
            terms.append((spec.sign, figure))
    return terms


def sheets(relation: Relation, book: Book, kind: str) -> list[Sheet]:
    """Return the tables of a kind whose titles the relation is for."""
    found = book.sheets(kind)
    for of, wanted, pattern in relation.titles:
        if of == kind:
            found = [s for s in found if bool(pattern.search(s.table.title)) is wanted]
    return found


def _cell(sheet: Sheet, spec: Spec, *, alone: bool) -> Figure | str:
    """Return the figure of a term, or why there is none.

    A column that a table does not have holds nothing, but where the relation has other
    equations it is one of those that is meant.
    """
    row = sheet.named(spec.row)
    if row is None:
        return sheet.absent(spec.row, doubtful=True)
    column = sheet.column(row, spec.column)
    if column < 0:
        if spec.optional and alone:
            return sheet.absent(f"{spec.row} › {spec.column}")
        return f"{sheet.name}没有“{spec.column}”一列"
    figure = sheet.figure(row, column)
    if figure.blank and not spec.optional and not sheet.valued[row]:
        return f"{sheet.name}的“{spec.row}”是空的"
    return figure


def accounts(relation: Relation, book: Book) -> Iterator[Choices | Skipped]:
    """Yield for each account the equations between the tables that print it."""
    yield from _joined(relation, book, by_code=True)


def classes(relation: Relation, book: Book) -> Iterator[Choices | Skipped]:
    """Yield for each class 类 the equations between the tables that print its name."""
    yield from _joined(relation, book, by_code=False)


def _joined(relation: Relation, book: Book, *, by_code: bool) -> Iterator[Choices | Skipped]:
    keyed: dict[str, tuple[Sheet, dict[str, int]]] = {}
    for spec in dict.fromkeys(spec.table for specs in relation.sums for spec in specs):
        found = sheets(relation, book, spec)
        valued = [sheet for sheet in found if not sheet.empty]
        if len(valued) == 1:
            keyed[spec] = valued[0], _rows(valued[0], by_code=by_code)
        elif spec in {specs[i].table for specs in relation.sums[:1] for i in range(len(specs))}:
            reason = f"有 {len(valued)} 张{spec}" if valued else f"没有{spec}或没有数字"
            yield Skipped(relation=relation.id, reason=reason)
            return
    first = relation.sums[0]
    common = [
        key
        for key in keyed[first[0].table][1]
        if all(key in keyed[spec.table][1] for spec in first)
    ]
    if not common:
        yield Skipped(relation=relation.id, reason="两张表没有共同的科目")
    for key, specs in product(common, [relation.sums]):
        joined = [_terms(keyed, key, equation) for equation in specs]
        choices = tuple([Equation(relation, tuple(terms)) for terms in joined if len(terms) > 1])
        if choices and not choices[0].blank:
            yield choices


def _terms(
    keyed: dict[str, tuple[Sheet, dict[str, int]]], key: str, specs: tuple[Spec, ...]
) -> list[tuple[int, Figure]]:
    terms: list[tuple[int, Figure]] = []
    for spec in specs:
        sheet, rows = keyed.get(spec.table, (None, {}))
        if sheet is None or key not in rows:
            return []
        column = sheet.column(rows[key], spec.column)
        if column >= 0:
            terms.append((spec.sign, sheet.figure(rows[key], column)))
        elif not spec.optional:
            return []
    return terms


def _rows(sheet: Sheet, *, by_code: bool) -> dict[str, int]:
    """Return the rows that an account or a class's name stands for, ambiguous ones left out."""
    if by_code:
        return {code: rows[0] for code, rows in sheet.codes.items() if len(rows) == 1}
    rows: dict[str, int] = {}
    for index, row in enumerate(sheet.rows):
        label = sheet.labels[index]
        if len(row.code) == _CLASS if row.code else _is_class(sheet, index):
            rows[label] = -1 if label in rows else index
    return {label: index for label, index in rows.items() if index >= 0}


def _is_class(sheet: Sheet, index: int) -> bool:
    """Return whether a row without code is a class in a table of two sides."""
    row = sheet.rows[index]
    plain = not row.path and not is_sum(sheet.labels[index])
    return plain and sheet.valued[index] and sheet.side(index) == "支出"
