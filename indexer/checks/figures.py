"""Figures of a disclosure as the relations see them: tables by kind, rows and cells by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Final

from indexer.checks.relation import Catalogue, Name, catalogue
from search.amounts import YUAN
from search.analysis import clean
from search.model import CellState, Disclosure, Locator, Path, Role, Row, Table

Layout = tuple[Path, ...]
"""The column paths of a row's cells."""
NOTHING: Final = Decimal(0)
ONE: Final = Decimal(1)
MONEY: Final = "元"
_ACCOUNTS: Final = frozenset({"functional", "revenue", "economic"})
"""Kinds of codes that tell which row is a part of which."""


@dataclass(slots=True, eq=False)  # never changed; hundreds a disclosure, and frozen ones cost more
class Figure:
    """A figure that takes part in an equation.

    `value` is in yuan or the counting unit, `half` how far rounding may have moved it: half a
    unit in the last printed place. What is blank counts as nothing, and exactly. `unread` is
    set where something is printed that was not read as a figure.
    """

    ref: str
    value: Decimal
    half: Decimal
    text: str
    unit: str
    named: tuple[str, ...] = ()
    """Where it stands in words, where it is no cell of a row."""
    locator: Locator | None = None
    factor: Decimal = ONE
    """How much of `value` one of the printed unit is."""
    unread: bool = False
    sheet: "Sheet | None" = None
    row: int = -1
    cell: int = -1

    @property
    def blank(self) -> bool:
        """Whether nothing is printed."""
        return not self.text

    @property
    def what(self) -> tuple[str, ...]:
        """Where it stands in words: table, row, column."""
        if self.sheet is None or self.row < 0:
            return self.named
        of = self.sheet.rows[self.row]
        code = f"{of.code} " if of.code else ""
        column = of.cells[self.cell].column
        return self.sheet.name, f"{code}{of.label}", column[-1] if column else ""


_clean = lru_cache(maxsize=8192)(clean)
"""The same labels and heads stand in the tables of all disclosures."""


@lru_cache(maxsize=65536)
def _rank_called(label: str, name: str) -> int:
    """Return how far behind a row's label is among those that relations know by a name, else -1."""
    patterns = catalogue().rows[name].patterns
    return next((rank for rank, of in enumerate(patterns) if of.fullmatch(label)), -1)


def _exponent(number: Decimal) -> int:
    return int(number.as_tuple().exponent)


@cache
def _half_unit(place: int, unit: str) -> Decimal:
    return Decimal(5).scaleb(place - 1) * YUAN[unit]


