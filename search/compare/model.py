"""What a comparison says: the JSON contract of `/api/v1/compare`."""

from decimal import Decimal
from typing import Final, Literal

from search.model import CellState, Exact, Frozen, Level, Locator, Path, Report
from search.results import DocumentRef, TableRef

ComparedLevel = Literal["部门", "单位", "不明"]
Absence = Literal[
    "no_data", "blank", "no_row", "no_column", "no_figure", "not_read", "no_table", "unread",
    "other_level", "missing", "cut",
]  # fmt: skip
"""Why there is no figure. None of them is a zero, and none is another."""

ABSENCES: Final[dict[Absence, tuple[str, str]]] = {
    "no_data": ("本表无数据", "文件里有这张表，写明本表无数据"),
    "blank": ("空白", "表中有这一项，格子是空的；空白不是零"),
    "no_row": ("无此项", "文件里有这张表，表中没有这一项"),
    "no_column": ("无此列", "表中有这一项，没有这一列"),
    "no_figure": ("无数字", "表中这一项空白或没有列出，文件太多，未逐份细看"),
    "not_read": ("未读入", "这张表里印有没有读入的数字；不能说是空白或没有，请看原文"),
    "no_table": ("无此表", "收录的文件里没有这种表"),
    "unread": ("未识别", "没有读到这种表；文件有扫描页未经文字识别"),
    "other_level": ("另一级别", "只收录了另一级别的文件，不能混在一起比较"),
    "missing": ("未收录", "索引里没有这份文件；不等于没有公开"),
    "cut": ("未查完", "时间用完，没有看完；不等于没有数字"),
}
"""What a page says of each in short, and in full."""


class Scope(Frozen):
    """What money a table speaks of: its funds 资金范围, and whether carry-over 结转 is part."""

    funds: str = ""
    carried: str = ""

    def __str__(self) -> str:
        return "，".join(filter(None, (self.funds, self.carried)))


class ComparedFigure(Frozen):
    """A figure with its place. `id` is that of its row; `shown` is in the comparison's unit.

    `quoted` marks a budget figure that stands in the final account's table (列 预算数).
    """

    id: str
    document: DocumentRef
    table: TableRef
    label: str
    path: Path
    code: str | None
    column: Path
    text: str
    value: Exact | None
    unit: str | None
    yuan: Exact | None
    shown: Exact | None = None
    state: CellState
    quoted: bool = False
    scope: Scope
    locator: Locator

    @property
    def amount(self) -> tuple[Decimal | None, str | None]:
        """The figure in yuan or, where it is no money, in its own unit; for telling equal ones."""
        return (self.yuan, "元") if self.yuan is not None else (self.value, self.unit)


class ComparedCell(Frozen):
    """All figures that one report of a department and year prints for the indicator.

    `absence` tells why there is none. `differing` marks several figures that are not the same:
    none of them is chosen. `document` is a document that was looked at.
    """

    report: Report
    figures: tuple[ComparedFigure, ...] = ()
    absence: Absence | None = None
    differing: bool = False
    document: DocumentRef | None = None

    @property
    def one(self) -> ComparedFigure | None:
        """The cell's figure, None where it has none or cannot be told."""
        printed = [figure for figure in self.figures if figure.value is not None]
        return None if self.differing or not printed else printed[0]


class ComparedRow(Frozen):
    """A department in a fiscal year. `difference` is final less budget, in the common unit."""

    department: str
    year: int
    budget: ComparedCell
    final: ComparedCell
    difference: Exact | None = None

    @property
    def cells(self) -> tuple[ComparedCell, ComparedCell]:
        """Both cells, budget first."""
        return self.budget, self.final


class ComparedItem(Frozen):
    """What is compared. `names` are the labels that count as this item; column "" is the main."""

    table: str
    label: str
    code: str
    column: str
    names: tuple[str, ...] = ()


class Comparison(Frozen):
    """One indicator over departments and years.

    `unit` is that of all `shown` figures, None where they have no common one. `obstacles` say why
    the figures are not fit for one chart. `near` are labels like one that was not found,
    `elsewhere` other kinds of tables that have it. Where it is not `exact`, the time was over
    before all was looked at.
    """

    indicator: ComparedItem
    level: ComparedLevel
    unit: str | None
    departments: tuple[str, ...]
    years: tuple[int, ...]
    reports: tuple[Report, ...]
    rows: tuple[ComparedRow, ...]
    notes: tuple[str, ...] = ()
    obstacles: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    exact: bool = True


def level_of(level: Level | None) -> ComparedLevel:
    """Return a document's level as comparisons name it."""
    return level or "不明"
