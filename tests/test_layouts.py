"""Layouts of many places: heads, headers, codes and labels, whatever the form."""

import pytest

from indexer.tables.headers import is_ordinal_row
from indexer.tables.heads import are_heads
from indexer.tables.labels import split_code
from tests.layouts import document, told

HEADED = """收支总表
预算01表
部门：某某县水利局\t2024年度\t\t单位：元
收入\t\t支出
项目\t2024年预算数\t项目\t2024年预算数
一、财政拨款收入\t1,200,000\t一、农林水支出\t1,150,000
二、事业收入
三、其他收入\t50,000\t二、住房保障支出\t100,000
本年收入合计\t1,250,000\t本年支出合计\t1,250,000

一般公共预算“三公”经费支出表
单位：万元、%
项目\t上年预算数\t本年预算数\t增减情况
\t\t\t增减额\t增减幅度
公务接待费\t2.00\t1.00\t(1.00)\t(50.00%)
"""


def test_department_and_unit_beside_each_other_head_the_table() -> None:
    of = document(HEADED)
    assert [(table.kind, table.unit) for table in of.tables] == [
        ("收支总表", "元"),
        ("三公经费表", "万元"),
    ]
    assert told(of)["其他收入"] == "收入/2024年预算数=50,000元*"
    assert told(of)["住房保障支出"] == "支出/2024年预算数=100,000元*"
    assert of.checks.failed == ()


def test_a_label_that_lost_its_blank_cells_is_a_row() -> None:
    [table, _] = document(HEADED).tables
    assert "事业收入" in [row.label for row in table.rows]


def test_a_decrease_in_brackets() -> None:
    assert told(document(HEADED))["公务接待费"] == (
        "上年预算数=2.00万元 上 本年预算数=1.00万元* 增减情况/增减额=(1.00)万元 变 "
        "增减情况/增减幅度=(50.00%)% 变"
    )


@pytest.mark.parametrize(
    ("cells", "heads"),
    [
        (["部门：某某局", "金额单位：万元"], True),
        (["部门：某某局", "2023年度", "单位：元"], True),
        (["公开01表", "单位（万元）"], True),
        (["单位：万元", "2023年", "2024年"], False),
        (["项目", "金额"], False),
        (["合计", "12.00"], False),
    ],
)
def test_heads_of_tables(cells: list[str], heads: bool) -> None:
    assert are_heads(cells) is heads


@pytest.mark.parametrize(
    ("row", "numbers"),
    [
        (["类", "款", "项", "栏次", "1", "2", "3"], True),
        (["栏次", "", "1"], True),
        (["**", "**", "1", "2", "3=1+2"], True),
        (["栏次", "1", "栏次", "2"], True),
        (["合计", "1", "2"], False),
        (["", "", "1"], False),
    ],
)
def test_rows_of_column_numbers(row: list[str], numbers: bool) -> None:
    assert is_ordinal_row(row) is numbers


FINAL = """支出决算表
公开03表
部门：某某县水利局\t\t\t\t\t\t金额单位：万元
项目\t\t\t\t本年支出合计\t基本支出\t项目支出
功能分类科目编码\t\t\t科目名称
类\t款\t项\t栏次\t1\t2\t3
\t\t\t合计\t430.00\t340.00\t90.00
213\t\t\t农林水支出\t430.00\t340.00\t90.00
\t3\t\t水利\t430.00\t340.00\t90.00
\t\t1\t行政运行\t340.00\t340.00\t
\t\t06\t水利工程建设\t90.00\t\t90.00
"""


def test_codes_go_on_from_the_row_above() -> None:
    of = document(FINAL, year=2023, report="决算")
    assert told(of) == {
        "合计": "本年支出合计=430.00万元* 基本支出=340.00万元 项目支出=90.00万元",
        "213 农林水支出": "本年支出合计=430.00万元* 基本支出=340.00万元 项目支出=90.00万元",
        "21303 水利": "本年支出合计=430.00万元* 基本支出=340.00万元 项目支出=90.00万元",
        "2130301 行政运行": "本年支出合计=340.00万元* 基本支出=340.00万元",
        "2130306 水利工程建设": "本年支出合计=90.00万元* 项目支出=90.00万元",
    }
    assert of.checks.failed == ()


@pytest.mark.parametrize(
    ("label", "code", "name"),
    [
        ("[2013801]行政运行", "2013801", "行政运行"),
        ("201 一般公共服务支出", "201", "一般公共服务支出"),
        ("30201-办公费", "30201", "办公费"),
        ("100 万元以上设备", None, ""),
        ("2024 年预算", None, ""),
        ("500个村", None, ""),
        ("208社会保障和就业支出", "208", "社会保障和就业支出"),
        ("301工资福利支出", "301", "工资福利支出"),
        ("503机关资本性支出（一）", "503", "机关资本性支出（一）"),
        ("301医院改造支出", None, ""),
        ("212国道养护支出", None, ""),
    ],
)
def test_codes_in_labels(label: str, code: str | None, name: str) -> None:
    assert split_code(label) == (code, name)


