"""The tables of a budget 预算."""

from collections.abc import Callable, Iterable, Iterator

from benchmarks.blocks import Rows, Table
from benchmarks.catalogue import accounts as account_names
from benchmarks.model import Account, Facts
from benchmarks.printing import CLASSES, numeral, style

NO_DATA = ("注：本表无数据",)
_SOURCES = ("一般公共预算", "政府性基金预算", "国有资本经营预算")


class Printer:
    """Prints a disclosure's tables in its province's way."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.of = facts.organisation
        self.figures = facts.figures
        self.style = style(facts.organisation)
        self.count = 0

    def money(self, amount: int) -> str:
        """Return an amount as a cell prints it; nothing is a blank."""
        return self.style.tables(amount) if amount else ""

    def row(self, *cells: str | int) -> tuple[str, ...]:
        """Return a row of texts and amounts."""
        return tuple(self.money(cell) if isinstance(cell, int) else cell for cell in cells)

    def rolled(self, of: Iterable[Account], *columns: Callable[[Account], int]) -> Rows:
        """Return 类, 款 and 项 with their sums in every column, those without money left out."""
        names, leaves = account_names(), list(of)
        rows: dict[str, list[int]] = {}
        for account in leaves:
            values = [column(account) for column in columns]
            if not any(values):
                continue
            for code in (account.code[:3], account.code[:5], account.code):
                sums = rows.setdefault(code, [0] * len(columns))
                for index, value in enumerate(values):
                    sums[index] += value
        return tuple(self.row(code, names[code], *rows[code]) for code in sorted(rows))

    def by_class(self, column: Callable[[Account], int]) -> dict[str, int]:
        """Return the sums of a column by 类."""
        sums = dict.fromkeys(CLASSES, 0)
        for account in self.figures.accounts:
            sums[account.code[:3]] += column(account)
        return sums


class BudgetTables(Printer):
    """The twelve tables of a budget, in order."""

    def tables(self) -> Iterator[Table]:
        """Yield the tables."""
        yield self._balance()
        yield self._income()
        yield self._spending()
        yield self._grants()
        yield self._general()
        yield self._economic()
        yield self._fund()
        yield self._capital()
        yield self._travel()
        yield self._running()
        yield self._projects()
        yield self._carried()

    def _table(self, kind: str, header: Rows, rows: Rows, *, empty: bool = False) -> Table:
        self.count += 1
        heads = (
            self.style.numbers.format(n=self.count),
            f"{self.of.level}名称：{self.of.name}",
            "单位：万元",
        )
        title = self.style.titles[kind].format(y=self.facts.year)
        return Table(title, heads, header, rows, NO_DATA if empty else ())

    def _balance(self) -> Table:
        figures, year = self.figures, f"{self.facts.year}年"
        header = (
            ("收入", "", "支出", "", "", ""),
            ("项目", year, "项目", f"{year}合计", "当年预算安排", "上年结转安排"),
        )
        income = [
            self.row("一、一般公共预算", figures.general),
            self.row("二、政府性基金预算", figures.fund),
            self.row("三、国有资本经营预算", 0),
            self.row("四、财政专户管理资金", 0),
            self.row("五、单位资金", figures.own),
        ]
        totals = self.by_class(lambda account: account.total)
        carried = self.by_class(lambda account: account.carried)
        spending = [
            self.row(f"{numeral(n)}、{name}", totals[code], totals[code] - carried[code],
                     carried[code])
            for n, (code, name) in enumerate(CLASSES.items(), 1)
        ]  # fmt: skip
        income += [("", "")] * (len(spending) - len(income))
        rows = [left + right for left, right in zip(income, spending, strict=True)]
        whole, ours, left = figures.spending, figures.received, figures.opening
        rows += [
            self.row("本年收入合计", ours, "本年支出合计", whole, ours, left),
            self.row("上年结转", left, "年终结转", 0, 0, 0),
            self.row("收入总计", figures.total, "支出总计", whole, ours, left),
        ]
        return self._table("收支总表", header, tuple(rows))

    def _income(self) -> Table:
        header = (
            ("项目", "", "本年收入", "", "", "", "", "", "上年结转"),
            ("科目编码", "科目名称", "合计", "一般公共预算", "政府性基金", "国有资本经营预算",
             "财政专户管理资金", "单位资金", ""),
        )  # fmt: skip
        figures = self.figures
        rows = self.rolled(
            figures.accounts,
            lambda a: a.total - a.carried,
            lambda a: a.general,
            lambda a: a.fund,
            lambda a: 0,
            lambda a: 0,
            lambda a: a.own,
            lambda a: a.carried,
        )
        sums = (figures.received, figures.general, figures.fund, 0, 0, figures.own)
        total = self.row("合计", "", *sums, figures.opening)
        return self._table("收入总表", header, (total, *rows))

    def _split(self, kind: str, *columns: Callable[[Account], int]) -> Table:
        header = (
            ("项目", "", f"{self.facts.year}年预算数", "", ""),
            ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
        )
        sums = [sum(column(account) for account in self.figures.accounts) for column in columns]
        total = self.row("合计", "", *sums)
        rows = (total, *self.rolled(self.figures.accounts, *columns))
        return self._table(kind, header, rows, empty=not sums[0])

    def _spending(self) -> Table:
        return self._split("支出总表", lambda a: a.total, lambda a: a.basic, lambda a: a.projects)

    def _general(self) -> Table:
        return self._split(
            "一般公共预算支出表", lambda a: a.general, lambda a: a.basic, lambda a: a.project
        )

    def _fund(self) -> Table:
        return self._split("政府性基金支出表", lambda a: a.fund, lambda _: 0, lambda a: a.fund)

    def _grants(self) -> Table:
        figures = self.figures
        header = (
            ("收入", "", "支出", "", "", "", ""),
            ("项目", "金额", "项目", "金额", "", "", ""),
            ("", "", "", "小计", *_SOURCES),
        )
        income = [
            self.row("一、一般公共预算", figures.general),
            self.row("二、政府性基金预算", figures.fund),
            self.row("三、国有资本经营预算", 0),
        ]
        general = self.by_class(lambda a: a.general + a.carried)
        fund = self.by_class(lambda a: a.fund)
        spending = [
            self.row(f"{numeral(n)}、{name}", general[code] + fund[code], general[code],
                     fund[code], 0)
            for n, (code, name) in enumerate(CLASSES.items(), 1)
        ]  # fmt: skip
        income += [("", "")] * (len(spending) - len(income))
        rows = [left + right for left, right in zip(income, spending, strict=True)]
        ours, left = figures.general + figures.fund, figures.opening
        all_general = figures.general + left
        rows += [
            self.row(
                "本年收入合计", ours, "本年支出合计", ours + left, all_general, figures.fund, 0
            ),
            self.row("上年财政拨款结转", left, "年终结转", 0, 0, 0, 0),
            self.row(
                "收入总计", ours + left, "支出总计", ours + left, all_general, figures.fund, 0
            ),
        ]
        return self._table("财政拨款收支总表", header, tuple(rows))

    def _economic(self) -> Table:
        figures = self.figures
        header = (
            ("部门预算支出经济科目名称", "政府预算支出经济科目名称", f"{self.facts.year}年预算数"),
            ("", "", "合计", "人员经费", "公用经费"),
        )  # fmt: skip
        rows = [self.row("合计", "", figures.basic, figures.personnel, figures.running)]
        groups = {"301": "工资福利支出", "302": "商品和服务支出", "303": "对个人和家庭的补助"}
        for group, name in groups.items():
            lines = [line for line in figures.economic if line.code.startswith(group)]
            total = sum(line.amount for line in lines)
            entries = [(name, "", total), *((o.name, o.government, o.amount) for o in lines)]
            for label, government, amount in entries if total else ():
                people = amount if group != "302" else 0
                rows.append(self.row(label, government, amount, people, amount - people))
        return self._table("一般公共预算基本支出表", header, tuple(rows))

    def _capital(self) -> Table:
        header = (("科目编码", "科目名称", "合计", "基本支出", "项目支出"),)
        rows = (("合计", "", "", "", ""),)
        return self._table("国有资本经营预算表", header, rows, empty=True)

    def _travel(self) -> Table:
        travel = self.figures.travel
        header = (
            ("项目", f"{self.facts.year}年预算数", "", "", ""),
            ("", "合计", *_SOURCES),
        )
        entries = (
            ("因公出国（境）费", travel.abroad),
            ("公务接待费", travel.reception),
            ("公务用车购置及运行费", travel.vehicles),
            ("①公务用车购置费", travel.purchase),
            ("②公务用车运行维护费", travel.running),
            ("合计", travel.total),
        )
        rows = tuple(self.row(name, amount, amount, 0, 0) for name, amount in entries)
        return self._table("三公经费表", header, rows, empty=not travel.total)

    def _running(self) -> Table:
        header = (
            ("单位名称", f"{self.facts.year}预算数", "", "", ""),
            ("", "合计", *_SOURCES),
        )
        amount = self.figures.running if self.facts.authority else 0
        rows = [self.row("部门合计", amount, amount, 0, 0)]
        if amount:
            rows.append(self.row(self.of.name + "（机关）", amount, amount, 0, 0))
        return self._table("机关运行经费表", header, tuple(rows), empty=not amount)

    def _projects(self) -> Table:
        grants = ("一般公共预算", "政府性基金预算", "国有资本经营预算")
        header = (
            (
                "项目名称",
                "合计",
                f"{self.facts.year}年财政拨款",
                "",
                "",
                "财政专户管理资金",
                "单位资金",
            ),
            ("", "", *grants, "", ""),
            ("1", "2", "3", "4", "5", "6", "7"),
        )
        planned = [project for project in self.figures.projects if project.amount]
        sums = [
            sum(p.amount for p in planned if p.source == source)
            for source in ("一般公共预算", "政府性基金", "单位资金")
        ]
        rows = [self.row(self.of.name, sum(sums), sums[0], sums[1], 0, 0, sums[2])]
        for project in planned:
            amount, source = project.amount, project.source
            split = [
                amount if source == s else 0 for s in ("一般公共预算", "政府性基金", "单位资金")
            ]
            rows.append(self.row(project.name, amount, split[0], split[1], 0, 0, split[2]))
        empty = not planned
        return self._table("项目支出表", header, tuple(rows if planned else ()), empty=empty)

    def _carried(self) -> Table:
        header = (
            ("项目名称", "合计", f"{self.facts.year}年财政拨款", "", ""),
            ("", "", *_SOURCES),
            ("1", "2", "3", "4", "5"),
        )
        left = self.figures.opening
        entries = [(self.of.name, left), *((p.name, p.carried) for p in self.figures.projects)]
        rows = [self.row(name, amount, amount, 0, 0) for name, amount in entries if amount]
        return self._table("上年结转", header, tuple(rows), empty=not left)
