"""The vocabulary: each entry claims its samples, and what heads, units and lines are told as."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, get_args

import pytest

from search import vocabulary
from search.vocabulary import documentation, lookup
from search.vocabulary.entries import FIELDS, Entry
from search.vocabulary.loading import rules, shipped
from search.vocabulary.units import scales
from search.vocabulary.values import Part, Quantity

ENTRIES = [(field, entry) for field, kind in FIELDS.items() for entry in shipped(kind, field)]
SAMPLES = [(field, entry, text) for field, entry in ENTRIES for text in entry.samples]
REFUSED = [(field, entry, text) for field, entry in ENTRIES for text in entry.not_]
ASKED: dict[str, Callable[[str], Any]] = {
    "units": vocabulary.unit, "sums": vocabulary.sum_of, "periods": vocabulary.period,
    "changes": vocabulary.change, "funds": vocabulary.fund, "blanks": vocabulary.blank,
    "items": vocabulary.item, "tables": vocabulary.table,
    "organisations": vocabulary.organisation,
}  # fmt: skip
"""The lookups that answer with one entry of a field."""


@pytest.mark.parametrize(("field", "entry", "text"), SAMPLES)
def test_each_entry_has_its_samples(field: str, entry: Entry, text: str) -> None:
    if field == "columns":
        found = vocabulary.head(text)
        assert found is not None
        assert entry.name in found.entries
    elif field == "labels":
        label = vocabulary.label(text)
        depth, start = vocabulary.enumerator(text)
        assert label is not None
        assert entry.name in label.entries or (depth and start == len(text.strip()))
    elif field == "scales":
        assert scales()[text] > 1
    elif field == "declarations":
        told = vocabulary.declared(f"{text}：万元")
        assert told is not None
        assert (told.entry, told.unit) == (entry.name, vocabulary.unit("万元"))
    else:
        assert ASKED[field](text).entry == entry.name


@pytest.mark.parametrize(("field", "entry", "text"), REFUSED)
def test_no_entry_has_what_it_is_not(field: str, entry: Entry, text: str) -> None:
    if field in ASKED:
        answer = ASKED[field](text)
        assert answer is None or answer.entry != entry.name
    elif field == "columns":
        found = vocabulary.head(text)
        assert found is None or entry.name not in found.entries
    else:
        assert rules(FIELDS[field], field).claim(text) != entry


def test_every_field_has_entries_with_reasons() -> None:
    assert {field for field, _ in ENTRIES} == FIELDS.keys()
    assert all(entry.reason and entry.samples for _, entry in ENTRIES)


def test_the_documentation_is_current() -> None:
    """`python -m search.vocabulary --document` writes it anew."""
    assert documentation.PAGE.read_text(encoding="utf-8") == documentation.page()


@pytest.mark.parametrize(
    "text",
    [
        "课时数",
        "天数",
        "处数",
        "间数",
        "册数",
        "亩数",
        "人数",
        "批次",
        "人次",
        "批次数",
        "人次数",
        "场次数",
        "辆",
        "台",
        "学时数",
        "床位数",
        "培训天数",
        "数量",
        "保有量",
        "编制数",
        "实有人员",
        "教师数",
        "在职人数",
        "项目数",
        "户数",
        "数量（台）",
        "公务用车保有量",
        "得分",
        "团组数",
    ],
)
def test_heads_that_count_are_no_money(text: str) -> None:
    found = vocabulary.head(text)
    assert found is not None
    assert found.quantity == "count"
    assert found.unit is None or found.unit.kind == "count"


@pytest.mark.parametrize(
    ("text", "when", "year"),
    [
        ("上期数", "prior", None),
        ("本期数", "current", None),
        ("上期发生额", "prior", None),
        ("本年预算数", "current", None),
        ("上年决算数", "prior", None),
        ("去年执行数", "prior", None),
        ("期初余额", "opening", None),
        ("年末余额", "closing", None),
        ("2023年决算数", None, 2023),
        ("2023", None, 2023),
        ("2024年度预算数（万元）", None, 2024),
        ("前年决算数", "prior", None),
    ],
)
def test_heads_of_money_in_a_period(text: str, when: str | None, year: int | None) -> None:
    found = vocabulary.head(text)
    assert found is not None
    assert found.period is not None
    assert (found.quantity, found.part) == ("money", "value")
    assert (found.period.when, found.period.year) == (when, year)


@pytest.mark.parametrize(
    ("text", "part", "quantity"),
    [
        ("科目编码", "code", None),
        ("款", "code", None),
        ("栏次", "ordinal", None),
        ("项目名称", "label", None),
        ("支出功能分类科目", "label", None),
        ("备注", "remark", "words"),
        ("采购方式", "remark", "words"),
        ("计量单位", "unit", None),
        ("金额（万元）", "value", "money"),
        ("单价（元）", "value", "price"),
        ("建筑面积（平方米）", "value", "area"),
        ("执行率", "value", "share"),
        ("增减%", "value", "share"),
        ("增减额", "value", None),
        ("项目支出", "value", "money"),
        ("预算编制数", "value", "money"),
        ("金额万元", "value", "money"),
        ("上年结转", "value", "money"),
    ],
)
def test_what_a_head_holds(text: str, part: Part, quantity: Quantity | None) -> None:
    found = vocabulary.head(text)
    assert found is not None
    assert (found.part, found.quantity) == (part, quantity)
    assert found.part in get_args(Part)


@pytest.mark.parametrize("text", ["某某县财政局", "公务员张三", "本表无数据", "", "　", "12.50"])
def test_no_head(text: str) -> None:
    assert vocabulary.head(text) is None


@pytest.mark.parametrize(
    ("text", "name", "yuan"),
    [
        ("单位：万元", "万元", 10**4),
        ("（单位：人民币 千元）", "千元", 10**3),
        ("单位：万\n元", "万元", 10**4),
        ("单位：百元", "百元", 100),
        ("金额单位：十万元", "十万元", 10**5),
        ("货币单位：千万元", "千万元", 10**7),
        ("单位：万亿元", "万亿元", 10**12),
        ("单位：百万", "百万元", 10**6),
        ("单位：亿", "亿元", 10**8),
        ("单位（元）", "元", 1),
        ("（万元）", "万元", 10**4),
        ("金额：万元", "万元", 10**4),
        ("单位：RMB万元", "万元", 10**4),
        ("单位：元（人民币）", "元", 1),
        ("部门：某省某厅        单位：万元", "万元", 10**4),
        ("单位：万元部门：某省某厅", "万元", 10**4),
        ("编制单位：某县财政局  金额单位：元", "元", 1),
        ("2024年度　　单位：万元", "万元", 10**4),
        ("单位：万元、辆、%", "万元", 10**4),
        ("单位：万美元", "万美元", None),
        ("单位：港元", "港元", None),
        ("单位：欧元", "欧元", None),
        ("单位：百万日元", "百万日元", None),
        ("单位：元/人", "元/人", None),
        ("单位：台(套)", "台(套)", None),
        ("单位：人次", "人次", None),
        ("计量单位：万人次", "万人次", None),
        ("单位：平方米", "平方米", None),
    ],
)
def test_declared_units(text: str, name: str, yuan: int | None) -> None:
    found = vocabulary.declared(text)
    assert found is not None
    assert found.unit is not None
    assert found.unit.name == name
    assert found.unit.yuan == (None if yuan is None else Decimal(yuan))


def test_further_units_of_a_declaration() -> None:
    found = vocabulary.declared("（单位：万元、辆、%）")
    assert found is not None
    assert [unit.name for unit in found.others] == ["辆", "%"]
    assert (found.start, found.end) == (0, 11)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("单位：角", "角"),
        ("金额单位：贯", "贯"),
        ("单位：卢比元", "卢比元"),
        ("单位：万泰铢元", "万泰铢元"),
        ("计量单位：桶", "桶"),
        ("单位：kVA", "kVA"),
        ("单位：千桶", "千桶"),
        ("单位：万元每人", "万元每人"),
    ],
)
def test_a_unit_that_is_not_known_is_told_as_printed(text: str, printed: str) -> None:
    found = vocabulary.declared(text)
    assert found is not None
    assert (found.unit, found.printed) == (None, printed)


@pytest.mark.parametrize(
    "text",
    [
        "单位：某某局",
        "单位：元谋县财政局",
        "编制单位：元谋县财政局",
        "单位：万宁市财政局",
        "单位：千阳县水利局",
        "单位：百色市档案馆",
        "单位：人力资源和社会保障局",
        "单位：部机关",
        "单位：本级",
        "单位：校",
        "单位：",
        "部门：某省某厅",
        "填报单位（盖章）：某局",
        "单位名称：某中心",
        "单位：公安局",
        "单位：台州市财政局",
        "单位资金 万元",
        "行政单位（个）数",
        "各单位：万元以上项目",
        "币种：人民币",
        "单位：—",
    ],
)
def test_a_department_is_no_unit(text: str) -> None:
    assert vocabulary.declared(text) is None


@pytest.mark.parametrize(
    ("text", "scope", "of"),
    [
        ("合 计", "total", ""),
        ("部门合计", "total", ""),
        ("单位小计", "subtotal", ""),
        ("本年支出合计", "total", "本年支出"),
        ("项目支出合计", "total", "项目支出"),
        ("合计数", "total", ""),
        ("共计", "total", ""),
        ("收入总计", "total", "收入"),
        ("小计（元）", "subtotal", ""),
        ("单位资金合计", "total", "单位资金"),
    ],
)
def test_sums(text: str, scope: str, of: str) -> None:
    found = vocabulary.sum_of(text)
    assert found is not None
    assert (found.scope, found.of, found.bare) == (scope, of, not of)


@pytest.mark.parametrize("text", ["会计", "统计局", "审计", "合计划", "设计费", "小计划", "12.00"])
def test_no_sums(text: str) -> None:
    assert vocabulary.sum_of(text) is None


@pytest.mark.parametrize(
    ("title", "kind", "form", "fund"),
    [
        ("财政拨款基本支出预算表", "财政拨款基本支出表", "基本支出表", "财政拨款"),
        (
            "一般公共预算财政拨款基本支出决算表",
            "一般公共预算基本支出表",
            "基本支出表",
            "一般公共预算",
        ),
        ("六、2017年度某院财政拨款基本支出预算表", "财政拨款基本支出表", "基本支出表", "财政拨款"),
        ("财政拨款支出预算表（功能科目）", "财政拨款支出表", "支出表", "财政拨款"),
        ("一般公共预算财政拨款支出决算表", "一般公共预算支出表", "支出表", "一般公共预算"),
        ("财政拨款收支预算总表", "财政拨款收支总表", "收支总表", "财政拨款"),
        ("2018年政府采购预算表", "政府采购表", "政府采购表", ""),
        ("政府采购情况表", "政府采购表", "政府采购表", ""),
        ("政府购买服务指导性目录", "政府购买服务目录", "政府购买服务目录", ""),
        ("财政拨款政府性基金支出预算表", "政府性基金支出表", "支出表", "政府性基金"),
        ("一般公共预算“三公”经费支出预算表", "三公经费表", "三公经费表", "一般公共预算"),
        ("某某县志", "其他", "", ""),
    ],
)
def test_form_and_fund_of_a_table(title: str, kind: str, form: str, fund: str) -> None:
    found = vocabulary.table(title)
    assert (found.name, found.form, found.fund) == (kind, form, fund)


@pytest.mark.parametrize(
    ("text", "depth", "name"),
    [
        ("一、财政拨款", 1, "财政拨款"),
        ("（二）事业收入", 2, "事业收入"),
        ("3.培训费", 3, "培训费"),
        ("（4）会议费", 4, "会议费"),
        ("①差旅费", 5, "差旅费"),
        ("其中：办公费", 6, "办公费"),
        ("其中：（1）水费", 6, "水费"),
        ("1.5吨", 0, "1.5吨"),
        ("行政运行", 0, "行政运行"),
    ],
)
def test_enumerators_of_labels(text: str, depth: int, name: str) -> None:
    found = vocabulary.label(text)
    assert found is not None
    assert (found.depth, found.name) == (depth, name)


def test_kinds_are_in_the_order_in_which_they_claim_titles() -> None:
    assert vocabulary.kinds()[-1] == lookup.OTHER
    assert vocabulary.forms() == {"整体绩效表", "项目支出绩效表"}
