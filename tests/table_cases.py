"""Table cases 表格用例: what a document prints, and which figures must come out of it.

`cases/tables/README.md` describes the notation.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from search.model import Cell, Disclosure, Role, Row, Table

CASES = Path(__file__).parent / "cases" / "tables"
MONEY = {
    "元": 1, "百元": 100, "千元": 1000, "万元": 10**4, "十万元": 10**5, "百万元": 10**6,
    "千万元": 10**7, "亿元": 10**8,
}  # fmt: skip
BLANKS = frozenset({"", "-", "－", "—", "——", "/", "无"})
ROLES = {"<": Role.PRIOR, "±": Role.CHANGE, "%": Role.SHARE}
DEPARTMENT = "甲州市水务局"
COVER = f"{DEPARTMENT}2025年部门预算公开"

Span = tuple[int, int, int, int]
"""Top, left, bottom and right of a merged cell, ends left out."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of the grid holds; `path` is None where the case does not say its heads."""

    path: tuple[str, ...] | None
    unit: str
    roles: frozenset[Role]
    principal: bool
    side: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that must come out."""

    label: str
    path: tuple[str, ...] | None
    code: str | None
    column: Column
    text: str
    value: Decimal
    unit: str


@dataclass(slots=True)
class Sheet:
    """A table of a case: its lines above, cells, merged cells, and the figures it must give."""

    kind: str
    title: str = ""
    above: list[list[str]] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    merged: list[Span] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    columns: list[Column | str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    empty: bool = False


@dataclass(slots=True)
class Case:
    """A document of one or more tables; `loose` wants no wrong figure, and no more."""

    name: str
    cover: str = COVER
    department: str | None = DEPARTMENT
    year: int | None = 2025
    sheets: list[Sheet] = field(default_factory=list)
    loose: bool = False
    skipped: frozenset[str] = frozenset()
    values: dict[str, Decimal] = field(default_factory=dict)
    warns: str = ""


def cases() -> list[Case]:
    """Return all cases of the folder, in its order."""
    return [case for path in sorted(CASES.glob("*.txt")) for case in _parsed(path.read_text())]


def _parsed(text: str) -> Iterator[Case]:
    for block in re.split(r"^=== ", text, flags=re.M)[1:]:
        name, *lines = block.rstrip().split("\n")
        case = Case(name.strip())
        notes: list[list[str | None]] = []
        for line in lines:
            if not line.strip() or line.startswith("//"):
                continue
            key, _, rest = line.partition(": ")
            if "|" in line.partition("##")[0] and not re.match(r"(above|columns|figure): ", line):
                _row(case.sheets[-1], line, notes[-1])
            elif key == "table":
                kind, _, title = rest.partition(" ")
                case.sheets.append(Sheet(kind, title.strip()))
                notes.append([])
            else:
                _set(case, key, rest)
        for sheet, said in zip(case.sheets, notes, strict=True):
            _finish(case, sheet, said)
        yield case


def _row(sheet: Sheet, line: str, notes: list[str | None]) -> None:
    printed, mark, note = line.partition("##")
    sheet.cells.append([cell.strip().replace("\\n", "\n") for cell in printed.split("|")])
    notes.append(note.strip() if mark else None)


def _set(case: Case, key: str, rest: str) -> None:
    match key.rstrip(":"):
        case "cover":
            case.cover = rest.strip()
        case "meta":
            department, year = rest.split()
            case.department = None if department == "?" else department
            case.year = None if year == "?" else int(year)
        case "loose":
            case.loose = True
        case "skip":
            case.skipped = frozenset(rest.split())
        case "value":
            text, _, value = rest.rpartition("=")
            case.values[text.strip()] = Decimal(value.strip())
        case "warns":
            case.warns = rest.strip()
        case "above":
            case.sheets[-1].above.append([cell.strip() for cell in rest.split("|")])
        case "below":
            case.sheets[-1].below.append(rest.strip())
        case "figure":
            case.sheets[-1].figures.append(_figure(case, rest))
        case "empty":
            case.sheets[-1].empty = True
        case "columns":
            case.sheets[-1].columns = [_column(part.strip()) for part in rest.split("|")]
        case "~~~":
            case.sheets[-1].breaks.append(len(case.sheets[-1].cells))
        case _:
            raise ValueError(f"{case.name}: {key}")


def _column(said: str) -> Column | str:
    if said in {"-", "code", "label", ""}:
        return said
    side = 0
    if match := re.match(r"(\d):", said):
        side, said = int(match[1]) - 1, said[2:]
    if said in {"-", "code", "label"}:
        return f"{side}{said}"
    path, _, flags = said.partition(" ")
    unit = flags.strip().split(" ")[0]
    marks = set(flags.split()[1:])
    roles = frozenset(ROLES[mark] for mark in marks & set(ROLES)) or frozenset({Role.LEVEL})
    heads = None if path == "?" else tuple(path.split("/"))
    return Column(heads, unit, roles, "*" in marks, side)


def _figure(case: Case, said: str) -> Figure:
    """Return a figure said in full: label ^ path | column | text."""
    whose, heads, text = (part.strip() for part in said.split("|"))
    label, mark, path = (part.strip() for part in whose.partition("^"))
    column = _column(heads)
    assert isinstance(column, Column)
    parents = tuple(filter(None, path.split("/"))) if mark else None
    return Figure(label, parents, None, column, text, _value(case, text), column.unit)


def _value(case: Case, text: str) -> Decimal:
    found = re.search(r"-?[0-9,，]+(?:[.][0-9]+)?", text)
    if text in case.values or found is None:
        return case.values[text]
    return Decimal(re.sub("[,，]", "", found[0]))


def _finish(case: Case, sheet: Sheet, notes: Sequence[str | None]) -> None:
    cells = sheet.cells
    width = max(map(len, cells), default=0)
    for row in cells:
        row.extend([""] * (width - len(row)))
    sheet.merged = list(_spans(cells))
    for row, note in zip(cells, notes, strict=True):
        if note and note != "-":
            for side, said in enumerate(note.split(";;")):
                _expect(case, sheet, row, said.strip(), side)
    for row in cells:
        row[:] = ["" if cell in {"^", "<<"} else cell for cell in row]


def _expect(case: Case, sheet: Sheet, row: Sequence[str], said: str, side: int) -> None:
    match = re.fullmatch(r"(?:\[(.*?)\])?\s*(.*?)\s*(?:\^\s*(.*?))?\s*(?:\{(.*?)\})?", said)
    if match is None or not match[2]:
        return
    code = match[1]
    for cell, column in zip(row, sheet.columns, strict=True):
        if column in {"code", f"{side}code"} and code is None and re.match("[A-Z]?[0-9]", cell):
            code = cell
    path = None if match[3] is None else tuple(filter(None, match[3].split("/")))
    for cell, column in zip(row, sheet.columns, strict=True):
        if isinstance(column, Column) and column.side == side and cell not in BLANKS | {"^", "<<"}:
            unit = match[4] or column.unit
            if cell not in case.values and not re.search("[0-9]", cell):
                continue
            value = _value(case, cell)
            sheet.figures.append(Figure(match[2], path, code or None, column, cell, value, unit))


def _spans(cells: Sequence[Sequence[str]]) -> Iterator[Span]:
    for top, row in enumerate(cells):
        for left, text in enumerate(row):
            if text in {"^", "<<"}:
                continue
            right, bottom = left + 1, top + 1
            while right < len(row) and row[right] == "<<":
                right += 1
            while bottom < len(cells) and all(
                cells[bottom][column] == ("^" if column == left else "<<")
                or cells[bottom][column] == "^"
                for column in range(left, right)
            ):
                bottom += 1
            if (bottom, right) != (top + 1, left + 1):
                yield top, left, bottom, right


def faults(case: Case, read: Disclosure) -> list[str]:
    """Return what a reading has other than the case wants, the gravest first."""
    found = list(_faults(case, read))
    order = [
        "WRONG",
        "UNIT",
        "EXTRA",
        "MISSING",
        "LABEL",
        "ROLE",
        "CODE",
        "PATH",
        "HEAD",
        "MAIN",
        "CHECK",
        "KIND",
        "EMPTY",
        "WARN",
        "META",
    ]
    return sorted(found, key=lambda fault: order.index(fault.split()[0]))


def _faults(case: Case, read: Disclosure) -> Iterator[str]:
    tables = [table for table in read.tables if table.rows or table.no_data]
    seen: set[tuple[str, int]] = set()
    for sheet in case.sheets:
        if sheet.empty:
            if not any(table.kind == sheet.kind and table.no_data for table in read.tables):
                said = [(table.kind, table.title, table.no_data) for table in read.tables]
                yield f"EMPTY {sheet.kind} 本表无数据 not told: {said}"
            continue
        for figure in sheet.figures:
            places = [(t, r, c) for t in tables for r in t.rows for c in r.cells if _is(c, figure)]
            free = [(t, r, c) for t, r, c in places if (r.id, r.cells.index(c)) not in seen]
            best = max(free, key=lambda p: _closeness(p, figure, sheet), default=None)
            if best is None:
                if not case.loose:
                    yield f"MISSING {_told(figure)}"
                continue
            seen.add((best[1].id, best[1].cells.index(best[2])))
            yield from _differences(best, figure, sheet, loose=case.loose)
    for table in tables:
        for row in table.rows:
            for number, cell in enumerate(row.cells):
                if cell.value is not None and (row.id, number) not in seen:
                    yield f"EXTRA {row.code or ''} {row.label} {cell.column} {cell.text!r} {cell.value} {cell.unit} yuan={cell.yuan}"
    for check in read.checks.failed:
        if not case.loose:
            yield f"CHECK {check.equation} {check.name}"
    if case.warns and not any(case.warns in str(warning) for warning in read.warnings):
        yield f"WARN nothing of {case.warns!r}: {[str(w) for w in read.warnings]}"
    if case.department is not None and read.department != case.department:
        yield f"META department {read.department!r}"
    if case.year is not None and read.year != case.year:
        yield f"META year {read.year}"


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _is(cell: Cell, figure: Figure) -> bool:
    return cell.value is not None and _squeezed(cell.text) == _squeezed(figure.text)


Place = tuple[Table, Row, Cell]


def _closeness(place: Place, figure: Figure, sheet: Sheet) -> tuple[bool, ...]:
    table, row, cell = place
    return (
        _squeezed(row.label) == _squeezed(figure.label),
        figure.code is None or row.code == figure.code,
        figure.path is None or _parents(row.path) == _parents(figure.path),
        figure.column.path is None or _heads(cell) == _wanted(figure),
        table.kind == sheet.kind,
    )


def _heads(cell: Cell) -> tuple[str, ...]:
    heads = (re.sub(r"[(](?:单位:)?[^()]*[元%人辆个][)]$", "", _squeezed(h)) for h in cell.column)
    return tuple(head for head in heads if head)


def _parents(path: Sequence[str]) -> tuple[str, ...]:
    """Return the labels above a row; whether its total is one of them is left open."""
    parents = tuple(map(_squeezed, path))
    return parents[1:] if parents[:1] == ("合计",) else parents


def _wanted(figure: Figure) -> tuple[str, ...]:
    return tuple(map(_squeezed, figure.column.path or ()))


def _differences(place: Place, figure: Figure, sheet: Sheet, *, loose: bool) -> Iterator[str]:
    table, row, cell = place
    said = _told(figure)
    if figure.label != "?" and _squeezed(row.label) != _squeezed(figure.label):
        yield f"LABEL {row.label!r} for {said}"
    if cell.value != figure.value:
        yield f"WRONG {cell.value} for {said}"
    factor = MONEY.get(figure.unit)
    yuan = None if factor is None else figure.value * factor
    if cell.yuan != yuan and not (figure.unit == "?" and cell.yuan is None):
        if not (loose and cell.yuan is None):
            yield f"UNIT yuan={cell.yuan} unit={cell.unit!r} for {said}"
    elif (
        figure.unit != "?"
        and not loose
        and factor is None
        and cell.unit != figure.unit
        and figure.unit not in {"#", "x"}
    ):
        yield f"UNIT unit={cell.unit!r} for {said}"
    if loose:
        return
    if cell.role not in figure.column.roles and figure.unit != "?":
        yield f"ROLE {cell.role} for {said}"
    if row.code != figure.code:
        yield f"CODE {row.code} for {said}"
    if figure.path is not None and _parents(row.path) != _parents(figure.path):
        yield f"PATH {'/'.join(row.path)!r} for {said}"
    if figure.column.path is not None and _heads(cell) != _wanted(figure):
        yield f"HEAD {'/'.join(cell.column)!r} for {said}"
    if figure.column.principal and not cell.principal:
        yield f"MAIN not principal: {said}"
    if table.kind != sheet.kind:
        yield f"KIND {table.kind!r} ({table.title!r}) for {sheet.kind}"


def _told(figure: Figure) -> str:
    path = "" if figure.path is None else f" ^{'/'.join(figure.path)}"
    heads = "/".join(figure.column.path or ("?",))
    return f"{figure.code or ''} {figure.label}{path} [{heads}] {figure.text} {figure.unit}".strip()
