"""第三部分 of a budget: 情况说明."""

from collections.abc import Iterator

from benchmarks.blocks import Block, Heading, Paragraph
from benchmarks.forms import goal_forms
from benchmarks.printing import CLASSES, share
from benchmarks.story import Story


class BudgetStory(Story):
    """Tells a budget."""

    def explanation(self) -> Iterator[Block]:
        """Yield 第三部分."""
        yield Heading(f"第三部分 {self.year}年度{self.of.level}预算情况说明", 1)
        yield from self._changes()
        yield from self._sources()
        yield from self._uses()
        yield from self._general()
        yield from self._basic()
        yield from self._travel()
        yield from self._running()
        yield from self._procurement()
        yield from self._performance()
        yield from self._property()
        yield Heading("十一、其他说明", 2)
        yield Paragraph("无其他需要说明的事项。")

    def _changes(self) -> Iterator[Block]:
        now, before = self.figures, self.previous
        yield Heading("一、部门预算收支数据变动情况及原因", 2)
        cause = "项目支出增加" if now.total > before.total else "压减一般性项目支出"
        tail = f"{self.compared(now.total, before.total)}，主要原因是{cause}"
        yield Paragraph(
            f"{self.year}年度{self.name}预算收入总计{self.money(now.total)}，"
            f"其中：本年收入{self.money(now.received)}，上年结转{self.money(now.opening)}，{tail}；"
            f"支出总计{self.money(now.spending)}，{tail}。"
        )

    def _sources(self) -> Iterator[Block]:
        now = self.figures
        yield Heading("二、收入预算情况说明", 2)
        parts = (
            ("一般公共预算拨款收入", now.general),
            ("政府性基金预算拨款收入", now.fund),
            ("国有资本经营预算拨款收入", 0),
            ("单位资金", now.own),
            ("上年结转", now.opening),
        )
        text = "；".join(f"{n}{self.money(v)}，占{share(v, now.total)}" for n, v in parts)
        yield Paragraph(
            f"{self.year}年度{self.name}预算收入{self.money(now.total)}，主要包括{text}。"
        )

    def _uses(self) -> Iterator[Block]:
        now = self.figures
        yield Heading("三、支出预算情况说明", 2)
        yield Paragraph(
            f"{self.year}年度{self.name}支出预算{self.money(now.spending)}，"
            f"其中：基本支出{self.money(now.basic)}，占{share(now.basic, now.spending)}；"
            f"项目支出{self.money(now.project)}，占{share(now.project, now.spending)}。"
        )

    def _general(self) -> Iterator[Block]:
        now, before = self.figures.general, self.previous.general
        yield Heading("四、一般公共预算支出情况说明", 2)
        sums = dict.fromkeys(CLASSES, 0)
        for account in self.figures.accounts:
            sums[account.code[:3]] += account.general
        parts = [
            f"{CLASSES[code]}{self.money(value)}，占{share(value, now)}"
            for code, value in sums.items()
            if value
        ]
        yield Paragraph(
            f"{self.year}年度{self.name}一般公共预算当年支出{self.money(now)}，"
            f"{self.compared(now, before)}。"
        )
        yield Paragraph(
            f"{self.year}年度{self.name}一般公共预算当年支出{self.money(now)}，"
            f"主要用于以下方面：{'；'.join(parts)}。"
        )

    def _basic(self) -> Iterator[Block]:
        now = self.figures
        yield Heading("五、一般公共预算基本支出情况说明", 2)
        yield Paragraph(
            f"{self.year}年度{self.name}一般公共预算安排基本支出{self.money(now.basic)}，其中："
        )
        for label, personnel, amount in (
            ("人员经费", True, now.personnel),
            ("公用经费", False, now.running),
        ):
            names = [line.name for line in now.economic if line.personnel is personnel]
            yield Paragraph(f"{label}{self.money(amount)}，主要包括：{'、'.join(names)}等。")

    def _travel(self) -> Iterator[Block]:
        now, before = self.figures.travel, self.previous.travel
        yield Heading("六、“三公”经费增减变动原因说明", 2)
        cause = "，主要原因是落实过紧日子要求" if now.total < before.total else ""
        whole = self.compared(now.total, before.total, f"比{self.year - 1}年")
        yield Paragraph(
            f"{self.year}年{self.name}财政拨款安排的“三公”经费预算{self.money(now.total)}，"
            f"{whole.split('，')[0]}{cause}。"
        )
        parts = (
            ("因公出国（境）费", now.abroad, before.abroad),
            ("公务接待费", now.reception, before.reception),
            ("公务用车运行维护费", now.running, before.running),
            ("公务用车购置费", now.purchase, before.purchase),
        )
        yield Paragraph("其中：" + "；".join(self._item(*part) for part in parts) + "。")

    def _item(self, name: str, now: int, before: int) -> str:
        if now == before:
            return f"{name}{self.money(now)}，与上年预算数相同"
        way = "增加" if now > before else "减少"
        return f"{name}{self.money(now)}，与上年相比预算数{way}{self.money(abs(now - before))}"

    def _running(self) -> Iterator[Block]:
        now, before = self.figures.running, self.previous.running
        yield Heading("七、机关运行经费增减变动原因说明", 2)
        if not self.facts.authority:
            yield Paragraph(f"{self.name}属于事业单位，无机关运行经费。")
            return
        yield Paragraph(
            f"{self.year - 1}年机关运行经费{self.money(before)}，{self.year}年预算"
            f"{self.money(now)}，{self.compared(now, before, f'比{self.year - 1}年预算')}。"
        )

    def _procurement(self) -> Iterator[Block]:
        bought = self.figures.procurement
        yield Heading("八、政府采购情况", 2)
        yield Paragraph(
            f"{self.year}年{self.name}政府采购预算总额{self.money(bought.total)}。其中："
            f"政府采购货物预算{self.money(bought.goods)}、政府采购工程预算"
            f"{self.money(bought.works)}、政府采购服务预算{self.money(bought.services)}。"
        )

    def _performance(self) -> Iterator[Block]:
        yield Heading("九、绩效管理情况", 2)
        planned = [project for project in self.figures.projects if project.amount]
        total = sum(project.amount for project in planned)
        yield Paragraph(
            f"{self.year}年{self.name}实行绩效目标管理的项目{len(planned)}个，"
            f"涉及资金{self.money(total)}。"
        )
        yield from goal_forms(self.facts, planned)

    def _property(self) -> Iterator[Block]:
        assets = self.figures.assets
        others = assets.cars - assets.enforcement
        date = f"截至{self.year - 1}年12月31日，{self.name}"
        yield Heading("十、国有资产占有使用情况", 2)
        yield Heading("1、车辆情况：", 3)
        yield Paragraph(
            f"{date}共有公务用车编制{assets.cars}辆，实有{assets.cars}辆，其中：领导用车0辆，"
            f"执法执勤用车{assets.enforcement}辆，其他公务用车{others}辆。"
        )
        yield Heading("2、房屋情况：", 3)
        yield Paragraph(f"{date}使用的办公用房建筑总面积{assets.area / 100:.2f}平方米。")
        yield Heading("3、其他国有资产占有使用情况：", 3)
        yield Paragraph(
            f"{date}占有使用价值100万元（原值）以上的通用设备{assets.equipment}台（套）。"
        )
