"""The tables of a final account 决算."""

from collections.abc import Iterator, Sequence

from benchmarks.blocks import Rows, Table
from benchmarks.budget_tables import Printer
from benchmarks.model import Account, Economic
from benchmarks.printing import CLASSES, FINAL_TITLES, numeral

NO_DATA = "说明：本表无数据"
Row = tuple[str, ...]


class FinalTables(Printer):
    """The ten tables of a final account, in order."""

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
        yield self._information()

    def _table(
        self, kind: str, header: Rows, rows: Rows, note: str, *, empty: bool = False
    ) -> Table:
        self.count += 1
        heads = (
            f"公开{self.count:02}表",
            f"部门名称：{self.of.name}",
            f"{self.facts.year}年度",
            "金额单位：万元",
        )
        notes = (f"注：本表反映部门本年度{note}。", *((NO_DATA,) if empty else ()))
        return Table(FINAL_TITLES[kind], heads, header, rows, notes)

    def _sides(self, left: Sequence[Row], right: Sequence[Row]) -> Rows:
        """Return two sides with their line numbers 行次 put side by side."""
        count = len(right)
        left = [*left, *[("", "")] * (count - len(left))]
        return tuple(
            (a[0], str(n), *a[1:], b[0], str(n + count), *b[1:])
            for n, (a, b) in enumerate(zip(left, right, strict=True), 1)
        )

    def _ending(self, left: Sequence[Row], right: Sequence[Row], ends: Sequence[Row]) -> Rows:
        """Return the sides with closing lines; an end is the left cells and the right ones."""
        blank = [("", "")] * (len(right) - len(left))
        return self._sides(
            [*left, *blank, *(end[:2] for end in ends)], [*right, *(end[2:] for end in ends)]
        )

    def _balance(self) -> Table:
        figures = self.figures
        header = (
            ("收入", "", "", "支出", "", ""),
            ("项目", "行次", "金额", "项目", "行次", "金额"),
            ("栏次", "", "1", "栏次", "", "2"),
        )
        left = [
            self.row("一、一般公共预算财政拨款收入", figures.general),
            self.row("二、政府性基金预算财政拨款收入", figures.fund),
            self.row("三、国有资本经营预算财政拨款收入", 0),
            self.row("四、上级补助收入", 0),
            self.row("五、事业收入", 0),
            self.row("六、经营收入", 0),
            self.row("七、附属单位上缴收入", 0),
            self.row("八、其他收入", figures.own),
        ]
        sums = self.by_class(lambda account: account.total)
        right = [
            self.row(f"{numeral(n)}、{name}", sums[code])
            for n, (code, name) in enumerate(CLASSES.items(), 1)
        ]
        ends = (
            self.row("本年收入合计", figures.received, "本年支出合计", figures.spending),
            self.row("使用非财政拨款结余（含专用结余）", 0, "结余分配", 0),
            self.row("年初结转和结余", figures.opening, "年末结转和结余", figures.closing),
            self.row("总计", figures.total, "总计", figures.total),
        )
        note = "的总收支和年末结转结余情况"
        return self._table("收支总表", header, self._ending(left, right, ends), note)

    def _income(self) -> Table:
        header = (
            ("项目", "", "本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入",
             "附属单位上缴收入", "其他收入"),
            ("科目代码", "科目名称", "", "", "", "", "", "", ""),
            ("栏次", "", "1", "2", "3", "4", "5", "6", "7"),
        )  # fmt: skip
        figures = self.figures
        total = self.row(
            "合计", "", figures.received, figures.received - figures.own, 0, 0, 0, 0, figures.own
        )
        rows = self.rolled(
            figures.income,
            lambda a: a.total,
            lambda a: a.total - a.own,
            lambda _: 0,
            lambda _: 0,
            lambda _: 0,
            lambda _: 0,
            lambda a: a.own,
        )
        return self._table("收入总表", header, (total, *rows), "取得的各项收入情况")

    def _spending(self) -> Table:
        header = (
            ("项目", "", "本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出",
             "对附属单位补助支出"),
            ("科目代码", "科目名称", "", "", "", "", "", ""),
            ("栏次", "", "1", "2", "3", "4", "5", "6"),
        )  # fmt: skip
        figures = self.figures
        total = self.row("合计", "", figures.spending, figures.basic, figures.project, 0, 0, 0)
        columns = (lambda a: a.total, lambda a: a.basic, lambda a: a.projects)
        rows = self.rolled(figures.accounts, *columns)
        rows = tuple((*row, "", "", "") for row in rows)
        return self._table("支出总表", header, (total, *rows), "各项支出情况")

    def _grants(self) -> Table:
        figures = self.figures
        header = (
            ("收入", "", "", "支出", "", "", "", "", ""),
            ("项目", "行次", "金额", "项目", "行次", "合计", "一般公共预算财政拨款",
             "政府性基金预算财政拨款", "国有资本经营预算财政拨款"),
            ("栏次", "", "1", "栏次", "", "2", "3", "4", "5"),
        )  # fmt: skip
        left = [
            self.row("一、一般公共预算财政拨款", figures.general),
            self.row("二、政府性基金预算财政拨款", figures.fund),
            self.row("三、国有资本经营预算财政拨款", 0),
        ]
        general = self.by_class(lambda a: a.general)
        fund = self.by_class(lambda a: a.fund)
        right = [
            self.row(f"{numeral(n)}、{name}", general[c] + fund[c], general[c], fund[c], 0)
            for n, (c, name) in enumerate(CLASSES.items(), 1)
        ]
        spent, funded = sum(general.values()), sum(fund.values())
        ours, opening, closing = figures.general + figures.fund, figures.opening, figures.closing
        whole = ours + opening
        ends = (
            self.row("本年收入合计", ours, "本年支出合计", spent + funded, spent, funded, 0),
            self.row(
                "年初财政拨款结转和结余", opening, "年末财政拨款结转和结余", closing, closing, 0, 0
            ),
            self.row("总计", whole, "总计", whole, whole - funded, funded, 0),
        )
        note = "一般公共预算财政拨款、政府性基金预算财政拨款的总收支和年末结转结余情况"
        return self._table("财政拨款收支总表", header, self._ending(left, right, ends), note)

    def _general(self) -> Table:
        header = (
            ("项目", "", "本年支出", "", ""),
            ("科目代码", "科目名称", "小计", "基本支出", "项目支出"),
            ("栏次", "", "1", "2", "3"),
        )
        accounts = self.figures.accounts
        sums = (sum(a.general for a in accounts), self.figures.basic)
        total = self.row("合计", "", *sums, sums[0] - sums[1])
        columns = (lambda a: a.general, lambda a: a.basic, lambda a: a.project)
        rows = (total, *self.rolled(accounts, *columns))
        return self._table("一般公共预算支出表", header, rows, "一般公共预算财政拨款支出情况")

    def _economic(self) -> Table:
        figures = self.figures
        header = (
            ("人员经费", "", "", "公用经费", "", ""),
            ("科目代码", "科目名称", "决算数", "科目代码", "科目名称", "决算数"),
        )
        left: list[Row] = []
        for group, name in (("301", "工资福利支出"), ("303", "对个人和家庭的补助")):
            lines = [line for line in figures.economic if line.code.startswith(group)]
            left += self._group(group, name, lines)
        lines = [line for line in figures.economic if line.code.startswith("302")]
        right = self._group("302", "商品和服务支出", lines)
        height = max(len(left), len(right))
        left += [("", "", "")] * (height - len(left))
        right += [("", "", "")] * (height - len(right))
        total = self.row("人员经费合计", "", figures.personnel, "公用经费合计", "", figures.running)
        rows = (*(a + b for a, b in zip(left, right, strict=True)), total)
        note = "一般公共预算财政拨款基本支出明细情况"
        return self._table("一般公共预算基本支出表", header, rows, note)

    def _group(self, code: str, name: str, lines: Sequence[Economic]) -> list[Row]:
        total = self.row(code, name, sum(line.amount for line in lines))
        return [total, *(self.row(line.code, line.name, line.amount) for line in lines)]

    def _fund(self) -> Table:
        header = (
            ("项目", "", "年初结转和结余", "本年收入", "本年支出", "", "", "年末结转和结余"),
            ("科目代码", "科目名称", "", "", "小计", "基本支出", "项目支出", ""),
            ("栏次", "", "1", "2", "3", "4", "5", "6"),
        )
        fund = self.figures.fund
        total = self.row("合计", "", 0, fund, fund, 0, fund, 0)
        paid = [Account(a.code, a.name, fund=a.fund) for a in self.figures.accounts if a.fund]
        rows = self.rolled(paid, lambda a: a.fund)
        rows = tuple((code, name, "", sum_, sum_, "", sum_, "") for code, name, sum_ in rows)
        note = "政府性基金预算财政拨款收入、支出及结转和结余情况"
        return self._table("政府性基金支出表", header, (total, *rows), note, empty=not fund)

    def _capital(self) -> Table:
        header = (
            ("项目", "", "本年支出", "", ""),
            ("科目代码", "科目名称", "合计", "基本支出", "项目支出"),
            ("栏次", "", "1", "2", "3"),
        )
        note = "国有资本经营预算财政拨款支出情况"
        rows = (("合计", "", "", "", ""),)
        return self._table("国有资本经营预算表", header, rows, note, empty=True)

    def _travel(self) -> Table:
        half = ("合计", "因公出国（境）费", "公务用车购置及运行维护费", "", "", "公务接待费")
        part = ("", "", "小计", "公务用车购置费", "公务用车运行维护费", "")
        header = (
            ("预算数", "", "", "", "", "", "决算数", "", "", "", "", ""),
            half * 2,
            part * 2,
            tuple(str(number) for number in range(1, 13)),
        )
        rows = []
        both = (self.facts.plan.travel, self.figures.travel)
        if any(travel.total for travel in both):
            cells: list[int] = []
            for t in both:
                cells += [t.total, t.abroad, t.vehicles, t.purchase, t.running, t.reception]
            rows.append(self.row(*cells))
        note = "“三公”经费支出预决算情况"
        return self._table("三公经费表", header, tuple(rows), note, empty=not rows)

    def _information(self) -> Table:
        figures = self.figures
        bought, assets = figures.procurement, figures.assets
        running = figures.running if self.facts.authority else 0
        others = assets.cars - assets.enforcement
        lines: list[tuple[str, str]] = [
            ("合计", self.money(bought.total)),
            ("货物", self.money(bought.goods)),
            ("工程", self.money(bought.works)),
            ("服务", self.money(bought.services)),
        ]
        rows: list[Row] = [(name, str(n), text) for n, (name, text) in enumerate(lines, 1)]
        rows += [
            ("二、机关运行经费", "", ""),
            ("项目", "", "统计数"),
            ("（一）行政单位", "5", self.money(running)),
            ("（二）参照公务员法管理事业单位", "6", ""),
            ("三、国有资产占用情况", "", ""),
            ("（一）车辆数合计（辆）", "7", str(assets.cars or "")),
            ("1.执法执勤用车", "8", str(assets.enforcement or "")),
            ("2.其他用车", "9", str(others or "")),
            ("（二）单价100万元（含）以上设备（不含车辆）", "10", str(assets.equipment or "")),
        ]
        header = (("一、政府采购情况", "", ""), ("项目", "行次", "统计数"))
        note = "政府采购、机关运行经费和国有资产占用情况"
        return self._table("公开信息统计表", header, tuple(rows), note)
