"""整体支出绩效目标表: its indicators, tasks and goals are hits like those of projects."""

import pytest

from search.citation import cited, line
from search.index import Index
from search.model import Disclosure
from search.service import search
from tests.conftest import rows


def _told(of: Disclosure) -> dict[str, tuple[str, str, str]]:
    return {
        row.label: (" › ".join(row.path), row.cells[0].column[-1], row.cells[0].text)
        for row in rows(of, "整体绩效表")
        if not row.has_value
    }


def test_what_is_told_in_words(disclosures: dict[str, Disclosure]) -> None:
    told = _told(disclosures["产业规划"])
    assert told["部门战略目标"] == ("", "部门战略目标", "完成招商引资工作任务")
    assert told["招商引资"] == ("年度重点任务", "重点任务", "完成市级下发的全年引资任务量")
    assert told["年度绩效目标"][2] == "完成招商引资项目12个。"
    assert told["企业满意度"] == (
        "年度绩效指标 › 满意度指标 › 服务对象满意度指标", "指标值", "≥98%",
    )  # fmt: skip
    assert told["实现税收"] == ("年度绩效指标 › 效益指标 › 经济效益指标", "指标值", "≥1亿元")
    assert len(told) == 12


def test_rows_stand_in_order(disclosures: dict[str, Disclosure]) -> None:
    places = [row.locator.char_start for row in rows(disclosures["产业规划"], "整体绩效表")]
    assert places == sorted(set(places))


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("招商引资签约入区项目", "招商引资签约入区项目"),
        ("产业规划 企业满意度", "企业满意度"),
        ("表:整体绩效 重点任务", "招商引资"),
        ("部门战略目标", "部门战略目标"),
    ],
)
def test_it_is_found_and_cited(index: Index, query: str, label: str) -> None:
    hit = search(index, query).hits[0]
    assert (hit.kind, hit.label) == ("row", label)
    cell = cited(hit)
    assert cell is not None
    assert cell.text in line(hit, cell)
    assert cell.text in hit.quote


def test_a_goal_is_no_figure(index: Index) -> None:
    assert search(index, "招商引资签约入区项目 >= 1个").total.value == 0
    assert search(index, "实现税收 > 1元").total.value == 0
