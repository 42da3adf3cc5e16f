"""Draws the figures of an organisation, year by year, from the seed alone.

The years are a chain: what a final account leaves over is carried into the next budget, and
amounts walk from year to year, so that any two disclosures of an organisation agree.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from random import Random
from typing import Final

from benchmarks.catalogue import FUND, ProjectKind, accounts, bureaus, places
from benchmarks.model import (
    Account,
    Assets,
    Economic,
    Facts,
    Figures,
    Organisation,
    Procurement,
    Project,
    Report,
    Source,
    Travel,
)

FIRST, LAST = 2015, 2025
STYLES: Final = 3
"""Ways of printing; a province has one."""

# 部门经济科目: code, name, 政府经济科目, 百元 per head (low, high), share of those that have it.
_LINES: Final = (
    ("30101", "基本工资", "工资奖金津补贴", 420, 560, 1.0),
    ("30102", "津贴补贴", "工资奖金津补贴", 180, 320, 1.0),
    ("30103", "奖金", "工资奖金津补贴", 60, 260, 0.9),
    ("30107", "绩效工资", "工资福利支出", 150, 330, 0.5),
    ("30108", "机关事业单位基本养老保险缴费", "社会保障缴费", 120, 150, 1.0),
    ("30109", "职业年金缴费", "社会保障缴费", 50, 75, 0.8),
    ("30110", "职工基本医疗保险缴费", "社会保障缴费", 48, 70, 1.0),
    ("30111", "公务员医疗补助缴费", "社会保障缴费", 12, 25, 0.7),
    ("30112", "其他社会保障缴费", "社会保障缴费", 3, 9, 0.9),
    ("30113", "住房公积金", "住房公积金", 85, 120, 1.0),
    ("30201", "办公费", "办公经费", 12, 45, 1.0),
    ("30202", "印刷费", "办公经费", 2, 12, 0.7),
    ("30205", "水费", "办公经费", 1, 4, 0.5),
    ("30206", "电费", "办公经费", 3, 10, 0.6),
    ("30207", "邮电费", "办公经费", 3, 11, 0.8),
    ("30208", "取暖费", "办公经费", 4, 13, 0.5),
    ("30209", "物业管理费", "办公经费", 5, 28, 0.4),
    ("30211", "差旅费", "办公经费", 6, 24, 0.9),
    ("30212", "因公出国（境）费用", "因公出国（境）费用", 2, 9, 0.08),
    ("30213", "维修（护）费", "维修（护）费", 2, 14, 0.6),
    ("30214", "租赁费", "办公经费", 2, 12, 0.2),
    ("30215", "会议费", "会议费", 1, 6, 0.5),
    ("30216", "培训费", "培训费", 2, 8, 0.7),
    ("30217", "公务接待费", "公务接待费", 1, 6, 0.7),
    ("30226", "劳务费", "委托业务费", 2, 16, 0.5),
    ("30227", "委托业务费", "委托业务费", 4, 20, 0.3),
    ("30228", "工会经费", "办公经费", 11, 16, 0.9),
    ("30229", "福利费", "办公经费", 4, 9, 0.6),
    ("30231", "公务用车运行维护费", "公务用车运行维护费", 0, 0, 1.0),
    ("30239", "其他交通费用", "办公经费", 30, 70, 0.8),
    ("30299", "其他商品和服务支出", "其他商品和服务支出", 2, 14, 0.8),
    ("30301", "离休费", "离退休费", 0, 0, 0.2),
    ("30302", "退休费", "离退休费", 0, 0, 1.0),
    ("30305", "生活补助", "社会福利和救助", 1, 4, 0.4),
    ("30309", "奖励金", "社会福利和救助", 1, 2, 0.3),
)
OWN_SHARE: Final = 0.15
"""How many projects of units are paid from 单位资金."""
_CAR_RUNNING: Final = (180, 420)
"""百元 a year for one car."""
_FIXED: Final = {"30108": "2080505", "30109": "2080506", "30112": "2101199", "30113": "2210201"}
"""Economic accounts that are paid under one functional account; the rest goes to the home."""
_PARTS: Final = ("办公费", "印刷费", "差旅费", "劳务费", "设备购置费", "委托业务费", "宣传费")


@lru_cache(maxsize=4)
def organisations(seed: int) -> tuple[Organisation, ...]:
    """Return all organisations in the seed's order."""
    found: list[Organisation] = []
    provinces = sorted({place.province for place in places()})
    for place in places():
        style = provinces.index(place.province) % STYLES
        for kind in bureaus():
            own = kind.name.removesuffix("局") + ("厅" if place.scale > 5 else "局")
            name = place.name + (own if kind.name.endswith("局") else kind.name)
            found.append(
                Organisation(
                    0, name, place.name + kind.short, "部门", kind.code, None, kind.code,
                    place.scale, style, kind.home, tuple(place.name + u for u in kind.units),
                )
            )  # fmt: skip
            for index, unit in enumerate(kind.units, 1):
                found.append(
                    Organisation(
                        0, place.name + unit, place.name + unit, "单位", f"{kind.code}{index:03}",
                        name, kind.code, place.scale * 0.5, style, kind.unit_home, (),
                    )
                )  # fmt: skip
    Random(f"{seed}/order").shuffle(found)
    return tuple(replace(one, number=number) for number, one in enumerate(found))


