"""Where nothing matches all words of a question, some are left out, and that is told."""

import pytest

from search.index import Index
from search.results import Result
from search.service import search


def _left_out(result: Result) -> list[str]:
    warnings = result.query.warnings
    text = result.query.text
    return [text[w.start : w.end] for w in warnings if "已略去" in w.message]


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("就业见习补贴 会议费", ["会议费"]),
        ("职业技能培训老师", ["老师"]),
        ("给职业年金", ["给"]),
    ],
)
def test_words_are_left_out_where_nothing_matches_all(
    index: Index, query: str, left: list[str]
) -> None:
    result = search(index, query)
    assert result.total.value > 0
    assert _left_out(result) == left
    assert result.removals == ()


def test_the_total_is_that_of_the_words_that_are_left(index: Index) -> None:
    assert search(index, "给职业年金").total == search(index, "职业年金").total


def test_parts_of_a_word_may_stand_apart(index: Index) -> None:
    result = search(index, "租办公楼")
    assert {hit.kind for hit in result.hits} == {"project"}
    assert _left_out(result) == []


@pytest.mark.parametrize(
    "query",
    [
        "龘龘 职业年金",  # a word that stands nowhere is told, and may be misspelt
        "没有这样的词语",
        "会议费 离休费 > 1元",  # that no figure is so large is an answer
        '"会议费" "离休费"',
        "会议费 -会议费",
        "(会议费 OR 会议) (龘 OR 离休费)",
        "会议费 年度:1999",
        "职业年金 离休费 会议费 培训 办公费 水费 电费 差旅费 印刷费",  # that is no question
    ],
)
def test_nothing_else_is_left_out(index: Index, query: str) -> None:
    result = search(index, query)
    assert _left_out(result) == []
    assert result.total.value == 0


def test_an_answer_with_hits_leaves_nothing_out(index: Index) -> None:
    assert _left_out(search(index, "公务用车 购置")) == []


def test_a_word_may_name_the_column(index: Index) -> None:
    found = search(index, "2080101 2023 项目支出")
    assert {hit.code for hit in found.hits} == {"2080101"}
    assert [cell.text for cell in found.hits[0].cells if cell.matched] == ["360.00"]
    assert "按列理解" in found.query.warnings[-1].message
    bound = search(index, "行政运行 项目支出 > 100万元")
    assert bound.total == search(index, "行政运行 [项目支出] > 100万元").total


def test_a_project_may_be_called_so_only_in_its_form(index: Index) -> None:
    found = search(index, "盛软大厦 > 100万元")
    assert {hit.label for hit in found.hits} == {"租赁费", "部门运转相关经费"}
    assert "说明里" in found.query.warnings[-1].message
    assert search(index, "公务接待费 > 100亿元").total.value == 0


def test_a_share_is_not_that_of_a_project_whose_form_says_the_word(index: Index) -> None:
    assert search(index, "执行率 < 40%").total.value == 3
    assert search(index, "满意度 < 40%").total.value == 0


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("三公经费 比上年减少", "三公经费 减少"),
        ("公务接待费与上年相比减少", "公务接待费 减少"),
        ("公务接待费 比上年减少 > 5万元", "公务接待费 减少 > 5万元"),
    ],
)
def test_what_a_change_is_beside_is_no_word(index: Index, query: str, same: str) -> None:
    result = search(index, query)
    assert [hit.id for hit in result.hits] == [hit.id for hit in search(index, same).hits]
    assert result.total.value > 0
    assert _left_out(result) == []


def test_beside_a_comparison_only_such_a_word_is_left_out(index: Index) -> None:
    result = search(index, "公务接待费 金额情况 > 10万元")
    assert _left_out(result) == ["金额", "情况"]
    assert [hit.id for hit in result.hits] == [
        hit.id for hit in search(index, "公务接待费 > 10万元").hits
    ]
    assert search(index, "公务接待费 金额情况 > 100亿元").total.value == 0


@pytest.mark.parametrize("query", ["基本支出 占比 > 50%", "基本支出占比超过50%"])
def test_the_word_for_a_share_says_what_is_compared(index: Index, query: str) -> None:
    result = search(index, query)
    assert [piece.kind for piece in result.query.pieces] == ["text", "quantity"]
    assert [hit.id for hit in result.hits] == [
        hit.id for hit in search(index, "基本支出 > 50%").hits
    ]
    assert result.total.value > 1


def test_a_word_that_names_no_spending_goes_before_one_that_does(index: Index) -> None:
    result = search(index, "政府购买服务 金额")
    assert [warning.message for warning in result.query.warnings] == [
        "没有内容含有全部词语，已略去“金额”"
    ]
    assert result.total.value


def test_a_general_word_goes_before_another_spelling_is_offered(index: Index) -> None:
    result = search(index, "会议费金额情况 > 1万元")
    assert _left_out(result) == ["金额", "情况"]
    assert result.total.value > 0
    assert result.did_you_mean == ()


def test_a_figure_as_printed_is_found_whatever_year_it_is_of(index: Index) -> None:
    found = search(index, "机关运行经费 85.11万元")
    assert "85.11" in found.hits[0].quote
    assert any("上年数" in warning.message for warning in found.query.warnings)
    assert search(index, "机关运行经费 = 85.11万元").total.value == 0