class Sheet:
    """One table with its rows by name and code, and its columns by name."""

    def __init__(self, table: Table, document: str, names: Catalogue, book: "Book") -> None:
        self.table = table
        self._book = book
        self.rows: tuple[Row, ...] = table.rows
        self.labels = [_clean(row.label) for row in table.rows]
        self.valued: list[bool] = []
        """Which rows have a figure."""
        # A table is printed in one number format; where a cell has fewer places than the others
        # its trailing zeros were dropped.
        finest = NOTHING
        for row in table.rows:
            values = [cell for cell in row.cells if cell.value is not None]
            self.valued.append(bool(values))
            for cell in values:
                value = cell.value
                if value and cell.yuan is not None and not value.same_quantum(finest):
                    finest = min(finest, value, key=_exponent)
        self._place = _exponent(finest)
        self.empty = not any(self.valued)
        """Whether no row has a figure."""
        self._names = names
        self._prefix = len(document) + 1
        layouts: dict[Layout, int] = {}
        self.shapes = [
            layouts.setdefault(tuple([cell.column for cell in row.cells]), len(layouts))
            for row in table.rows
        ]
        """For each row the number of its layout: rows of one number have the same columns."""
        self._layouts = list(layouts)
        self._columns: dict[tuple[int, str], int] = {}
        self._same: dict[tuple[int, Path], int] = {}
        self._figures: dict[tuple[int, int], Figure] = {}
        self._named: dict[str, int | None] = {}
        self._sides: list[str] | None = None
        self.codes: dict[str, list[int]] = {}
        for index, row in enumerate(table.rows):
            if row.code:
                self.codes.setdefault(row.code, []).append(index)

    def named(self, name: str) -> int | None:
        """Return the first row of a name, of a code for `#301`, with a figure for `首行`."""
        if name not in self._named:
            self._named[name] = next(self._rows_named(name), None)
        return self._named[name]

    def _rows_named(self, name: str) -> Iterator[int]:
        if name.startswith("#"):
            yield from self.codes.get(name[1:], [])
        elif name == "首行":
            yield from (index for index, valued in enumerate(self.valued) if valued)
        else:
            wanted = self._names.rows[name]
            ranks = [_rank_called(label, name) for label in self.labels]
            called = (index for index, rank in enumerate(ranks) if rank >= 0)
            for index in sorted(called, key=ranks.__getitem__):
                if self._is_on(index, wanted):
                    yield index

    @cached_property
    def below(self) -> dict[str, list[int]]:
        """The rows of accounts under the nearest printed account above each, "" for none."""
        below: dict[str, list[int]] = {}
        for code, rows in self.codes.items():
            if self.rows[rows[0]].code_kind in _ACCOUNTS:
                above = (code[:length] for length in range(len(code) - 1, 0, -1))
                parent = next((prefix for prefix in above if prefix in self.codes), "")
                below.setdefault(parent, []).extend(rows)
        return below

    def _is_on(self, index: int, name: Name) -> bool:
        if not name.side:
            return True
        if any(name.side in label for label in self.rows[index].path):
            return True
        return self.side(index) == name.side

    def side(self, index: int) -> str:
        """Return 收入 or 支出 for a row of a table with two sides, by head, else by order."""
        if self._sides is None:
            lines: dict[int, int] = {}
            self._sides = []
            for row in self.rows:
                line = row.locator.line_start
                heads = {cell.column[0] for cell in row.cells if cell.column}
                place = ("收入", "支出")[min(1, lines.get(line, 0))]
                self._sides.append(
                    next((s for s in ("支出", "收入") if any(s in head for head in heads)), place)
                )
                lines[line] = lines.get(line, 0) + 1
        return self._sides[index]

    def column(self, row: int, name: str) -> int:
        """Return the number of a row's cell in a named column, the principal for "", else -1.

        Columns of another year and of changes (上年预算数, 增减额) bear no name.
        """
        if not name:
            return self._principal(row)
        key = self.shapes[row], name
        if key not in self._columns:
            (pattern,) = self._names.columns[name].patterns
            levels = (i for i, of in enumerate(self.rows[row].cells) if of.role is Role.LEVEL)
            heads = ((i, _clean(path[-1])) for i in levels if (path := self.layout(row)[i]))
            self._columns[key] = next((i for i, head in heads if pattern.fullmatch(head)), -1)
        return self._columns[key]

    def _principal(self, row: int) -> int:
        cells = self.rows[row].cells
        found = [i for i, cell in enumerate(cells) if cell.principal]
        return next((i for i in found if cells[i].value is not None), found[0] if found else -1)

    def same_column(self, row: int, like: Path) -> int:
        """Return the number of a row's cell under the column path `like`, else -1."""
        key = self.shapes[row], like
        if key not in self._same:
            layout = self._layouts[self.shapes[row]]
            self._same[key] = layout.index(like) if like in layout else -1
        return self._same[key]

    def layout(self, row: int) -> Layout:
        """Return the column paths of a row's cells."""
        return self._layouts[self.shapes[row]]

    def figure(self, row: int, cell: int) -> Figure:
        """Return the figure in a cell."""
        key = row, cell
        if key not in self._figures:
            self._figures[key] = self._figure(row, cell)
        return self._figures[key]

    def _figure(self, row: int, cell: int) -> Figure:
        of = self.rows[row]
        at = of.cells[cell]
        name, state = of.id[self._prefix :], at.state
        value, unit, half = at.value, at.unit or "", NOTHING
        if at.yuan is not None:
            if value and unit:  # a printed zero is nothing
                half = _half_unit(self._place, unit)
            value = at.yuan
        return Figure(
            ref=f"{name}.{cell}" if len(of.cells) > 1 else name,
            value=NOTHING if value is None else value,
            half=half,
            text="" if state is CellState.BLANK or state is CellState.DASH else at.text,
            unit=unit if at.yuan is None else MONEY,
            locator=at.locator or of.locator,
            factor=YUAN.get(unit, ONE),
            unread=value is None and state is CellState.VALUE,
            sheet=self,
            row=row,
            cell=cell,
        )

    def absent(self, what: str, *, text: str = "", doubtful: bool = False) -> Figure:
        """Return the figure that this table does not print: nothing."""
        return Figure(
            ref=self.table.id[self._prefix :],
            value=NOTHING,
            half=NOTHING,
            text=text,
            unit="",
            named=(self.name, what),
            locator=self.table.locator,
            unread=doubtful,
            sheet=self,
        )

    def others(self) -> Iterator["Sheet"]:
        """Yield the other tables that the relations have looked at."""
        yield from (sheet for sheet in self._book.known() if sheet is not self)

    @property
    def name(self) -> str:
        """The kind of table, with 上年结转 where the title says so."""
        rolled = "（上年结转）" if self.table.title.endswith("（上年结转）") else ""
        return f"{self.table.kind}{rolled}"


class Book:
    """The tables of a disclosure by kind."""

    def __init__(self, of: Disclosure) -> None:
        self.of = of
        self._names = catalogue()
        self._sheets: dict[str, list[Sheet]] = {}
        self._tables: dict[str, list[Table]] = {}
        for table in of.tables:
            self._tables.setdefault(table.kind, []).append(table)

    def sheets(self, kind: str) -> list[Sheet]:
        """Return the tables of a kind, in order."""
        if kind not in self._sheets:
            tables = self._tables.get(kind, ())
            self._sheets[kind] = [Sheet(table, self.of.id, self._names, self) for table in tables]
        return self._sheets[kind]

    def known(self) -> Iterator[Sheet]:
        """Yield the tables that were asked for so far."""
        for sheets in self._sheets.values():
            yield from sheets
