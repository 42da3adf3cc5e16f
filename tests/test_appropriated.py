"""Tables of all appropriations, and 三公 tables whose total adds meetings and training."""

import pytest

from indexer.disclosure import read
from search.model import Disclosure

TEXT = """某县档案馆
2024年部门预算公开

第二部分 报表

财政拨款收支预算总表
单位：万元
收入\t\t支出\t
项目\t金额\t项目\t金额
一、一般公共预算\t90.00\t一、基本支出\t{basic}
二、政府性基金预算\t10.00\t二、项目支出\t40.00
收入合计\t100.00\t支出合计\t{spent}

财政拨款支出预算表
单位：万元
科目编码\t科目名称\t金额
\t合计\t100.00
201\t一般公共服务支出\t100.00

财政拨款基本支出预算表
单位：万元
科目编码\t科目名称\t金额
\t合计\t60.00
301\t工资福利支出\t60.00
"""
ABROAD = """某县档案馆
2024年部门预算公开

第二部分 报表

“三公”经费、会议费、培训费支出预算表
单位：万元
合计\t“三公”经费\t\t\t\t\t\t会议费\t培训费
\t小计\t因公出国（境）费\t公务用车购置及运行维护费\t\t\t公务接待费\t\t
\t\t\t小计\t公务用车购置费\t公务用车运行维护费\t\t\t
10.00\t{three}\t1.00\t3.00\t0.00\t3.00\t2.00\t3.00\t1.00
"""


def _failed(of: Disclosure) -> set[str]:
    return {check.relation for check in of.checks.failed}


@pytest.mark.parametrize(
    ("basic", "spent", "failed"),
    [
        ("60.00", "100.00", set()),
        ("61.00", "100.00", {"appropriated-basic"}),
        ("60.00", "101.00", {"appropriated-total"}),
    ],
)
def test_tables_of_all_appropriations_agree(basic: str, spent: str, failed: set[str]) -> None:
    found = read(TEXT.format(basic=basic, spent=spent).encode(), "x.txt")
    kinds = ["财政拨款收支总表", "财政拨款支出表", "财政拨款基本支出表"]
    assert [table.kind for table in found.tables] == kinds
    assert _failed(found) & {"appropriated-basic", "appropriated-total"} == failed


@pytest.mark.parametrize(("three", "failed"), [("6.00", False), ("7.00", True)])
def test_the_three_are_summed_without_meetings(three: str, failed: bool) -> None:
    found = read(ABROAD.format(three=three).encode(), "x.txt")
    assert ("travel" in _failed(found)) == failed
