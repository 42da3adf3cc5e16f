"""The numbers behind a generated disclosure: what a reader of its text should find.

Amounts are whole numbers of 百元, the last place that 万元 with two decimals prints: 1750 is
17.50 万元. Areas are hundredths of a square metre. All values are frozen.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Report = Literal["预算", "决算"]
Level = Literal["部门", "单位"]
Source = Literal["一般公共预算", "政府性基金", "单位资金"]


def yuan(amount: int) -> Decimal:
    """Return an amount as `Decimal` yuan."""
    return Decimal(amount) * 100


@dataclass(frozen=True, slots=True)
class Organisation:
    """A department 部门 or one of its units 单位; `style` is how its province prints forms."""

    number: int
    name: str
    short: str
    level: Level
    code: str
    parent: str | None
    parent_code: str
    scale: float
    style: int
    home: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """A 项 of the functional classification with what is spent on it, by kind and source.

    `carried` is project money carried over from the year before (上年结转).
    """

    code: str
    name: str
    basic: int = 0
    project: int = 0
    carried: int = 0
    fund: int = 0
    own: int = 0

    @property
    def projects(self) -> int:
        """All 项目支出."""
        return self.project + self.carried + self.fund + self.own

    @property
    def total(self) -> int:
        """All 支出."""
        return self.basic + self.projects

    @property
    def general(self) -> int:
        """What the general public budget of this year pays."""
        return self.basic + self.project


@dataclass(frozen=True, slots=True)
class Economic:
    """A 款 of the economic classification within 基本支出."""

    code: str
    name: str
    government: str
    amount: int

    @property
    def personnel(self) -> bool:
        """Whether it is 人员经费, not 公用经费."""
        return not self.code.startswith("302")


@dataclass(frozen=True, slots=True)
class Project:
    """A project of the year: its amount, and what is carried over to it from the year before.

    In a final account `amount` is what was spent, and there are no `parts`.
    """

    name: str
    account: str
    purpose: str
    source: Source
    amount: int
    carried: int
    parts: tuple[tuple[str, int], ...]
    people: int


@dataclass(frozen=True, slots=True)
class Travel:
    """The 三公 expenses."""

    abroad: int
    purchase: int
    running: int
    reception: int

    @property
    def vehicles(self) -> int:
        """公务用车购置及运行费."""
        return self.purchase + self.running

    @property
    def total(self) -> int:
        """All of 三公."""
        return self.abroad + self.vehicles + self.reception


@dataclass(frozen=True, slots=True)
class Procurement:
    """政府采购."""

    goods: int
    works: int
    services: int

    @property
    def total(self) -> int:
        """All procurement."""
        return self.goods + self.works + self.services


@dataclass(frozen=True, slots=True)
class Assets:
    """国有资产: cars (all, for duty, for law enforcement), office area, large equipment."""

    cars: int
    enforcement: int
    area: int
    equipment: int


@dataclass(frozen=True, slots=True)
class Figures:
    """One fiscal year of an organisation as its budget or its final account tells it."""

    year: int
    report: Report
    staff: int
    retired: int
    economic: tuple[Economic, ...]
    projects: tuple[Project, ...]
    accounts: tuple[Account, ...]
    income: tuple[Account, ...]
    """What comes in for each 项; in a budget the same as `accounts` without `carried`."""
    opening: int
    """上年结转, 年初结转和结余."""
    closing: int
    """年末结转和结余; 0 in a budget."""
    travel: Travel
    procurement: Procurement
    assets: Assets
    visits: tuple[int, int]
    """公务接待: groups 批次 and people 人次."""

    @property
    def basic(self) -> int:
        """基本支出."""
        return sum(account.basic for account in self.accounts)

    @property
    def project(self) -> int:
        """项目支出, carried over ones included."""
        return sum(account.projects for account in self.accounts)

    @property
    def spending(self) -> int:
        """本年支出合计."""
        return self.basic + self.project

    @property
    def received(self) -> int:
        """本年收入合计."""
        return sum(account.total for account in self.income)

    @property
    def general(self) -> int:
        """本年一般公共预算财政拨款收入."""
        return sum(account.general for account in self.income)

    @property
    def fund(self) -> int:
        """本年政府性基金收入."""
        return sum(account.fund for account in self.income)

    @property
    def own(self) -> int:
        """本年单位资金收入."""
        return sum(account.own for account in self.income)

    @property
    def total(self) -> int:
        """总计: income with what was carried over."""
        return self.received + self.opening

    @property
    def personnel(self) -> int:
        """人员经费."""
        return sum(line.amount for line in self.economic if line.personnel)

    @property
    def running(self) -> int:
        """公用经费; 机关运行经费 where the organisation is an authority."""
        return sum(line.amount for line in self.economic if not line.personnel)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one disclosure tells: its figures, last year's of the same report, its budget.

    `plan` is the budget of the same year; in a budget it is `figures` itself.
    """

    organisation: Organisation
    figures: Figures
    previous: Figures
    plan: Figures

    @property
    def year(self) -> int:
        """The fiscal year."""
        return self.figures.year

    @property
    def report(self) -> Report:
        """预算 or 决算."""
        return self.figures.report

    @property
    def title(self) -> str:
        """What the cover says."""
        return f"{self.year}年度{self.organisation.level}{self.report}公开"

    @property
    def authority(self) -> bool:
        """Whether the organisation has 机关运行经费."""
        return self.organisation.level == "部门"
