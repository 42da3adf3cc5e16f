"""Reads XLSX workbooks: every visible sheet in order, cells printed as their reader sees them."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final, cast
from xml.etree.ElementTree import Element, iterparse
from zipfile import BadZipFile, ZipFile

from openpyxl.chartsheet import Chartsheet
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from indexer.errors import ReadingError
from indexer.layout import Layout, LayoutWriter
from indexer.readers.grids import COVERED, GridCell, print_grid
from indexer.readers.numberformat import Value, print_value
from indexer.readers.package import open_package
from search.model import Warning

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_SHEETS: Final = 500
"""A disclosure has one sheet a table, and one for each project's form."""
MAX_CELLS: Final = 1_000_000
"""Cells of a workbook, empty formatted ones included; the largest disclosures have 100,000."""
MAX_ROWS: Final = 50_000
"""The last filled row of a sheet; a longer one is a ledger, no disclosure."""
MAX_COLUMNS: Final = 500
"""The last filled column of a sheet; no table of a disclosure has a hundred."""
MAX_AREA: Final = 5_000_000
"""Rows times columns of all sheets, and the area of merged cells: so much is held and printed."""
MAX_MERGED: Final = 100_000
"""Merged ranges of a workbook; each is looked up by its rows."""
SHOWN: Final = 5
"""So many cells are named in a warning; the rest are counted."""

_DAMAGE = (
    AttributeError, BadZipFile, IndexError, InvalidFileException, KeyError, OSError, OverflowError,
    RecursionError, SyntaxError, TypeError, ValueError,
)  # fmt: skip
"""What openpyxl raises on a damaged workbook; XML errors are `SyntaxError`s."""
_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(slots=True)
class _Sheet:
    """What a sheet's XML says that its cells do not: extent, spans, what is hidden or missing."""

    cells: int = 0
    row: int = 0
    column: int = 0
    last_row: int = 0
    last_column: int = 0
    spans: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Column and row of the first cell, column and row of the last, counted from 1."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncomputed: list[str] = field(default_factory=list)
    shows_zeros: bool = True

    @property
    def area(self) -> int:
        """How many cells the filled part has, and its merged ranges within."""
        merged = (
            max(0, min(last, self.last_column) - first + 1)
            * max(0, min(bottom, self.last_row) - top + 1)
            for first, top, last, bottom in self.spans
        )
        return self.last_row * self.last_column + sum(merged)


