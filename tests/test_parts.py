"""A part whose number only the contents print begins a section like the others."""

import pytest

from indexer.disclosure import read

TEXT = """丙县财政局2024年度部门预算公开
目  录
第一部分 丙县财政局概况 ........ 1
第二部分 丙县财政局2024年度部门预算表{leader}
第三部分 丙县财政局2024年度部门预算情况说明 ........ 9

第一部分 丙县财政局概况

一、主要职能

丙县财政局负责财政工作。

丙县财政局2024年度部门预算表

预算收支总表

单位：万元
项目\t金额
工资福利支出\t12.30
合计\t12.30

第三部分 丙县财政局2024年度部门预算情况说明

丙县财政局2024年度部门预算表中没有政府性基金。
"""


def test_a_page_head_is_no_part() -> None:
    name = "丙县财政局2024年度部门预算表"
    text = TEXT.format(leader="……3") + f"\n{name}\n\n丙县财政局没有国有资本经营预算。\n"
    disclosure = read(text.encode(), "x.txt")
    assert name not in [section.title for section in disclosure.sections]


@pytest.mark.parametrize("leader", [" ........ 3", "……3", "\t3"])
def test_a_part_without_its_number(leader: str) -> None:
    disclosure = read(TEXT.format(leader=leader).encode(), "x.txt")
    [table] = disclosure.tables
    assert table.section == ("丙县财政局2024年度部门预算表",)
    assert [section.path[0] for section in disclosure.sections] == [
        "第一部分 丙县财政局概况",
        "第一部分 丙县财政局概况",
        "丙县财政局2024年度部门预算表",
        "第三部分 丙县财政局2024年度部门预算情况说明",
    ]
    [said] = [p for p in disclosure.passages if "政府性基金" in p.text]
    assert said.section == ("第三部分 丙县财政局2024年度部门预算情况说明",)