LABELS = """政府购买服务支出表
单位：万元
单位名称\t购买服务项目名称\t购买内容\t购买方式\t预算金额
水利局机关\t水质检测\t委托检测\t公开招标\t25.00
\t法律顾问\t法律咨询\t直接委托\t3.00
合计\t\t\t\t28.00

村级转移支付明细表
单位：万元
村名\t项目\t金额
青山村\t运转经费\t12.00
\t环境整治\t8.00
合计\t\t20.00

项目支出预算明细表
单位：万元
单位名称\t单位代码\t功能科目编码\t功能科目名称\t项目名称\t合计\t财政拨款
水利局机关\t301001\t2130306\t水利工程建设\t河道治理\t60.00\t60.00

基本支出表
单位：万元
部门预算经济分类\t\t\t政府预算经济分类\t\t\t合计
类\t款\t科目名称\t类\t款\t科目名称
302\t17\t公务接待费\t502\t06\t公务接待费\t1.00
"""


def test_the_label_is_the_narrowest_name() -> None:
    of = document(LABELS)
    assert told(of) | {
        "水质检测": "预算金额=25.00万元*",
        "法律顾问": "预算金额=3.00万元*",
        "环境整治": "金额=8.00万元*",
        "2130306 河道治理": "合计=60.00万元* 财政拨款=60.00万元",
        "30217 公务接待费": "合计=1.00万元*",
    } == told(of)
    assert of.warnings == ()


BETWEEN = """财政拨款收支总表
单位：万元
收入\t\t支出
项目\t预算数\t项目\t合计
一、本年收入\t3,000.00\t一、本年支出\t3,100.00
一般公共预算资金\t2,900.00\t住房保障支出\t300.00
政府性基金预算资金\t100.00\t城乡社区支出\t2,800.00
二、上年结转\t100.00\t二、结转下年\t
一般公共预算拨款\t100.00\t\t
收入合计\t3,100.00\t支出合计\t3,100.00
"""


def test_rows_between_two_numbered_ones_are_parts_of_the_first() -> None:
    [table] = document(BETWEEN).tables
    paths = {row.label: row.path for row in table.rows}
    assert paths["城乡社区支出"] == ("本年支出",)
    assert paths["一般公共预算拨款"] == ("上年结转",)
    assert paths["结转下年"] == paths["支出合计"] == ()


PAGE = """支出总表
部门：某某县水利局\t\t单位：万元
科目编码\t科目名称\t合计
{rows}
"""


@pytest.mark.parametrize(
    ("first", "second", "tables"),
    [
        ("\t合计\t100.00\n213\t农林水支出\t100.00", "21303\t水利\t100.00", 1),
        ("\t合计\t100.00\n213\t农林水支出\t100.00", "\t合计\t9.00\n213\t农林水支出\t9.00", 2),
    ],
)
def test_a_table_whose_title_is_printed_again_goes_on(first: str, second: str, tables: int) -> None:
    of = document(f"{PAGE.format(rows=first)}\n{PAGE.format(rows=second)}")
    assert len(of.tables) == tables
    assert {table.kind for table in of.tables} == {"支出总表"}
    assert of.checks.failed == ()


BELOW = """收入预算表
项目\t金额
财政拨款收入\t120.00
单位：元
“三公”经费支出表
项目\t金额
公务接待费\t7.00
金额单位：万元

支出预算表
单位：千元
项目\t金额
公务用车费\t7.00
"""


def test_a_unit_below_its_table() -> None:
    of = document(BELOW)
    assert [table.unit for table in of.tables] == ["元", "万元", "千元"]
    assert [table.heads for table in of.tables] == [(), (), ("单位：千元",)]


def test_a_unit_right_above_the_next_title_is_the_next_tables() -> None:
    [first, second] = document(BELOW.replace("120.00\n", "120.00\n\n").split("金额单位")[0]).tables
    assert (first.unit, second.unit) == (None, "元")


def test_no_unit_is_taken_from_tables_that_differ() -> None:
    of = document(f"{BELOW}\n支出预算表\n项目\t金额\n培训费\t9.00\n")
    assert told(of)["培训费"] == "金额=9.00*"
    assert of.warnings[-1].message == (
        "没有注明单位，而各表单位不一（万元、元、千元），数字不带单位"
    )
