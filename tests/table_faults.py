"""What a reading has other than a table case 表格用例 wants."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from search.model import Cell, Disclosure, Row, Table
from tests.table_cases import Case, Figure, Sheet

MONEY = {
    "元": 1, "百元": 100, "千元": 1000, "万元": 10**4, "十万元": 10**5, "百万元": 10**6,
    "千万元": 10**7, "亿元": 10**8,
}  # fmt: skip
ANY = "?"
"""Stands for a label, a kind or a unit that a case leaves open."""
COUNTS = frozenset({"#", "x"})
"""Stand for units that are no money and need not be told."""
GRAVITY = (
    "WRONG", "UNIT", "EXTRA", "MISSING", "SILENT", "LABEL", "ROLE", "CODE", "PATH", "HEAD", "MAIN",
    "CHECK", "KIND", "TITLE", "EMPTY", "WARN", "META",
)  # fmt: skip
Place = tuple[Table, Row, Cell]


def faults(case: Case, read: Disclosure) -> list[str]:
    """Return how a reading differs from what the case wants, the gravest first."""
    seen: set[tuple[str, int]] = set()
    found = [
        *(fault for sheet in case.sheets for fault in _of_sheet(case, sheet, read, seen)),
        *_extra(read, seen),
        *_of_document(case, read),
    ]
    return sorted(dict.fromkeys(found), key=lambda fault: GRAVITY.index(fault.split()[0]))


def _of_sheet(
    case: Case, sheet: Sheet, read: Disclosure, seen: set[tuple[str, int]]
) -> Iterator[str]:
    if sheet.empty:
        if not any(table.kind == sheet.kind and table.no_data for table in read.tables):
            said = [(table.kind, table.title, table.no_data) for table in read.tables]
            yield f"EMPTY {sheet.kind} 本表无数据 not told: {said}"
        return
    for figure, place in _paired(sheet, read.tables, seen):
        if place is not None:
            yield from _in_money(place, figure, loose=case.loose)
            if not case.loose:
                yield from _around(place, figure, sheet)
        elif not case.loose:
            yield f"MISSING {_said(figure)}{'' if _is_warned(figure, read) else ' (not told)'}"
        elif figure.unit[0] != ANY and not _is_warned(figure, read):
            yield f"SILENT {_said(figure)}"


def _extra(read: Disclosure, seen: set[tuple[str, int]]) -> Iterator[str]:
    for table in read.tables:
        for row in table.rows:
            for number, cell in enumerate(row.cells):
                if cell.value is not None and (row.id, number) not in seen:
                    read_as = f"{cell.value} {cell.unit} yuan={cell.yuan}"
                    yield f"EXTRA {row.label} {'/'.join(cell.column)} {cell.text!r} {read_as}"


def _of_document(case: Case, read: Disclosure) -> Iterator[str]:
    if not case.loose:
        yield from (f"CHECK {check.equation} {check.name}" for check in read.checks.failed)
    if case.warns and not any(case.warns in str(warning) for warning in read.warnings):
        yield f"WARN nothing of {case.warns!r}: {list(map(str, read.warnings))}"
    if (read.department, read.year) != (case.department, case.year):
        yield f"META {read.department!r} {read.year}"


def _paired(
    sheet: Sheet, tables: Sequence[Table], seen: set[tuple[str, int]]
) -> Iterator[tuple[Figure, Place | None]]:
    """Return each figure with its place: those in their row and column before all others."""
    left = list(sheet.figures)
    for sure in (True, False):
        for figure in tuple(left):
            found = [
                (_closeness((table, row, cell), figure, sheet), row.id, number, (table, row, cell))
                for table in tables
                for row in table.rows
                for number, cell in enumerate(row.cells)
                if _is(cell, figure) and (row.id, number) not in seen
            ]
            best = max(found, key=lambda item: item[0], default=None)
            if best is not None and (not sure or (best[0][0] and best[0][3])):
                seen.add((best[1], best[2]))
                left.remove(figure)
                yield figure, best[3]
    for figure in left:
        yield figure, None


def _is(cell: Cell, figure: Figure) -> bool:
    return cell.value is not None and _squeezed(cell.text) == _squeezed(figure.text)


def _closeness(place: Place, figure: Figure, sheet: Sheet) -> tuple[bool, ...]:
    table, row, cell = place
    return (
        _squeezed(row.label) == _squeezed(figure.label),
        figure.code is None or row.code == figure.code,
        figure.path is None or _parents(row.path) == _parents(figure.path),
        figure.column.path is None or _heads(cell) == _wanted(figure),
        table.kind == sheet.kind,
    )


def _in_money(place: Place, figure: Figure, *, loose: bool) -> Iterator[str]:
    """Return what is wrong with a figure's value, unit and label."""
    _, row, cell = place
    said = _said(figure)
    if figure.label != ANY and _squeezed(row.label) != _squeezed(figure.label):
        yield f"LABEL {row.label!r} for {said}"
    if cell.value != figure.value:
        yield f"WRONG {cell.value} for {said}"
    factor = MONEY.get(figure.unit.removeprefix(ANY))
    yuan = None if factor is None else figure.value * factor
    is_open = loose or figure.unit[0] == ANY
    other_unit = factor is None and cell.unit != figure.unit and figure.unit not in COUNTS
    if cell.yuan != yuan and not (is_open and cell.yuan is None):
        yield f"UNIT yuan={cell.yuan} unit={cell.unit!r} for {said}"
    elif other_unit and not is_open:
        yield f"UNIT unit={cell.unit!r} for {said}"


