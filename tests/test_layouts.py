"""Layouts of many places: whatever the form, a figure keeps its row, column, year and unit."""

import pytest

from indexer.disclosure import read
from indexer.headers import is_ordinal_row
from indexer.heads import are_heads
from indexer.kinds import table_kind
from indexer.labels import split_code
from search.model import Cell, Disclosure, Role
from tests.conftest import statements

MARKS = {Role.PRIOR: " 上", Role.CHANGE: " 变"}


def document(tables: str, *, year: int = 2024, report: str = "预算") -> Disclosure:
    text = f"某某县水利局\n{year}年部门{report}公开\n\n第二部分 报表\n\n{tables}"
    return read(text.encode(), "a.txt")


def said(cell: Cell) -> str:
    """Return a figure with its column, unit, and whether the row is about it (*)."""
    mark = "*" if cell.principal else ""
    unit = cell.unit or ""
    return f"{'/'.join(cell.column)}={cell.text}{unit}{mark}{MARKS.get(cell.role, '')}"


def told(of: Disclosure) -> dict[str, str]:
    """Return what each row with a figure says, by its code and label."""
    return {
        f"{row.code or ''} {row.label}".strip(): " ".join(
            said(cell) for cell in row.cells if cell.value is not None
        )
        for table in of.tables
        for row in table.rows
        if row.has_value
    }


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
    ],
)
def test_codes_in_labels(label: str, code: str | None, name: str) -> None:
    assert split_code(label) == (code, name)


TURNED = """2024年部门“三公”经费和机关运行经费预算表
单位：万元
2024年“三公”经费预算数\t\t\t\t\t\t2024年机关运行经费预算数
合计\t因公出国(境)费\t公务接待费\t公务用车购置及运行费\t\t\t
\t\t\t小计\t购置费\t运行费\t
12.30\t0.00\t2.30\t10.00\t0.00\t10.00\t345.60
"""
LINES = """财政拨款“三公”经费预算表
单位：万元
年度\t“三公”经费总额\t公务接待费\t公务用车购置及运行维护费
\t\t\t合计\t公务用车购置费\t公务用车运行维护费
2023年\t18.20\t0.20\t18.00\t\t18.00
2024年\t16.10\t0.10\t16.00\t\t16.00
"""
YEARS = """“三公”经费支出决算表
单位：万元
2023年度预算数\t\t\t\t\t\t2023年度决算数
合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费\t合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费
\t\t小计\t公务用车购置费\t公务用车运行费\t\t\t\t小计\t公务用车购置费\t公务用车运行费\t
13.00\t0.00\t12.00\t0.00\t12.00\t1.00\t9.40\t0.00\t9.00\t0.00\t9.00\t0.40
"""


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            TURNED,
            {
                "合计": "2024年“三公”经费预算数=12.30万元*",
                "公务接待费": "2024年“三公”经费预算数=2.30万元*",
                "公务用车购置及运行费": "2024年“三公”经费预算数=10.00万元*",
                "2024年机关运行经费预算数": "=345.60万元*",
            },
        ),
        (
            LINES,
            {
                "公务接待费": "2023年=0.20万元 上 2024年=0.10万元*",
                "公务用车购置及运行维护费": "2023年=18.00万元 上 2024年=16.00万元*",
                "公务用车运行维护费": "2023年=18.00万元 上 2024年=16.00万元*",
            },
        ),
    ],
)
def test_tables_whose_header_names_the_items(text: str, rows: dict[str, str]) -> None:
    of = document(text)
    assert told(of) | rows == told(of)
    assert of.checks.failed == ()
    assert of.warnings == ()


def test_budget_and_final_of_a_year_above_the_items() -> None:
    rows = told(document(YEARS, year=2023, report="决算"))
    assert rows["公务接待费"] == "2023年度预算数=1.00万元* 2023年度决算数=0.40万元*"
    assert rows["公务用车运行费"] == "2023年度预算数=12.00万元* 2023年度决算数=9.00万元*"


