"""Numbers and units, as documents print them and as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.amounts import (
    COUNT,
    SCALE,
    SHARE,
    SPOKEN,
    YUAN,
    counting_unit,
    find_quantities,
    parse_cell,
    parse_chinese,
    parse_number,
    unit_kind,
    with_unit,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("15066.36", "15066.36"),
        ("15,066.36", "15066.36"),
        (" 1,234,567 ", "1234567"),
        ("-3.50", "-3.50"),
        ("- 3", "-3"),
        ("△12", "-12"),
        ("0", "0"),
        ("0.00", "0.00"),
    ],
)
def test_number(text: str, number: str) -> None:
    found = parse_number(text)
    assert found == Decimal(number)
    assert str(found) == number


@pytest.mark.parametrize("text", ["", "——", "-", "1,23", "12,34,567", "1.2.3", "约3", "3辆", "三"])
def test_no_number(text: str) -> None:
    assert parse_number(text) is None


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_number_with_separators_reads_as_printed(number: Decimal) -> None:
    assert parse_number(f"{number:,}") == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15000万元", ("15000", "万元")),
        ("90万元", ("90", "万元")),
        ("1,200 元", ("1200", "元")),
        ("-5万元", ("-5", "万元")),
        ("2,170,000", ("2170000", None)),
        ("0", ("0", None)),
    ],
)
def test_cell(text: str, expected: tuple[str, str | None]) -> None:
    found = parse_cell(text)
    assert found is not None
    assert (str(found[0]), found[1]) == expected


@pytest.mark.parametrize("text", ["", "——", "≥90%", "3年", "万元", "约5万元", "1,2元"])
def test_cell_without_number(text: str) -> None:
    assert parse_cell(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公务用车运行维护费17.50万元,与上年预算数相同", [("17.50", "万元", "money", 175_000)]),
        ("减少4195.51万元,下降21.78%", [
            ("4195.51", "万元", "money", 41_955_100), ("21.78", "%", "share", Decimal("21.78")),
        ]),
        ("比上年增长-5.2%", [("-5.2", "%", "share", Decimal("-5.2"))]),
        ("提高2个百分点", [("2", "个百分点", "share", 2)]),
        ("8 辆", [("8", "辆", "count", 8)]),
        ("培训5.5万人次", [("5.5", "万人次", "count", 55_000)]),
        ("办公用房6094.61平方米", [("6094.61", "平方米", "area", Decimal("6094.61"))]),
        ("用地3公顷", [("3", "公顷", "area", 30_000)]),
        ("通用设备0台(套)", [("0", "台(套)", "count", 0)]),
        ("场地费3000元/场", [("3000", "元/场", "rate", 3000)]),
        ("1元/平方米/天", [("1", "元/平方米/天", "rate", 1)]),
        ("共2,170,000元", [("2170000", "元", "money", 2_170_000)]),
        ("泽人社字[2023]18号", []),
        ("20801人力资源和社会保障管理事务", []),
        ("2024部门预算", []),
        ("联系电话18734425799", []),
        ("2024年12月31日", []),
    ],
)  # fmt: skip
def test_quantities(text: str, expected: list[tuple[str, str, str, Decimal | int]]) -> None:
    found = list(find_quantities(text))
    assert [(str(one.value), one.unit, one.kind, one.base) for one in found] == expected
    for one in found:
        assert str(one.value).lstrip("-") in text[one.start : one.end].replace(",", "")


def test_range_has_both_quantities() -> None:
    assert [one.value for one in find_quantities("10万元-50万元")] == [10, 50]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0), ("十", 10), ("十五", 15), ("二十五", 25), ("一百", 100), ("一百零五", 105),
        ("一百五", 150), ("三百五十", 350), ("一千二", 1200), ("三千零五十", 3050),
        ("两千万", 20_000_000), ("三万五", 35_000), ("三百五十万", 3_500_000),
        ("一亿五", 150_000_000), ("一亿零五", 100_000_005), ("一亿二千三百万", 123_000_000),
        ("一万亿", 10**12), ("二〇二四", 2024), ("一点五", Decimal("1.5")),
        ("一点五亿", 150_000_000), ("两点二五万", 22_500),
    ],
)  # fmt: skip
def test_chinese_numeral(text: str, number: Decimal | int) -> None:
    assert parse_chinese(text) == number


@pytest.mark.parametrize(
    "text", ["", "万", "点五", "三点", "十百", "百千", "三公", "万万", "一万二万", "一" * 40, "3"]
)
def test_no_chinese_numeral(text: str) -> None:
    assert parse_chinese(text) is None


@given(st.text("零〇一二两三四五六七八九十百千万亿点", max_size=60))
def test_any_run_of_numerals_has_a_value_or_none(text: str) -> None:
    value = parse_chinese(text)
    assert value is None or value >= 0


@given(st.integers(min_value=1, max_value=99_999_999))
def test_chinese_numeral_reads_as_written(number: int) -> None:
    assert parse_chinese(written(number)) == number


def written(number: int) -> str:
    """Write a number below 10^8 as it is said."""
    if number >= 10_000:
        rest = number % 10_000
        zero = "零" if 0 < rest < 1000 else ""
        return written(number // 10_000) + "万" + (zero + written(rest) if rest else "")
    digits, text = "零一二三四五六七八九", ""
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += digits[digit] + name
        elif text and not text.endswith("零") and number % place:
            text += "零"
    return text


def test_every_unit_has_a_kind() -> None:
    assert {unit_kind(unit)[0] for unit in YUAN} == {"money"}
    assert {unit_kind(unit)[0] for unit in SHARE} == {"share"}
    assert {unit_kind(unit) for unit in COUNT} == {("count", Decimal(1))}
    assert unit_kind("‰") == ("share", Decimal("0.1"))
    assert set(SPOKEN.values()) <= set(YUAN)


@given(st.sampled_from(COUNT), st.sampled_from(sorted(SCALE)))
def test_scale_multiplies_a_counting_unit(unit: str, scale: str) -> None:
    assert unit_kind(scale + unit) == ("count", SCALE[scale])
    assert counting_unit(scale + unit) == unit
    assert counting_unit(unit) == unit


@pytest.mark.parametrize(
    ("text", "unit", "printed"),
    [
        ("12.00", "万元", "12.00万元"),
        ("5.56%", "%", "5.56%"),
        ("－１.９６％", "%", "－１.９６％"),
        ("(17.74%)", "%", "(17.74%)"),
        ("15000万元", "万元", "15000万元"),
        ("3", None, "3"),
    ],
)
def test_a_unit_is_printed_once(text: str, unit: str | None, printed: str) -> None:
    assert with_unit(text, unit) == printed
