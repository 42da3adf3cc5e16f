"""Sentences that both kinds of disclosure use: duties, comparisons, property, definitions."""

from collections.abc import Iterator
from functools import cache

from benchmarks.blocks import Block, Heading, Paragraph
from benchmarks.catalogue import DATA
from benchmarks.model import Facts
from benchmarks.printing import numeral, share, style


class Story:
    """Tells the figures of a disclosure in words."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.of = facts.organisation
        self.figures = facts.figures
        self.previous = facts.previous
        self.name = facts.organisation.name
        self.year = facts.year
        self._money = style(facts.organisation).narrative

    def money(self, amount: int) -> str:
        """Return an amount with its unit; nothing is 0万元."""
        return f"{self._money(amount)}万元" if amount else "0万元"

    def compared(self, now: int, before: int, word: str = "比上年") -> str:
        """Return how an amount differs from the year before, with the percentage."""
        change = now - before
        if not change:
            return f"与{word.removeprefix('比').removeprefix('与')}持平"
        ways = ("增加", "增长") if change > 0 else ("减少", "下降")
        rate = f"，{ways[1]}{share(abs(change), before)}" if before else ""
        return f"{word}{ways[0]}{self.money(abs(change))}{rate}"

    def overview(self) -> Iterator[Block]:
        """Yield 第一部分: duties and structure."""
        of, figures = self.of, self.figures
        yield Heading("第一部分 概况", 1)
        yield Heading(f"一、本{of.level}职责", 2)
        purposes = "；".join(project.purpose for project in figures.projects)
        yield Paragraph(
            f"{self.name}贯彻执行国家、省有关法律法规和方针政策，主要承担以下工作：{purposes}；"
            "完成上级交办的其他任务。"
        )
        yield Heading("二、机构设置情况", 2)
        units = f"，下属{len(of.units)}个预算单位：{'、'.join(of.units)}" if of.units else ""
        yield Paragraph(
            f"{self.name}核定编制{figures.staff + 3}名，在职人员{figures.staff}人，"
            f"退休人员{figures.retired}人{units}。"
        )

    def definitions(self) -> Iterator[Block]:
        """Yield 第四部分, the same in nearly all disclosures."""
        yield Heading("第四部分 名词解释", 1)
        chosen = [line for line in _definitions() if line[0] in (self.facts.report, "两者")]
        for number, (_, term, text) in enumerate(chosen, 1):
            yield Paragraph(f"{numeral(number)}、{term}：{text}")


@cache
def _definitions() -> tuple[tuple[str, str, str], ...]:
    lines = (DATA / "definitions.txt").read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple((report, term, text) for report, term, text in cells)
