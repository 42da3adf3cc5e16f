"""Table cases 表格用例: what a document prints, and which figures must come out of it.

`cases/tables/README.md` describes the notation.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from search.model import Role

CASES = Path(__file__).parent / "cases" / "tables"
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
    department: str = DEPARTMENT
    year: int = 2025
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
    """Set what a line says of its case, else of the table above it."""
    match key.rstrip(":"):
        case "cover":
            case.cover = rest.strip()
        case "meta":
            department, year = rest.split()
            case.department, case.year = department, int(year)
        case "loose":
            case.loose = True
        case "skip":
            case.skipped = frozenset(rest.split())
        case "value":
            text, _, value = rest.rpartition("=")
            case.values[text.strip()] = Decimal(value.strip())
        case "warns":
            case.warns = rest.strip()
        case "figure":
            case.sheets[-1].figures.append(_figure(case, rest))
        case of_table:
            _set_of_table(case.sheets[-1], of_table, rest)


def _set_of_table(sheet: Sheet, key: str, rest: str) -> None:
    match key:
        case "above":
            sheet.above.append([cell.strip() for cell in rest.split("|")])
        case "below":
            sheet.below.append(rest.strip())
        case "empty":
            sheet.empty = True
        case "columns":
            sheet.columns = [_column(part.strip()) for part in rest.split("|")]
        case "~~~":
            sheet.breaks.append(len(sheet.cells))
        case _:
            raise ValueError(f"{sheet.title}: {key}")


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
    roles = frozenset(ROLES[mark] for mark in marks & set(ROLES))
    if roles <= {Role.SHARE}:
        roles |= {Role.LEVEL}  # whether a share is a role of its own in a table is left open
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