@lru_cache(maxsize=64)
def facts(seed: int, number: int) -> dict[tuple[int, Report], Facts]:
    """Return what an organisation tells in every year and report."""
    of = organisations(seed)[number]
    chain = _Chain(seed, of)
    budgets: dict[int, Figures] = {}
    finals: dict[int, Figures] = {}
    for year in range(FIRST - 1, LAST + 1):
        budgets[year] = chain.budget(year)
        finals[year] = chain.final(budgets[year])
    found: dict[tuple[int, Report], Facts] = {}
    for year in range(FIRST, LAST + 1):
        plan = budgets[year]
        found[year, "预算"] = Facts(of, plan, budgets[year - 1], plan)
        found[year, "决算"] = Facts(of, finals[year], finals[year - 1], plan)
    return found


class _Chain:
    """The years of one organisation, drawn one after the other."""

    def __init__(self, seed: int, of: Organisation) -> None:
        self.of = of
        self.random = random = Random(f"{seed}/{of.number}")
        self.rates = {
            code: random.randint(low, high) if random.random() < share else None
            for code, _, _, low, high, share in _LINES
        }
        kind = next(kind for kind in bureaus() if of.parent_code == kind.code)
        chosen = [p for p in kind.projects if of.level == "部门" or random.random() < 0.6]
        self.kinds = tuple(chosen or kind.projects[:1])
        self.amounts = {p.name: p.amount * of.scale * random.uniform(0.5, 1.6) for p in self.kinds}
        self.staff = max(6, round(random.uniform(10, 60) * of.scale))
        self.retired = round(self.staff * random.uniform(0.1, 0.6))
        self.cars = max(0, round(self.staff / 14 + random.uniform(-1.2, 2)))
        self.area = random.randint(1500, 3200) * self.staff
        self.left: dict[str, int] = {}

    def budget(self, year: int) -> Figures:
        """Return the budget of the next year."""
        random = self.random
        self.staff = max(5, self.staff + random.choice((-2, -1, 0, 0, 1, 2)))
        self.retired = max(0, self.retired + random.choice((-1, 0, 1)))
        self.cars = max(0, self.cars + random.choice((-1, 0, 0, 0, 0, 1)))
        economic = tuple(self._economic(random.uniform(0.97, 1.05)))
        projects = tuple(self._projects())
        spent = _accounts(self.of, economic, projects)
        carried = sum(self.left.values())
        return Figures(
            year=year,
            report="预算",
            staff=self.staff,
            retired=self.retired,
            economic=economic,
            projects=projects,
            accounts=spent,
            income=tuple(replace(account, carried=0) for account in spent),
            opening=carried,
            closing=0,
            travel=_travel(economic, projects),
            procurement=self._procurement(projects),
            assets=self._assets(),
            visits=(0, 0),
        )

    def final(self, plan: Figures) -> Figures:
        """Return the final account of the year that `plan` is the budget of."""
        random = self.random
        economic = tuple(
            replace(line, amount=round(line.amount * random.uniform(0.9, 1.0)))
            for line in plan.economic
        )
        projects, self.left = [], {}
        for project in plan.projects:
            money = project.amount + project.carried
            whole = project.source != "一般公共预算" or random.random() < 0.6
            spent = money if whole else round(money * random.uniform(0.55, 0.98))
            projects.append(replace(project, amount=spent, carried=0, parts=()))
            if money > spent:
                self.left[project.name] = money - spent
        accounts = _accounts(self.of, economic, projects)
        income = _accounts(self.of, economic, [replace(p, carried=0) for p in plan.projects])
        received = sum(account.total for account in income)
        travel = _travel(economic, projects)
        groups = travel.reception // 12
        return replace(
            plan,
            report="决算",
            economic=economic,
            projects=tuple(projects),
            accounts=accounts,
            income=income,
            closing=plan.opening + received - sum(account.total for account in accounts),
            travel=travel,
            procurement=self._procurement(projects),
            visits=(groups, groups * random.randint(5, 9)),
        )

    def _economic(self, growth: float) -> Iterable[Economic]:
        for code, name, government, *_ in _LINES:
            rate = self.rates[code]
            if rate is None:
                continue
            if code == "30231":
                amount = self.cars * self.random.randint(*_CAR_RUNNING)
            elif code == "30302":
                amount = self.retired * self.random.randint(30, 90)
            elif code == "30301":
                amount = self.random.randint(600, 1400)
            else:
                self.rates[code] = rate = max(1, round(rate * self.random.uniform(0.9, 1.12)))
                amount = round(rate * self.staff * growth)
            if amount:
                yield Economic(code, name, government, amount)

    def _projects(self) -> Iterable[Project]:
        left = dict(self.left)
        for kind in self.kinds:
            self.amounts[kind.name] *= self.random.uniform(0.85, 1.2)
            carried = left.pop(kind.name, 0)
            planned = self.random.random() < 0.8
            if planned or carried:
                yield self._project(kind, self.amounts[kind.name] if planned else 0, carried)
        buy = self.cars and self.random.random() < 0.06
        carried = left.pop("公务用车购置", 0)
        if buy or carried:
            kind = ProjectKind("公务用车购置", self.of.home, 1800, "更新报废的公务用车")
            amount = self.random.randint(1500, 2400) if buy else 0
            tax = amount // 12
            parts = (("车辆购置价款", amount - tax), ("车辆购置税", tax)) if amount else ()
            bought = self._project(kind, amount, carried)
            yield replace(bought, source="一般公共预算", amount=amount, parts=parts)

    def _project(self, kind: ProjectKind, amount: float, carried: int) -> Project:
        source: Source = "一般公共预算"
        if kind.account.startswith(FUND):
            source = "政府性基金"
        elif self.of.level == "单位" and not carried and self.random.random() < OWN_SHARE:
            source = "单位资金"
        step = 100 if amount >= 4000 else 50
        whole = max(step, round(amount / step) * step) if amount else 0
        parts = _split(self.random, whole)
        people = self.random.randint(3, 90) * 10
        return Project(kind.name, kind.account, kind.purpose, source, whole, carried, parts, people)

    def _procurement(self, projects: Iterable[Project]) -> Procurement:
        total = sum(project.amount for project in projects)
        random = self.random
        goods, services = (round(total * random.uniform(0.01, 0.12) / 10) * 10 for _ in "12")
        works = round(total * random.uniform(0.1, 0.3) / 10) * 10 if random.random() < 0.3 else 0
        return Procurement(goods, works, services)

    def _assets(self) -> Assets:
        enforcement = min(self.cars, self.random.randint(0, 3))
        return Assets(self.cars, enforcement, self.area, self.random.choice((0, 0, 0, 1, 2)))


