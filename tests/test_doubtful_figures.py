"""Figures that are torn, or whose sign is not sure, are never read as smaller or other ones."""

from collections.abc import Sequence

import pytest

from search.amounts import doubtful_figures, find_quantities, read_cell
from search.text import normalise

TORN = (
    "会议费1 200元", "项目支出2 34.00万元", "项目支出 2 34.00万元", "结余3\u2009450元",
    "购置费1\u202f234.56万元",
    "共12\u3000345元", "支出1’234元", "支出1'234.50万元", "支出1 234 567元", "合计1,234. 56万元",
    "合计1, 234.56万元", "合计1,23万元", "合计12,345,67.89万元", "合计1.234.567元",
    "合计5 . 30万元",
    "接待12 5人次", "面积1 860平方米", "增长1 2.5%", "补助1,2345元", "支出0 .5万元",
)  # fmt: skip


@pytest.mark.parametrize("text", TORN)
def test_a_torn_figure_is_none_and_told(text: str) -> None:
    plain = normalise(text)
    assert list(find_quantities(plain)) == []
    ((start, end),) = doubtful_figures(plain)
    told = plain[start:end]
    assert told[0].isdigit()
    assert plain.endswith(told)
    assert sum(map(str.isdigit, told)) == sum(map(str.isdigit, plain))


@pytest.mark.parametrize(
    ("text", "start", "found"),
    [("合计1,234. 56万元", 7, []), ("经费1,23万元", 4, []), ("经费,23万元", 3, ["23万元"]),
     ("2024年,23万元", 6, ["23万元"])],
)  # fmt: skip
def test_a_part_of_a_text_sees_what_is_before_it(text: str, start: int, found: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quantities(text, start)] == found


WHOLE = {
    "1. 200元以下": "200元", "其中:1. 12个处室": "12个", "1、200元": "200元", "(1)200元": "200元",
    "2024年 3 月 200元": "200元", "第3批 200万元": "3批 200万元", "5%,3万元": "5% 3万元",
    "支出1,234.56 万元": "1,234.56 万元", "12 辆": "12 辆", "共3个,5万元": "3个 5万元",
    "0.5 万元": "0.5 万元", "占12%。3万元": "12% 3万元", "为-5.2%": "-5.2%", "为−5.2%": "−5.2%",
    "减少—9.90万元": "—9.90万元", "5万元-8万元": "5万元 8万元", "三公经费——20万元": "20万元",
}  # fmt: skip


@pytest.mark.parametrize(("text", "found"), WHOLE.items())
def test_a_figure_behind_an_item_or_another_word_is_whole(text: str, found: str) -> None:
    assert " ".join(text[q.start : q.end] for q in find_quantities(text)) == found
    assert list(doubtful_figures(text)) == []


@pytest.mark.parametrize(
    "text",
    ["结余-5万元", "结余−5万元", "结余–5万元", "结余—5万元", "比2023年-5%", "▲5万元", "余额△5万元",
     "同比↓5%", "同比↑5%", "增幅▼3.2%"],
)  # fmt: skip
def test_a_figure_whose_sign_may_be_a_dash_is_told(text: str) -> None:
    assert list(find_quantities(text)) == []
    ((start, end),) = doubtful_figures(text)
    assert not text[start].isalnum()
    assert end == len(text)


CELLS: Sequence[tuple[str, str | None]] = (
    ("1 200", None), ("2 34.00", None), ("1\u2009234.56", None), ("1234 .56", "1234.56"),
    ("1,234. 56", "1234.56"), ("1, 234.56", None), ("1’234", None), ("1’234.50", None),
    ("12 13", None),
    ("1，234.56", "1234.56"), ("１，２３４．５６", "1234.56"), ("１２．５", "12.5"),
    (" 12.50 ", "12.50"),
    ("12.50 万元", "12.50"), ("1 200元", None), ("15000万元", "15000"),
    ("▲4.00", "-4.00"), ("△5.67", "-5.67"), ("▲ 4.00", None),
    ("—9.90", "-9.90"), ("— 9.90", None),
    ("–9.90", "-9.90"), ("－8.10", "-8.10"), ("﹣8.10", "-8.10"), ("−8.10", "-8.10"),
    ("- 8.10", "-8.10"), ("-8.10", "-8.10"), ("+5.0%", "5.0"), ("＋5", "5"), ("——9.90", None),
    ("(12.34)", None), ("↓5.0", None), ("5.0-", None), ("-", None), ("-5万元", "-5"), ("±3", None),
    ("1,23", None), ("12.3.4", None), ("-1,234.56", "-1234.56"), ("▲1,234.56万元", "-1234.56"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "value"), CELLS)
def test_cells_are_read_with_their_sign_or_not_at_all(text: str, value: str | None) -> None:
    read = read_cell(text)
    assert (str(read[0]) if read else None) == value