COUNTS = """国有资产占用情况表
单位：万元
项目\t数量\t价值
一、车辆（辆）\t3\t45.60
其中：应急保障用车\t1\t18.00

一般公共预算“三公”经费支出表
单位：千元
项目\t本年预算数\t车辆数\t接待人次
合计\t120\t\t
公务接待费\t20\t\t96
公务用车运行维护费\t100\t3\t

机关运行经费预算表
单位：万元
单位名称\t编制人数\t实有人数\t\t年初预算
\t\t小计\t在职\t
水利局机关\t60\t75\t55\t1,234.00

政府采购预算表
单位：元
序号\t采购项目名称\t经济科目\t计量单位\t数量\t单价\t金额\t资金来源
1\t电脑\t31002\t台\t10\t5000\t50000\t财政拨款
\t合计\t\t\t\t\t50000\t

基本数据表
项目\t单位\t数值
公务用车保有量\t辆\t3
机关经费\t元\t1234
"""


def test_counts_are_no_money() -> None:
    of = document(COUNTS)
    assert told(of) == {
        "车辆（辆）": "数量=3辆 价值=45.60万元*",
        "应急保障用车": "数量=1辆 价值=18.00万元*",
        "合计": "金额=50000元*",
        "公务接待费": "本年预算数=20千元* 接待人次=96",
        "公务用车运行维护费": "本年预算数=100千元* 车辆数=3",
        "水利局机关": "编制人数=60 实有人数/小计=75 实有人数/在职=55 年初预算=1,234.00万元*",
        "电脑": "数量=10台 单价=5000元 金额=50000元*",
        "公务用车保有量": "数值=3辆*",
        "机关经费": "数值=1234元*",
    }
    assert of.checks.failed == ()


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


OPENING = """资产情况表
单位：万元
项目\t年初数\t年末数
固定资产\t800.00\t900.00
"""


def test_opening_figures_are_the_year_befores() -> None:
    assert told(document(OPENING)) == {"固定资产": "年初数=800.00万元 上 年末数=900.00万元*"}


def test_figures_that_are_not_sure_are_told() -> None:
    of = document("支出表\n单位：万元\n项目\t金额\n办公费\t1 034.50\n水费\t2.00\n")
    assert [warning.message for warning in of.warnings] == ["没有读作数字，请看原文：1 034.50"]


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


def test_sums_above_their_parts_and_dashes_contradict_nothing() -> None:
    assert document(SUMS).checks.failed == ()


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("部门支出总体情况表", "支出总表"),
        ("财政拨款收支总体情况表", "财政拨款收支总表"),
        ("政府购买服务支出表", "其他"),
        ("政府采购支出表", "其他"),
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


SIDES = """收入支出决算总表
单位：万元
收入\t\t\t支出
项目\t预算数（万元）\t决算数（万元）\t项目（按功能分类）\t预算数（万元）\t决算数（万元）\t项目（按支出性质）\t预算数（万元）\t决算数（万元）
一、财政拨款\t100.00\t98.00\t一、农林水支出\t90.00\t88.00\t一、基本支出\t60.00\t60.00
二、其他收入\t5.00\t4.00\t二、住房保障支出\t15.00\t14.00\t二、项目支出\t45.00\t42.00
本年收入合计\t105.00\t102.00\t本年支出合计\t105.00\t102.00\t本年支出合计\t105.00\t102.00
"""


def test_each_side_keeps_its_figures_whatever_its_label_is_called() -> None:
    of = document(SIDES, year=2023, report="决算")
    rows = told(of)
    assert rows["财政拨款"] == "收入/预算数(万元)=100.00万元* 收入/决算数(万元)=98.00万元*"
    assert rows["住房保障支出"] == "支出/预算数(万元)=15.00万元* 支出/决算数(万元)=14.00万元*"
    assert rows["项目支出"] == "支出/预算数(万元)=45.00万元* 支出/决算数(万元)=42.00万元*"
    assert of.checks.failed == ()


NUMBERS = """“三公”经费支出表
单位：万元
项目\t2023年预算数\t2024年预算数
“三公”经费合计\t8.00\t7.00
公务接待费\t1.00\t无
公务用车运行维护费\t7.00\t7.00
公务用车保有量\t3\t3
国内公务接待批次\t10\t12
因公出国（境）团组数\t0\t0
人均公用经费（元/人）\t1.20\t1.10
预算执行率\t90.0\t98.5

项目明细表
单位：万元
年度\t项目\t实施时间\t金额\t资金来源
2024\t水库除险\t2024.5\t20.00\t财政拨款

专项资金绩效目标表
单位：万元
项目名称\t主管部门\t资金总额\t绩效目标\t产出指标
河道治理\t某某县水利局\t120.00\t通畅\t3公里
"""