def _around(place: Place, figure: Figure, sheet: Sheet) -> Iterator[str]:
    """Return what is wrong with what stands around a figure: heads, parents, code, table."""
    table, row, cell = place
    said = _said(figure)
    if cell.role not in figure.column.roles and figure.unit[0] != ANY:
        yield f"ROLE {cell.role} for {said}"
    if row.code != figure.code and figure.label != ANY:
        yield f"CODE {row.code} for {said}"
    if figure.path is not None and _parents(row.path) != _parents(figure.path):
        yield f"PATH {'/'.join(row.path)!r} for {said}"
    if figure.column.path is not None and _heads(cell) != _wanted(figure):
        yield f"HEAD {'/'.join(cell.column)!r} for {said}"
    if figure.column.principal and not cell.principal:
        yield f"MAIN not principal: {said}"
    if _squeezed(table.title) != _squeezed(sheet.title):
        yield f"TITLE {table.title!r} for {sheet.title}"
    if sheet.kind not in {ANY, table.kind}:
        yield f"KIND {table.kind!r} ({table.title!r}) for {sheet.kind}"


def _is_warned(figure: Figure, read: Disclosure) -> bool:
    """Whether a warning tells of a figure that was not read: by its text, or by its line."""
    told = (re.sub(r"[\s/]", "", warning.message) for warning in read.warnings)
    wanted = re.sub(r"[\s/]", "", figure.text)
    return any(wanted in message or "列对不上" in message for message in told)


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _heads(cell: Cell) -> tuple[str, ...]:
    """Return the heads of a cell without the units in them."""
    bracket = r"[(](?:单位:)?[^()]*[元%人辆个][)]$"
    heads = (re.sub(bracket, "", _squeezed(head)) for head in cell.column)
    return tuple(head for head in heads if head)


def _parents(path: Sequence[str]) -> tuple[str, ...]:
    """Return the labels above a row; whether its total is one of them is left open."""
    parents = tuple(map(_squeezed, path))
    return parents[1:] if parents[:1] == ("合计",) else parents


def _wanted(figure: Figure) -> tuple[str, ...]:
    return tuple(map(_squeezed, figure.column.path or ()))


def _said(figure: Figure) -> str:
    path = "" if figure.path is None else f" ^{'/'.join(figure.path)}"
    heads = "/".join(figure.column.path or ("?",))
    return f"{figure.code or ''} {figure.label}{path} [{heads}] {figure.text} {figure.unit}".strip()
