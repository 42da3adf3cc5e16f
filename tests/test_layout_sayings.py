"""Layouts of many places: forms, kinds, checks, and what the narrative says."""

import pytest

from indexer.disclosure import read
from indexer.tables.kinds import table_kind
from search.model import Role
from tests.conftest import statements
from tests.layouts import document, said

SUMS = """财政拨款收支总表
单位：万元
收入\t\t支出
项目\t预算数\t项目\t合计\t一般公共预算\t政府性基金预算
一、本年财政拨款收入\t900.00\t一、本年支出\t1,000.00\t950.00\t50.00
（一）一般公共预算拨款\t850.00\t（一）节能环保支出\t950.00\t950.00\t
（二）政府性基金预算拨款\t50.00\t（二）城乡社区支出\t50.00\t\t50.00
二、上年结转\t100.00\t二、年终结转结余\t\t\t
收入总计\t1,000.00\t支出总计\t1,000.00\t950.00\t50.00

机构运行信息表
单位：元
项目\t年初预算数\t决算统计数
公务接待费\t10,000.00\t4,000.00
（1）国内接待费\t—\t4,000.00
（2）国（境）外接待费\t—\t0.00
"""


SHORT = """“三公”经费汇总情况表
单位：万元
合计\t因公出国\t公务用车购置及运行维护\t\t\t公务接待费
\t\t小计\t公务用车购置\t公车运行及维护\t
58.34\t1.00\t53.04\t6.92\t46.12\t4.30
"""


def test_items_named_in_short_are_checked() -> None:
    checks = document(SHORT).checks
    assert checks.failed == ()
    assert {agreed.relation for agreed in checks.agreed} >= {"travel", "vehicles"}


def test_sums_above_their_parts_and_dashes_contradict_nothing() -> None:
    assert document(SUMS).checks.failed == ()


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("部门支出总体情况表", "支出总表"),
        ("财政拨款收支总体情况表", "财政拨款收支总表"),
        ("政府购买服务支出表", "其他"),
        ("政府采购支出表", "政府采购表"),
        ("非税收入表", "其他"),
        ("机构运行信息表", "公开信息统计表"),
    ],
)
def test_kinds(title: str, kind: str) -> None:
    assert table_kind(title) == kind


FORM = """项目支出绩效自评表
项目名称\t执法装备购置
主管部门\t某某省某某局\t实施单位\t某某省某某局机关
项目资金（万元）\t\t年初预算数\t全年预算数（A）\t全年执行数（B）\t分值\t执行率\t得分
\t年度资金总额\t120.00\t118.00\t117.50\t10\t99.58%\t9.96
\t其中：当年财政拨款\t100.00\t98.00\t97.50\t—\t99.49%\t—
\t上年结转资金\t20.00\t20.00\t20.00\t—\t100%\t—
年度总体目标\t预期目标\t\t\t实际完成情况
\t购置装备50台\t\t\t已购置50台
绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
\t产出指标\t数量指标\t购置数量\t≥50台\t50台\t20\t20
总分\t\t\t\t\t\t100\t97.96
"""


def test_the_national_form_of_self_assessment() -> None:
    of = document(FORM, year=2023, report="决算")
    [project] = of.projects
    assert project.yuan == 1_175_000
    assert [said(cell) for cell in project.funds] == [
        "年初预算数=120.00万元",
        "全年预算数=118.00万元*",
        "全年执行数=117.50万元*",
        "分值=10",
        "执行率=99.58%%*",
        "得分=9.96",
        "年初预算数/当年财政拨款=100.00万元",
        "全年预算数/当年财政拨款=98.00万元",
        "全年执行数/当年财政拨款=97.50万元",
        "执行率/当年财政拨款=99.49%%",
        "年初预算数/上年结转资金=20.00万元",
        "全年预算数/上年结转资金=20.00万元",
        "全年执行数/上年结转资金=20.00万元",
        "执行率/上年结转资金=100%%",
    ]
    fields = {field.name: field.value for field in project.fields}
    assert fields["总分"] == "97.96"
    assert fields["预期目标"] == "购置装备50台"
    assert fields["实际完成情况"] == "已购置50台"
    assert of.checks.failed == ()


def test_the_departments_own_office_does_not_name_the_document() -> None:
    table = (
        "“三公”经费支出表\n部门：某某县水利局（本级）\n单位：万元\n项目\t金额\n公务接待费\t1.00\n"
    )
    assert document(table).department == "某某县水利局"


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "2024年收支总预算2400.50万元，比上年2500.50万元减少100万元，下降4.0%。",
            ["2400.50 level 2024", "2500.50 prior 2023", "100 change 2024", "4.0 change 2024"],
        ),
        (
            "2024年“三公”经费预算数为8.2万元，比2023年预算数9.2万元减少1万元。",
            ["8.2 level 2024", "9.2 prior 2023", "1 change 2024"],
        ),
        (
            "2024年预算较2023年决算2380.20万元增加20.3万元。",
            ["2380.20 prior 2023", "20.3 change 2024"],
        ),
        (
            "2024年机关运行经费120.3万元，上年预算130.3万元，减少10万元。",
            ["120.3 level 2024", "130.3 prior 2023", "10 change 2024"],
        ),
        ("2024年支出中上年结转资金35.6万元。", ["35.6 level 2024"]),
        ("支出决算120万元，比年初预算100万元增加20万元。", ["120 level", "100 level", "20 change"]),
    ],
)
def test_what_a_figure_is_compared_with_is_not_this_years(text: str, figures: list[str]) -> None:
    of = document(f"一、收支情况说明\n\n{text}\n")
    found = [f"{one.value} {one.role} {one.year or ''}".strip() for one in statements(of)]
    assert found == figures


def test_a_title_of_one_line_says_what_the_document_is() -> None:
    table = "收支总表\n单位：万元\n项目\t金额\n事业收入\t1.00\n"
    of = read(f"某某县统计局2024年部门预算公开表\n\n{table}".encode(), "a.txt")
    assert (of.department, of.year, of.report) == ("某某县统计局", 2024, "预算")


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        (
            "教育支出（类）普通教育（款）小学教育（项）：年初预算12.00万元，支出决算13.00万元。",
            ["教育支出(类)普通教育(款)小学教育(项)"] * 2,
        ),
        ("公务接待费由上年的1.5万元减少到1.2万元。", ["公务接待费", "公务接待费"]),
        (
            "“校园安全”项目全年预算数为120万元，执行数为117.5万元。",
            ["“校园安全”项目", "“校园安全”项目"],
        ),
    ],
)
def test_what_figures_are_said_of(text: str, subjects: list[str]) -> None:
    assert [one.subject for one in statements(document(f"一、情况\n\n{text}\n"))] == subjects


def test_what_a_change_begins_from_is_last_years() -> None:
    [before, after] = statements(document("一、情况\n\n接待费由上年的1.5万元减少到1.2万元。\n"))
    assert (before.role, after.role) == (Role.PRIOR, Role.LEVEL)
