"""第三部分 of a final account: 情况说明."""

from collections.abc import Iterator

from benchmarks.blocks import Block, Heading, Paragraph
from benchmarks.forms import review_forms
from benchmarks.model import Figures
from benchmarks.printing import CLASSES, share
from benchmarks.story import Story


class FinalStory(Story):
    """Tells a final account."""

    def explanation(self) -> Iterator[Block]:
        """Yield 第三部分."""
        yield Heading(f"第三部分 {self.year}年度{self.of.level}决算情况说明", 1)
        yield from self._totals()
        yield from self._income()
        yield from self._spending()
        yield from self._general()
        yield from self._basic()
        yield from self._travel()
        yield from self._others()

    def _totals(self) -> Iterator[Block]:
        now, before = self.figures, self.previous
        yield Heading("一、收入支出决算总体情况说明", 2)
        change = self.compared(now.total, before.total, "收入总计")
        spent = self.compared(now.total, before.total, "支出总计")
        cause = "项目资金增加" if now.total > before.total else "项目资金减少"
        if now.total == before.total:
            change, spent, cause = "收入总计持平", "支出总计持平", "无较大变动"
        yield Paragraph(
            f"{self.year}年度收入总计{self.money(now.total)}，支出总计{self.money(now.total)}。"
            f"与上年相比，{change}，{spent}。主要原因是{cause}。"
        )

    def _income(self) -> Iterator[Block]:
        now = self.figures
        yield Heading("二、收入决算情况说明", 2)
        yield Paragraph(f"{self.year}年度收入合计{self.money(now.received)}，其中：")
        grants = now.general + now.fund
        yield Paragraph(f"财政拨款收入{self.money(grants)}，占比{share(grants, now.received)}；")
        yield Paragraph(f"其他收入{self.money(now.own)}，占比{share(now.own, now.received)}。")

    def _spending(self) -> Iterator[Block]:
        now = self.figures
        yield Heading("三、支出决算情况说明", 2)
        yield Paragraph(f"{self.year}年度支出合计{self.money(now.spending)}，其中：")
        yield Paragraph(f"基本支出{self.money(now.basic)}，占比{share(now.basic, now.spending)}；")
        yield Paragraph(
            f"项目支出{self.money(now.project)}，占比{share(now.project, now.spending)}。"
        )

    def _general(self) -> Iterator[Block]:
        now, before, plan = (
            _by_class(figures) for figures in (self.figures, self.previous, self.facts.plan)
        )
        total, last, planned = (sum(sums.values()) for sums in (now, before, plan))
        yield Heading("四、一般公共预算财政拨款支出决算情况说明", 2)
        yield Heading("（一）一般公共预算财政拨款支出决算总体情况", 3)
        yield Paragraph(
            f"{self.year}年一般公共预算财政拨款决算支出{self.money(total)}，占本年支出合计的"
            f"{share(total, self.figures.spending)}。"
            f"{self.compared(total, last, '与上年相比，一般公共预算财政拨款支出')}。"
        )
        yield Heading("（二）一般公共预算财政拨款支出决算具体情况", 3)
        yield Paragraph(
            f"{self.year}年度一般公共预算财政拨款支出年初预算{self.money(planned)}，"
            f"支出决算{self.money(total)}，完成年初预算的{share(total, planned)}。其中："
        )
        for code, name in CLASSES.items():
            if now[code] and plan[code]:
                yield Paragraph(
                    f"{name}年初预算{self.money(plan[code])}，支出决算{self.money(now[code])}，"
                    f"完成年初预算的{share(now[code], plan[code])}。"
                    f"{self.compared(now[code], before[code], '较上年决算')}。"
                )

    def _basic(self) -> Iterator[Block]:
        now = self.figures
        yield Heading("五、一般公共预算财政拨款基本支出决算情况说明", 2)
        yield Paragraph(f"{self.year}年度财政拨款基本支出{self.money(now.basic)}，其中：")
        yield Paragraph(f"人员经费{self.money(now.personnel)}，主要包括基本工资、津贴补贴等；")
        yield Paragraph(f"公用经费{self.money(now.running)}，主要包括办公费、差旅费等。")

    def _travel(self) -> Iterator[Block]:
        now, before, plan = self.figures.travel, self.previous.travel, self.facts.plan.travel
        yield Heading("六、财政拨款“三公”经费支出决算情况说明", 2)
        yield Heading("（一）“三公”经费财政拨款支出决算总体情况说明", 3)
        compared = self.compared(now.total, before.total, "比上年决算")
        yield Paragraph(
            f"{self.year}年度“三公”经费财政拨款支出全年预算{self.money(plan.total)}，"
            f"支出决算{self.money(now.total)}，{compared}。其中："
        )
        parts = (
            ("因公出国（境）费", now.abroad, before.abroad),
            ("公务用车购置费", now.purchase, before.purchase),
            ("公务用车运行维护费", now.running, before.running),
            ("公务接待费", now.reception, before.reception),
        )
        for name, value, last in parts:
            change = self.compared(value, last).split("，")[0]
            yield Paragraph(f"{name}支出{self.money(value)}，{change}；")
        yield Heading("（二）“三公”经费财政拨款支出决算具体情况说明", 3)
        groups, people = self.figures.visits
        cars = self.figures.assets.cars
        yield Paragraph(
            f"1、公务用车运行维护费支出{self.money(now.running)}，"
            f"使用财政拨款负担的公务用车保有量共{cars}辆。"
        )
        yield Paragraph(
            f"2、公务接待费支出{self.money(now.reception)}，共接待{groups}批次，{people}人次。"
        )

    def _others(self) -> Iterator[Block]:
        now, before, bought = self.figures, self.previous, self.figures.procurement
        yield Heading("七、其他重要事项情况说明", 2)
        yield Heading("（一）机关运行经费支出情况说明", 3)
        if self.facts.authority:
            yield Paragraph(
                f"{self.year}年度机关运行经费支出{self.money(now.running)}，"
                f"{self.compared(now.running, before.running, '比上年决算')}。"
            )
        else:
            yield Paragraph("本单位无机关运行经费。")
        yield Heading("（二）政府采购情况说明", 3)
        yield Paragraph(
            f"{self.year}年度政府采购支出总额{self.money(bought.total)}，其中："
            f"政府采购货物支出{self.money(bought.goods)}、政府采购工程支出"
            f"{self.money(bought.works)}、政府采购服务支出{self.money(bought.services)}。"
        )
        yield Heading("（三）国有资产占用情况说明", 3)
        assets = now.assets
        yield Paragraph(
            f"截至{self.year}年12月31日，{self.name}共有车辆{assets.cars}辆，其中："
            f"执法执勤用车{assets.enforcement}辆，其他用车{assets.cars - assets.enforcement}辆。"
            f"单价100万元（含）以上设备（不含车辆）{assets.equipment}台（套）。"
        )
        yield Heading("（四）预算绩效情况说明", 3)
        spent = sum(project.amount for project in now.projects)
        yield Paragraph(
            f"{self.year}年项目绩效自评个数{len(now.projects)}个，涉及资金{self.money(spent)}。"
        )

    def annex(self) -> Iterator[Block]:
        """Yield 第五部分: the forms in which projects are reviewed."""
        yield Heading("第五部分 附件", 1)
        yield from review_forms(self.facts)


def _by_class(figures: Figures) -> dict[str, int]:
    sums = dict.fromkeys(CLASSES, 0)
    for account in figures.accounts:
        sums[account.code[:3]] += account.general
    return sums
