"""What people type is read as the query language says (its table: a row of cases each)."""

import json
from pathlib import Path
from typing import Any

import pytest

from search.errors import QueryError
from search.query.parser import parse
from search.query.printing import text
from search.query.tree import Comparison

ROWS: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("cases").joinpath("queries.json").read_text(encoding="utf-8")
)
CASES = [
    pytest.param(query, row["reads"], id=f"{row['row']}: {query}")
    for row in ROWS
    for query in row["queries"]
]


@pytest.mark.parametrize(("query", "reads"), CASES)
def test_query_reads_as(query: str, reads: str) -> None:
    tree = parse(query).tree
    assert tree is not None
    assert text(tree) == reads


@pytest.mark.parametrize("query", ["", " ", "　", "★", "()", '""', "部门:", "OR", "-"])
def test_nothing_to_look_for(query: str) -> None:
    assert parse(query).tree is None


@pytest.mark.parametrize(
    ("query", "message", "span"),
    [
        ("公务用车 >", "后面要写数字", (5, 6)),
        ("公务用车 ≥ 很多", "后面要写数字", (5, 6)),
        ("培训 != 5万", "不支持", (3, 5)),
        ("人才 > 2020年", "起止年度", (3, 9)),
        ("> 5万-50万元", "范围", (0, 4)),
        ("(" * 51 + "培训", "嵌套", (50, 51)),
        ("培" * 2001, "过长", (2000, 2001)),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(
    query: str, message: str, span: tuple[int, int]
) -> None:
    with pytest.raises(QueryError, match=message) as error:
        parse(query)
    assert (error.value.start, error.value.end) == span


@pytest.mark.parametrize(
    ("query", "message", "place"),
    [
        ("“临聘", "引号没有配对", "“"),
        ("(培训", "括号没有配对", "("),
        ("培训)", "括号没有配对", ")"),
        ("[项目", "没有配对", "["),
        ("培训 OR", "少了一边", "OR"),
        ("OR 培训", "少了一边", "OR"),
        ("培训 NOT", "没有要排除", "NOT"),
        ("部门: ", "没有写值", "部门: "),
        ("公务用车是多少", "提问用语", "是多少"),
        ("公务接待费 10万元", "没有比较符号", "10万元"),
        ("★", "没有可检索", "★"),
    ],
)
def test_what_is_ignored_or_assumed_is_told_with_its_place(
    query: str, message: str, place: str
) -> None:
    (warning,) = parse(query).warnings
    assert message in warning.message
    assert query[warning.start : warning.end] == place


def test_plain_query_has_no_warnings() -> None:
    assert parse("公务用车 2024 > 10万元").warnings == ()


def test_comparison_spans_its_column_and_change() -> None:
    query = "公务接待费减少[决算数] > 5万元"
    tree = parse("2024 [决算数] 减少 > 5万元").tree
    assert tree is not None
    assert (tree.start, tree.end) == (0, 19)
    bound = parse(query[5:]).tree
    assert isinstance(bound, Comparison)
    assert (bound.start, bound.end) == (0, len(query) - 5)