def test_rows_of_counts_shares_and_rates_are_no_money() -> None:
    of = document(NUMBERS)
    assert told(of) == {
        "“三公”经费合计": "2023年预算数=8.00万元 上 2024年预算数=7.00万元*",
        "公务接待费": "2023年预算数=1.00万元 上",
        "公务用车运行维护费": "2023年预算数=7.00万元 上 2024年预算数=7.00万元*",
        "公务用车保有量": "2023年预算数=3 上 2024年预算数=3*",
        "国内公务接待批次": "2023年预算数=10 上 2024年预算数=12*",
        "因公出国（境）团组数": "2023年预算数=0 上 2024年预算数=0*",
        "人均公用经费（元/人）": "2023年预算数=1.20元/人 上 2024年预算数=1.10元/人*",
        "预算执行率": "2023年预算数=90.0 上 2024年预算数=98.5*",
        "水库除险": "金额=20.00万元*",
        "河道治理": "资金总额=120.00万元*",
    }
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


def test_a_title_of_one_line_says_what_the_document_is() -> None:
    table = "收支总表\n单位：万元\n项目\t金额\n事业收入\t1.00\n"
    of = read(f"某某县统计局2024年部门预算公开表\n\n{table}".encode(), "a.txt")
    assert (of.department, of.year, of.report) == ("某某县统计局", 2024, "预算")


CORNER = """“三公”经费情况表
单位：万元\t2023年\t2024年
公务接待费\t2.00\t1.00

支出总表
单位：元
科目\t本年预算
2080505机关事业单位基本养老保险缴费支出\t12.00
21303 水利\t100.00

支出总表
单位：元
科目编码\t科目名称\t合计
2080506\t机关事业单位职业年金缴
\t费支出\t6.00
\t合计\t6.00
"""


def test_units_in_corners_codes_before_names_and_names_on_two_lines() -> None:
    assert told(document(CORNER)) == {
        "公务接待费": "2023年=2.00万元 上 2024年=1.00万元*",
        "2080505 机关事业单位基本养老保险缴费支出": "本年预算=12.00元*",
        "21303 水利": "本年预算=100.00元*",
        "2080506 机关事业单位职业年金缴费支出": "合计=6.00元*",
        "合计": "合计=6.00元*",
    }


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
            ["“校园安全”项目全年", "“校园安全”项目全年"],
        ),
    ],
)
def test_what_figures_are_said_of(text: str, subjects: list[str]) -> None:
    assert [one.subject for one in statements(document(f"一、情况\n\n{text}\n"))] == subjects


def test_what_a_change_begins_from_is_last_years() -> None:
    [before, after] = statements(document("一、情况\n\n接待费由上年的1.5万元减少到1.2万元。\n"))
    assert (before.role, after.role) == (Role.PRIOR, Role.LEVEL)


BARE = """“三公”经费情况表
单位：万元
项目\t2023\t2024
公务接待费\t2.00\t1.00

“三公”经费支出表
单位：万元
项目\t预算数\t
\t2023\t2024
公务用车\t4.00\t3.00

支出表
单位：元
\t项目\t金额（大写）\t金额
1\t办公费\t贰万元整\t20000.00
2\t水费\t伍元整\t5.00

支出表
单位：元
\t本年预算\t上年预算
电费\t1.00\t2.00
"""


def test_heads_of_years_alone_and_columns_without_heads() -> None:
    of = document(BARE)
    assert told(of) == {
        "公务接待费": "2023=2.00万元 上 2024=1.00万元*",
        "公务用车": "预算数/2023=4.00万元 上 预算数/2024=3.00万元*",
        "办公费": "金额=20000.00元*",
        "水费": "金额=5.00元*",
        "电费": "本年预算=1.00元* 上年预算=2.00元 上",
    }
    assert of.warnings == ()
