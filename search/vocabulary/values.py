"""What the vocabulary answers: frozen values, each naming the entries that decided."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

Part = Literal["code", "label", "ordinal", "remark", "unit", "value"]
"""What a column holds."""
Naming = Literal["project", "account", "sort"]
"""What a column of labels names its rows by."""
Quantity = Literal["money", "count", "area", "share", "price", "words"]
"""What the cells of a column are; a price is money of one piece."""
UnitKind = Literal["money", "foreign", "area", "count", "share", "rate"]
"""What a unit measures; foreign money has no yuan, a rate (元/人) is money of one piece."""
Scope = Literal["total", "subtotal"]
When = Literal["prior", "current", "next", "opening", "closing"]
"""Which period a head names, seen from the document's year."""
Measured = Literal["amount", "rate", "either"]
"""How a change is given: in the unit of what changed, in per cent, or in one that is not said."""
Absence = Literal["dash", "no data"]
"""Why there is no figure: a sign stands in its place, or the table says that it has no data."""

MONEY: Final[frozenset[Quantity]] = frozenset({"money", "price"})
"""What is measured in yuan."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit 单位; `base` is one of it in the unit of its kind: yuan, m², itself, per cent.

    `counted` is a counting unit without its scale: 人次 of 万人次.
    """

    entry: str
    name: str
    kind: UnitKind
    base: Decimal
    counted: str = ""

    @property
    def yuan(self) -> Decimal | None:
        """One of the unit in yuan; None where it is no Chinese money."""
        return self.base if self.kind == "money" else None


@dataclass(frozen=True, slots=True)
class Declaration:
    """A unit that a line declares 单位：万元; `unit` is None where it is not known.

    `printed` is the unit as printed, `others` the further units (单位：万元、辆), `start:end` the
    place of the declaration in the text without white space.
    """

    entry: str
    printed: str
    unit: Unit | None
    others: tuple[Unit, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sum:
    """What a sum 合计 is called: its scope, and `of` what it is the sum."""

    entry: str
    scope: Scope
    of: str

    @property
    def bare(self) -> bool:
        """Whether the words say no more than that it is a sum."""
        return not self.of


@dataclass(frozen=True, slots=True)
class Period:
    """A period 期间 that a text names; `year` where it prints one, `rest` the words behind it.

    `offset` counts years from the document's: -1 for 上年; None where the year is printed.
    """

    entry: str
    when: When | None
    offset: int | None
    year: int | None
    rest: str


@dataclass(frozen=True, slots=True)
class Change:
    """A change 增减 that a text names."""

    entry: str
    measured: Measured


@dataclass(frozen=True, slots=True)
class Blank:
    """What is printed where there is no figure."""

    entry: str
    absence: Absence

    @property
    def says_so(self) -> bool:
        """Whether it says of the whole table that there is no data."""
        return self.absence == "no data"


@dataclass(frozen=True, slots=True)
class Fund:
    """A fund 资金来源 that a title, head or label names."""

    entry: str
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item that every place prints (三公, 会议费 …); it is a part of that `above`."""

    entry: str
    name: str
    above: str


@dataclass(frozen=True, slots=True)
class TableKind:
    """The kind 种类 of a table by its title: its canonical name, its form, and its fund."""

    entry: str
    name: str
    form: str
    fund: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """A head that names a department or unit: its `code`, or the `maker` of the table."""

    entry: str
    code: bool
    maker: bool


@dataclass(frozen=True, slots=True)
class Head:
    """What a column's head 列名 says of the figures or words below it.

    `principal` tells a measure (金额, 预算数, 决算数 …) that a row is about where there is no sum,
    `report` whose it is (预算, 决算), `worth` that the figures are money whatever the rows count
    (价值). `quantity` is None where the head does not say it.
    """

    entries: tuple[str, ...]
    part: Part
    naming: Naming | None
    quantity: Quantity | None
    unit: Unit | None
    sum: Sum | None
    principal: bool
    report: str
    worth: bool
    period: Period | None
    change: Change | None
    fund: Fund | None

    @property
    def is_total(self) -> bool:
        """Whether the column is a sum of all others."""
        return self.sum is not None and self.sum.scope == "total"

    @property
    def is_subtotal(self) -> bool:
        """Whether the column is a sum of some others."""
        return self.sum is not None and self.sum.scope == "subtotal"


@dataclass(frozen=True, slots=True)
class Label:
    """What a row's label 行名 says: `depth` of its enumerator (1 一、 … 5 ①, 6 其中：), its name.

    `start` is where the name begins in the normalised label. `counts` tells an item that is
    counted, `share` one of per cent, `measure` a label that names no item but a period or change.
    """

    entries: tuple[str, ...]
    depth: int
    start: int
    name: str
    unit: Unit | None
    sum: Sum | None
    counts: bool
    share: bool
    measure: bool
    period: Period | None
    change: Change | None
    item: Item | None
