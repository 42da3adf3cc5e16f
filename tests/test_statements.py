"""Statements: each figure bound to the subject its clause speaks of."""

from decimal import Decimal

import pytest

from indexer.disclosure import read
from search.model import Disclosure, Role, Statement
from tests.conftest import NAMES, source, statements


def _of(text: str) -> list[Statement]:
    document = f"某县财政局\n\n2024年度部门预算公开\n\n第三部分 情况说明\n\n一、说明\n\n{text}\n"
    return statements(read(document.encode(), "x.txt"))


def _brief(found: list[Statement]) -> list[tuple[str, str, str]]:
    return [(s.subject, f"{s.value}{s.unit}", s.direction or s.role.value) for s in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "其中：公务接待费1.00万元，与上年相比预算数减少1.00万元；公务用车运行维护费17.50万元，与上年预算数相同。",
            [
                ("公务接待费", "1.00万元", "level"),
                ("公务接待费", "1.00万元", "减少"),
                ("公务用车运行维护费", "17.50万元", "level"),
            ],
        ),
        (
            "预算收入总计5,907.89万元，其中：本年收入5,095.13万元，上年结转812.76万元，比上年增加565.69万元，增长10.59%。",
            [
                ("预算收入总计", "5907.89万元", "level"),
                ("本年收入", "5095.13万元", "level"),
                ("上年结转", "812.76万元", "level"),
                ("预算收入总计", "565.69万元", "增加"),
                ("预算收入总计", "10.59%", "增加"),
            ],
        ),
        (
            "基本支出2656.1万元，占44.96%；项目支出3251.79万元，占55.04%。",
            [
                ("基本支出", "2656.1万元", "level"),
                ("基本支出", "44.96%", "share"),
                ("项目支出", "3251.79万元", "level"),
                ("项目支出", "55.04%", "share"),
            ],
        ),
        (
            "社会保障和就业支出5,542.46万元、卫生健康支出139.71万元、住房保障支出225.72万元等。",
            [
                ("社会保障和就业支出", "5542.46万元", "level"),
                ("卫生健康支出", "139.71万元", "level"),
                ("住房保障支出", "225.72万元", "level"),
            ],
        ),
        (
            "科学技术支出年初预算490.91万元，支出决算406.12万元，完成年初预算的82.73%。较上年决算减少44.70万元。",
            [
                ("科学技术支出", "490.91万元", "level"),
                ("科学技术支出", "406.12万元", "level"),
                ("科学技术支出", "82.73%", "share"),
                ("科学技术支出", "44.70万元", "减少"),
            ],
        ),
        ("本单位有3辆公务用车（其中一辆专用）。", [("公务用车", "3辆", "level")]),
        ("依据晋政办发【2018】117号文件和2023年9月7日的会议，电话3366685。", []),
        ("占有使用价值50万元（原值）以上的通用设备0台（套）。",
         [("占有使用价值50万元(原值)以上的通用设备", "0台(套)", "level")]),
    ],
)  # fmt: skip
def test_subjects(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert _brief(_of(text)) == expected


def test_a_comma_after_a_word_parts_no_thousands() -> None:
    found = _of("公务接待费支出3.16万元，共接待26批次，130人次。")
    assert [f"{s.value}{s.unit}" for s in found] == ["3.16万元", "26批次", "130人次"]


def test_years_that_a_clause_names() -> None:
    found = _of("2023年机关运行经费85.11万元，2024年预算82.7万元，比2023年预算减少2.41万元。")
    assert [(s.subject, s.year, s.basis) for s in found] == [
        ("机关运行经费", 2023, None),
        ("机关运行经费", 2024, "预算"),
        ("机关运行经费", 2024, None),
    ]


def test_a_quote_runs_to_the_end_of_its_clauses(disclosures: dict[str, Disclosure]) -> None:
    found = [s for s in statements(disclosures["泽州"]) if s.subject == "公务用车运行维护费"]
    assert [s.quote for s in found] == ["公务用车运行维护费17.50万元，与上年预算数相同"]
    assert found[0].yuan == Decimal(175000)
    assert found[0].role is Role.LEVEL


def test_a_sentence_broken_over_lines(disclosures: dict[str, Disclosure]) -> None:
    found = [
        s for s in statements(disclosures["产业规划"])
        if s.subject == "公务接待费" and s.direction == "减少"
    ]  # fmt: skip
    assert [(s.value, s.unit) for s in found] == [(Decimal("20.00"), "万元")]
    assert found[0].quote == "公务接待费15.00万元, 与上年相比预算数减少20.00\n万元"


def test_a_compared_year_may_be_printed_with_a_space() -> None:
    close, wide = (
        _of(f"2024年“三公”经费预算18.50万元，比2023{gap}年减少1.00万元。") for gap in ("", " ")
    )
    assert [(s.year, s.subject) for s in wide] == [(s.year, s.subject) for s in close]


@pytest.mark.parametrize("name", NAMES)
def test_quotes_equal_the_source(disclosures: dict[str, Disclosure], name: str) -> None:
    text = source(name).read_text(encoding="utf-8")
    for passage in disclosures[name].passages:
        at = passage.locator
        assert text[at.char_start : at.char_end] == passage.quote
        for statement in passage.statements:
            at, figure = statement.locator, statement.figure
            assert text[at.char_start : at.char_end] == statement.quote
            assert at.char_start <= figure.char_start < figure.char_end <= at.char_end
            printed = "".join(text[figure.char_start : figure.char_end].split())
            assert printed.replace(",", "").startswith(f"{statement.value}")


def test_spilled_text_makes_no_statements(disclosures: dict[str, Disclosure]) -> None:
    """The right halves of wide forms are printed as loose lines in the 人才引进 sample."""
    spilled = [p for p in disclosures["人才引进"].passages if 695 <= p.locator.line_start < 906]
    assert spilled
    assert all(p.part == "apparatus" and not p.statements for p in spilled)
