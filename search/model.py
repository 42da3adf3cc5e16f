"""The domain model: what a disclosure says, with the place of every figure in its source.

All values are frozen. Money is `Decimal` yuan (元); decimals become plain strings in JSON.
Character positions count code points of the decoded source text (byte-order mark removed,
line ends kept as they are), half-open: `text[char_start:char_end]`.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import PlainSerializer

from search.fates import Ledger
from search.locator import Frozen as Frozen  # noqa: PLC0414 - the model's own base
from search.locator import Locator as Locator  # noqa: PLC0414 - part of the model
from search.organisations.model import Organisation

Exact = Annotated[Decimal, PlainSerializer(lambda d: format(d, "f"), str, when_used="json")]
"""A decimal that is written to JSON as a plain string, never with an exponent."""

Report = Literal["预算", "决算"]
Level = Literal["部门", "单位"]
Genre = Literal["disclosure", "form", "checklist", "article", "other"]
"""What a document is 体裁: a filled disclosure, a blank form, a checklist, an article."""
CodeKind = Literal["functional", "economic", "revenue", "purchase", "unit"]
Path = tuple[str, ...]


class CellState(StrEnum):
    """What stands in a cell; a blank is not a zero, and a dash is neither."""

    VALUE = "value"
    ZERO = "zero"
    BLANK = "blank"
    DASH = "dash"


class Role(StrEnum):
    """What a figure is: how much, a change, a share, a rate, or how much in another year."""

    LEVEL = "level"
    CHANGE = "change"
    SHARE = "share"
    RATE = "rate"
    PRIOR = "prior"


UnitSource = Literal["cell", "column", "head", "label", "parent", "caption", "document"]
"""Which authority gives a figure its unit: the cell itself, the row's column of units, the head
of the column, the row's label, a label above it, the line above the table, the other tables."""


class Cell(Frozen):
    """One cell 单元格 of a row, under its column path (outermost header first).

    `principal` marks the figure that a comparison on the row is about (合计, 金额, 决算数 …);
    `role` tells columns of another year (上年预算数, PRIOR) and of changes (增减额, CHANGE);
    `unit_from` names the authority that gives the unit.
    """

    column: Path
    text: str
    value: Exact | None = None
    unit: str | None = None
    unit_from: UnitSource | None = None
    yuan: Exact | None = None
    state: CellState = CellState.BLANK
    principal: bool = False
    role: Role = Role.LEVEL
    locator: Locator | None = None