def _split(random: Random, amount: int) -> tuple[tuple[str, int], ...]:
    """Return an amount as two to four parts that add up."""
    names = random.sample(_PARTS, random.randint(2, 4))
    rest, parts = amount, []
    for name in names[:-1]:
        part = round(rest * random.uniform(0.2, 0.6) / 10) * 10
        parts.append((name, part))
        rest -= part
    return tuple(part for part in (*parts, (names[-1], rest)) if part[1])


def _travel(economic: Iterable[Economic], projects: Iterable[Project]) -> Travel:
    basic = {line.code: line.amount for line in economic}
    bought = sum(p.amount + p.carried for p in projects if p.name == "公务用车购置")
    return Travel(basic.get("30212", 0), bought, basic.get("30231", 0), basic.get("30217", 0))


def _accounts(
    of: Organisation, economic: Iterable[Economic], projects: Iterable[Project]
) -> tuple[Account, ...]:
    """Return the 项 that basic spending and projects fall under, by code."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    unit = of.level == "单位"
    fixed = _FIXED | {
        "30110": "2101102" if unit else "2101101",
        "30111": "2101103",
        "30301": "2080502" if unit else "2080501",
        "30302": "2080502" if unit else "2080501",
    }
    for line in economic:
        sums[fixed.get(line.code, of.home)]["basic"] += line.amount
    for project in projects:
        field = {"一般公共预算": "project", "政府性基金": "fund", "单位资金": "own"}
        sums[project.account][field[project.source]] += project.amount
        sums[project.account]["carried"] += project.carried
    names = accounts()
    return tuple(Account(code, names[code], **sums[code]) for code in sorted(sums))
