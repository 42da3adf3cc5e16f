"""What is read otherwise than it was typed, or can find nothing, is told beside the answer."""

import pytest

from search.index import Index
from search.service import search

IMPOSSIBLE = "没有一个数字能同时符合这些比较"


def _told(index: Index, query: str) -> list[str]:
    return [warning.message for warning in search(index, query).query.warnings]


@pytest.mark.parametrize("query", ["0000年", "公务接待费 1850年度", "123456年"])
def test_what_is_no_fiscal_year(index: Index, query: str) -> None:
    typed = query.rsplit(maxsplit=1)[-1]
    assert f"“{typed}”不是 1990 至 2099 的年度，按文字检索" in _told(index, query)


def test_a_fiscal_year_is_not_told(index: Index) -> None:
    assert _told(index, "公务接待费 2024年") == []


@pytest.mark.parametrize(
    ("query", "rest", "number"),
    [("公务接待费 > 1e999", "e999", "> 1"), ("公务接待费 <= 10abc", "abc", "<= 10")],
)
def test_letters_behind_a_number(index: Index, query: str, rest: str, number: str) -> None:
    message = f"“{rest}”不是能读的单位或数字，比较的是“{number}”，其余按文字检索"
    assert message in _told(index, query)


@pytest.mark.parametrize(
    "query",
    [
        "公务接待费 >50万 <10万",
        "公务接待费 <10万 >50万",
        "公务接待费 > 5万元 < 5万元",
        "公务接待费 = 15万 > 20万",
        "列:合计 > 5万 列:合计 < 1万",
    ],
)
def test_bounds_that_nothing_meets(index: Index, query: str) -> None:
    result = search(index, query)
    assert result.total.value == 0
    assert [warning.message for warning in result.query.warnings] == [IMPOSSIBLE]


@pytest.mark.parametrize(
    "query", ["公务接待费 >= 15万 <= 15万", "公务接待费 >5万 <50万", "公务接待费 > 5万 > 10万"]
)
def test_bounds_that_something_may_meet(index: Index, query: str) -> None:
    result = search(index, query)
    assert result.total.value > 0
    assert result.query.warnings == ()
