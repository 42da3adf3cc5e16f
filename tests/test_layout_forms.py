"""Layouts of many places: 绩效 forms, their amounts and their indicators."""

from decimal import Decimal

import pytest

from search.model import Project
from tests.layouts import document, said, told

FORM = """项目支出绩效目标表
（2024年度）
{unit}项目名称\t办公楼维修
主管部门\t某某县水利局\t实施单位\t某某县水利局
{funds}
年度总体目标\t完成维修
绩效指标\t一级指标\t二级指标\t三级指标\t指标值（包含文字描述）
\t产出指标\t数量指标\t维修面积\t≥1200平方米
\t\t质量指标\t验收合格率\t=100%
\t效益指标\t社会效益指标\t改善办公条件\t明显改善
"""


def _project(funds: str, unit: str = "") -> Project:
    of = document(FORM.format(funds=funds, unit=unit))
    assert of.warnings == ()
    [project] = of.projects
    return project


@pytest.mark.parametrize(
    ("funds", "unit"),
    [
        ("项目资金（万元）\t年度资金总额：900.00\t财政拨款：800.00\t其他：100.00", ""),
        ("项目资金（万元）\t年度资金总额：900.00 财政拨款： 800.00　其他：100.00", ""),
        ("项目资金（万元）\t年度资金总额：\t900.00\t财政拨款：\t800.00\t其他：\t100.00", ""),
        ("项目资金\t年度资金总额：\t900.00\n（万元）\t财政拨款：\t800.00\n\t其他：\t100.00", ""),
        ("项目资金\t年度资金总额：900.00\t财政拨款：800.00\t其他：100.00", "单位：万元\n"),
    ],
)
def test_amounts_in_one_line(funds: str, unit: str) -> None:
    project = _project(funds, unit)
    assert project.yuan == 9_000_000
    assert [said(cell) for cell in project.funds] == [
        "年度资金总额=900.00万元*",
        "年度资金总额/财政拨款=800.00万元",
        "年度资金总额/其他=100.00万元",
    ]


def test_an_amount_is_cited_where_it_stands_in_its_cell() -> None:
    funds = "项目资金（万元）\t年度资金总额：900.00 财政拨款：900.00 其他："
    of = document(FORM.format(funds=funds, unit=""))
    text = FORM.format(funds=funds, unit="")
    [whole, grant] = of.projects[0].funds
    assert whole.locator is not None
    assert grant.locator is not None
    assert grant.locator.char_start - whole.locator.char_start == len("900.00 财政拨款：")
    assert grant.locator.char_end - grant.locator.char_start == len("900.00")
    assert text.count("900.00") == 2


def test_one_column_of_values() -> None:
    project = _project("项目资金（万元）\t年度资金总额：\t900.00")
    assert [
        (one.level[-1], one.name, [(cell.column, cell.text) for cell in one.cells])
        for one in project.indicators
    ] == [
        ("数量指标", "维修面积", [(("指标值",), "≥1200平方米")]),
        ("质量指标", "验收合格率", [(("指标值",), "=100%")]),
        ("社会效益指标", "改善办公条件", [(("指标值",), "明显改善")]),
    ]


LISTED = """部门预算项目绩效目标表
金额单位：万元
单位名称\t项目名称\t年度目标\t绩效指标\t\t\t指标值\t预算金额
\t\t\t一级指标\t二级指标\t三级指标\t\t
县水利局\t河道治理\t完成治理\t产出指标\t数量指标\t治理公里数\t≥12公里\t90.00
\t\t\t\t质量指标\t合格率\t100%\t

项目支出绩效目标表
单位：万元
项目名称\t预算数\t年度目标\t一级指标\t二级指标\t三级指标\t指标值
道路养护\t50.00\t完成养护\t产出指标\t数量指标\t公里数\t≥12公里
\t\t\t\t质量指标\t合格率\t100%
"""


def test_projects_listed_with_their_indicators() -> None:
    of = document(LISTED)
    assert told(of) == {"河道治理": "预算金额=90.00万元*", "道路养护": "预算数=50.00万元*"}
    assert of.projects == ()
    assert of.warnings == ()


def test_a_form_with_four_cells_in_its_first_line_is_no_list() -> None:
    form = (
        "项目支出绩效目标表\n项目名称\t河道治理\t预算单位\t某某县水利局\n"
        "主管部门\t某某县水利局\n项目资金（万元）\t年度资金总额：\t90.00\n"
    )
    [project] = document(form).projects
    assert (project.name, project.yuan) == ("河道治理", Decimal(900_000))