def read_xlsx(data: bytes) -> Layout:
    """Return the layout of a workbook; raise `ReadingError` where it is damaged or too large."""
    package = open_package(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that nothing here needs
            return _Workbook(data, package).layout()
    except _DAMAGE as error:
        raise ReadingError("XLSX 文件已损坏：工作簿内容读不完整") from error


class _Workbook:
    """A workbook being printed, sheet after sheet."""

    def __init__(self, data: bytes, package: ZipFile) -> None:
        self._package = package
        self._reader = ExcelReader(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        self._reader.read()
        self._writer = LayoutWriter(MEDIA_TYPE)
        self._warnings: list[Warning] = []
        self._cells = self._merged = self._area = 0

    def layout(self) -> Layout:
        sheets = list(self._reader.parser.find_sheets())
        if len(sheets) > MAX_SHEETS:
            raise ReadingError(f"工作表超过 {MAX_SHEETS} 张：不是公开文件")
        for entry, relation in sheets:
            sheet = self._reader.wb[entry.name]
            if isinstance(sheet, Chartsheet):
                continue
            if entry.state != "visible":
                self._warn(f"工作表“{entry.name}”是隐藏的，未读取")
                continue
            facts = self._facts(relation.target)
            self._report(entry.name, facts)
            self._print(cast(Worksheet, sheet), facts)
        layout = self._writer.layout(warnings=self._warnings)
        if not layout.text.strip():
            raise ReadingError("没有任何文字：工作表是空的，或只有图片")
        return layout

    def _warn(self, message: str) -> None:
        self._warnings.append(Warning(message=message))

    def _report(self, name: str, facts: _Sheet) -> None:
        if facts.hidden_rows:
            self._warn(f"工作表“{name}”有 {len(facts.hidden_rows)} 个隐藏行，未读取")
        if facts.hidden_columns:
            self._warn(f"工作表“{name}”有 {len(facts.hidden_columns)} 个隐藏列，未读取")
        if facts.uncomputed:
            places = "、".join(facts.uncomputed[:SHOWN])
            more = f"等 {len(facts.uncomputed)} 处" if len(facts.uncomputed) > SHOWN else ""
            self._warn(f"工作表“{name}”的公式没有保存结果，按空白读取：{places}{more}")

    def _facts(self, part: str) -> _Sheet:
        """Return the facts of the sheet in a part of the package; count towards the limits."""
        facts = _Sheet()
        with self._package.open(part) as file:
            for event, element in iterparse(file, ("start", "end")):
                if event == "start":
                    _enter(element, facts)
                    continue
                _note(element, facts)
                if self._cells + facts.cells > MAX_CELLS:
                    raise ReadingError(f"单元格超过 {MAX_CELLS // 10000} 万个：不是公开文件")
                if self._merged + len(facts.spans) > MAX_MERGED:
                    raise ReadingError(f"合并单元格超过 {MAX_MERGED // 10000} 万处：不是公开文件")
        self._cells += facts.cells
        self._merged += len(facts.spans)
        self._area += facts.area
        if facts.last_row > MAX_ROWS or facts.last_column > MAX_COLUMNS or self._area > MAX_AREA:
            raise ReadingError(
                f"工作表超过 {MAX_ROWS} 行、{MAX_COLUMNS} 列或总面积上限：不是公开文件"
            )
        return facts

    def _print(self, sheet: Worksheet, facts: _Sheet) -> None:
        cells = dict(_texts(sheet, facts))
        if cells:
            print_grid(_grid(cells, facts), self._writer, sheet.title)


def _enter(element: Element, facts: _Sheet) -> None:
    """Follow rows and cells as the XML numbers them, or as they come where it does not."""
    match element.tag.removeprefix(_NAMESPACE):
        case "row":
            row = int(element.get("r", facts.row + 1))
            if row <= facts.row:  # openpyxl would drop the row and its figures
                raise ReadingError("XLSX 文件已损坏：行的次序颠倒")
            facts.row, facts.column = row, 0
        case "c":
            place = element.get("r")
            facts.column = coordinate_to_tuple(place)[1] if place else facts.column + 1


def _note(element: Element, facts: _Sheet) -> None:
    """Take down what one element of a sheet's XML says, and let go of a cell once it is read."""
    match element.tag.removeprefix(_NAMESPACE):
        case "c":
            facts.cells += 1
            if any(element.findtext(f"{_NAMESPACE}{name}") is not None for name in ("v", "is")):
                facts.last_row = max(facts.last_row, facts.row)
                facts.last_column = max(facts.last_column, facts.column)
            elif element.find(f"{_NAMESPACE}f") is not None:
                facts.uncomputed.append(element.get("r", "?"))
            element.clear()
        case "row":
            facts.cells += 1
            if _is_on(element.get("hidden")):
                facts.hidden_rows.add(facts.row)
            element.clear()
        case "col" if _is_on(element.get("hidden")):
            first, last = int(element.get("min", "1")), int(element.get("max", "1"))
            facts.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))
        case "mergeCell":
            bounds = range_boundaries(element.get("ref", ""))
            facts.spans.append(cast(tuple[int, int, int, int], bounds))
        case "sheetView":
            facts.shows_zeros = element.get("showZeros", "1") not in {"0", "false"}


def _is_on(value: str | None) -> bool:
    return value in {"1", "true"}


def _texts(sheet: Worksheet, facts: _Sheet) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield row, column and printed text of each cell that shows something."""
    # The file's own claim of its extent may be too large, or cut rows off.
    for row in sheet.iter_rows(max_row=facts.last_row, max_col=facts.last_column):
        for cell in row:
            zero = cell.value == 0 and not isinstance(cell.value, bool)
            if cell.value is None or (zero and not facts.shows_zeros):
                continue
            text = print_value(cast(Value, cell.value), cell.number_format or "General")
            if text.strip():
                yield (cell.row, cell.column), text


def _grid(cells: dict[tuple[int, int], str], facts: _Sheet) -> list[list[GridCell]]:
    """Return the visible rows and columns of a sheet as a grid, merged cells covered."""
    last_row, last_column = max(row for row, _ in cells), max(column for _, column in cells)
    columns = [c for c in range(1, last_column + 1) if c not in facts.hidden_columns]
    rows = [r for r in range(1, last_row + 1) if r not in facts.hidden_rows]
    grid: dict[int, dict[int, GridCell]] = {row: {} for row in rows}
    for (row, column), text in cells.items():
        if row in grid and column not in facts.hidden_columns:
            grid[row][column] = GridCell(text)
    for first, top, last, bottom in facts.spans:
        shown = [c for c in columns if first <= c <= last]
        wide = range(first, min(last, MAX_COLUMNS) + 1)
        across = sum(column not in facts.hidden_columns for column in wide)
        text = cells.get((top, first), "")
        covered = [row for row in range(top, min(bottom, last_row) + 1) if row in grid]
        for row in covered:
            for column in shown:
                grid[row][column] = COVERED
        if covered and shown:
            grid[covered[0]][shown[0]] = GridCell(text, across, len(covered))
    blank = GridCell()
    return [[grid[row].get(column, blank) for column in columns] for row in rows]