class Row(Frozen):
    """One logical line item 行; a side-by-side table gives one row per side."""

    id: str
    label: str
    label_verbatim: str
    path: Path = ()
    code: str | None = None
    code_kind: CodeKind | None = None
    cells: tuple[Cell, ...]
    subtotal: bool = False
    """True where the row sums others under the department's own name."""
    quote: str
    locator: Locator

    @property
    def has_value(self) -> bool:
        """Whether any cell carries a printed number (zero included)."""
        return any(cell.value is not None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell as printed, with its place, for showing the table as it stands."""

    text: str
    char_start: int
    char_end: int


class GridLine(Frozen):
    """A line of a table as printed; `header` marks heads and column numbers."""

    line: int
    cells: tuple[GridCell, ...]
    header: bool = False


QuantityKind = Literal["money", "count", "area", "share", "rate"]


class Statement(Frozen):
    """A clause 陈述 with a quantity, bound to the subject it speaks of.

    `subject` may be inherited from an earlier clause; `text` is what words are searched in.
    `year` is set where the clause names a fiscal year of its own, `basis` where it says that
    the figure is one of the budget or of the final account. `quote` runs from the subject to
    the end of the clause group and equals the source at `locator`; `figure` is the place of
    the number with its unit.
    """

    id: str
    subject: str
    text: str
    value: Exact
    unit: str
    kind: QuantityKind
    yuan: Exact | None = None
    year: int | None = None
    role: Role = Role.LEVEL
    direction: Literal["增加", "减少"] | None = None
    basis: Report | None = None
    quote: str
    locator: Locator
    figure: Locator

    @property
    def printed(self) -> str:
        """The figure as printed."""
        start = self.figure.char_start - self.locator.char_start
        text = self.quote[start : start + self.figure.char_end - self.figure.char_start]
        return text or f"{self.value:f}{self.unit}"


class Passage(Frozen):
    """One paragraph 段落 of narrative with its section path.

    A `definition` is one of 名词解释, a `note` stands below a table. `apparatus` is what else is
    printed beside: cover, page heads, captions, text spilled from forms. Both are found only as
    what is printed aside (`search.engines.base.Bound`).
    """

    id: str
    text: str
    section: Path
    part: Literal["narrative", "definition", "note", "apparatus"] = "narrative"
    statements: tuple[Statement, ...] = ()
    quote: str
    locator: Locator


class Table(Frozen):
    """One table 表, rejoined over page breaks.

    `rows` are what it says, `grid` how it is printed; `heads` are the lines above it (form
    number, department, unit), `notes` those below; `remarks` are both as passages. `department`
    is whose it is where that is not the document's: in a compilation, or a unit's.
    """

    id: str
    kind: str
    title: str
    unit: str | None
    department: str | None = None
    section: Path = ()
    columns: tuple[Path, ...]
    rows: tuple[Row, ...]
    grid: tuple[GridLine, ...] = ()
    arbitrated: bool = False
    """True where the table's own sums decided between several readings of its header."""
    no_data: bool = False
    """True where the document says 本表无数据."""
    heads: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    remarks: tuple[Passage, ...] = ()
    locator: Locator


class Section(Frozen):
    """A heading 章节 with its path from the top."""

    title: str
    path: Path
    locator: Locator


class FormField(Frozen):
    """One field of a 绩效 form, as printed."""

    name: str
    value: str
    locator: Locator


class Indicator(Frozen):
    """One 绩效 indicator 指标: `level` is its path (产出指标, 数量指标), `cells` its values.

    The column of a cell is the head it stands under (实施期指标值, 年度指标值, 实际完成值 …).
    """

    level: Path
    name: str
    cells: tuple[Cell, ...]
    locator: Locator


class Project(Frozen):
    """A project 项目 from its 项目支出表 row, its 绩效 form (in the table `form_id`), or both.

    `yuan` is the year's amount: of the row where there is one, else of the form. `funds` are
    the form's amounts by period and source (年度资金总额; 年度资金总额, 省级财政资金).
    """

    id: str
    name: str
    yuan: Exact | None
    amount_text: str
    row_id: str | None = None
    form_id: str | None = None
    form_name: str | None = None
    """The name as the form prints it, where it differs from the row's."""
    overview: str = ""
    fields: tuple[FormField, ...] = ()
    funds: tuple[Cell, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    quote: str
    locator: Locator


class Warning(Frozen):
    """Something the reader could not place or decide, with its line.

    Of a form that has pages, whose lines nobody sees, `page` is that of the line.
    """

    message: str
    line: int | None = None
    page: int | None = None

    def __str__(self) -> str:
        if self.page is not None:
            return f"第{self.page}页：{self.message}"
        return self.message if self.line is None else f"第{self.line}行：{self.message}"


class Evidence(Frozen):
    """One place that speaks for a value of the metadata."""

    field: Literal["department", "year", "report", "level", "department_code", "parent"]
    value: str
    weight: float
    locator: Locator


class Term(Frozen):
    """One figure of an equation, as printed; `text` is empty where nothing is printed.

    `ref` is the id of its record without the document's, and behind a point the number of the
    cell where the record has several: r158.2, s431.
    """

    ref: str
    what: str
    """Where it stands in words: 支出总表 › 208 社会保障和就业支出 › 合计."""
    text: str
    locator: Locator | None = None


class Check(Frozen):
    """A relation 勾稽关系 between figures that is not met (fail), or that cannot be told.

    `difference` is what the stated figure, the first term, is above what the others give;
    `tolerance` is what rounding explains. Both are in `unit`.
    """

    relation: str
    name: str
    outcome: Literal["fail", "unsure"]
    equation: str = ""
    """The equation in printed figures: 5512.46 ≠ 2290.67 + 3251.79."""
    reason: str = ""
    terms: tuple[Term, ...] = ()
    difference: Exact | None = None
    tolerance: Exact | None = None
    unit: str = ""


Shape = Literal["sum", "share", "growth", "direction"]
"""Of an equation. sum: stated = Σ signed terms. share: stated % = second ÷ third. growth: stated
% = second ÷ (third − second), the second being the signed change. direction: both go one way."""


class Agreement(Frozen):
    """The equations of one relation and shape that are met, each as the `ref`s of its terms.

    The stated one is first; a `ref` behind "-" is taken away, one that prints nothing is "".
    """

    relation: str
    name: str
    shape: Shape
    equations: tuple[tuple[str, ...], ...]


class Skipped(Frozen):
    """A relation that does not apply to the document, and why."""

    relation: str
    reason: str


class Contradiction(Frozen):
    """Failed checks that have one likely cause 矛盾: what a reader is told once.

    `suspects` are the figures that may be wrong, `witnesses` others that speak against them.
    What the figures should be is said in `message`, and never applied. `checks` are numbers of
    the failed checks.
    """

    cause: Literal["digit", "shift", "unit", "missing", "empty", "unknown"]
    message: str
    suspects: tuple[Term, ...]
    witnesses: tuple[Term, ...]
    checks: tuple[int, ...]


class Checks(Frozen):
    """What checking a disclosure found: `failed` and `unsure` in full, the rest compactly."""

    contradictions: tuple[Contradiction, ...] = ()
    failed: tuple[Check, ...] = ()
    unsure: tuple[Check, ...] = ()
    agreed: tuple[Agreement, ...] = ()
    skipped: tuple[Skipped, ...] = ()


class Disclosure(Frozen):
    """A disclosure document 公开文件, whole.

    `superseded_by` is the id of the document whose file took this one's place; of one that has
    `vanished` neither a file nor a newer version is left. `unread` are the pages of scans that
    were left out because text recognition was not installed. `departments` are those of a
    compilation 汇编, for which `department` stands. `url` is where its file was published,
    `retrieved` the date when it was fetched from there (ISO 8601).
    """

    id: str
    sha256: str
    department: str
    departments: tuple[str, ...] = ()
    department_variants: tuple[str, ...] = ()
    department_code: str | None = None
    organisation: Organisation | None = None
    parent: str | None = None
    year: int | None
    report: Report | None
    level: Level | None
    genre: Genre = "disclosure"
    title: str
    sources: tuple[str, ...]
    url: str | None = None
    retrieved: str | None = None
    media_type: str
    lines: int
    pages: int | None = None
    unread: tuple[int, ...] = ()
    confidence: float = 1.0
    superseded_by: str | None = None
    vanished: bool = False
    evidence: tuple[Evidence, ...] = ()
    sections: tuple[Section, ...] = ()
    passages: tuple[Passage, ...] = ()
    tables: tuple[Table, ...] = ()
    projects: tuple[Project, ...] = ()
    warnings: tuple[Warning, ...] = ()
    checks: Checks = Checks()
    ledger: Ledger = Ledger()
