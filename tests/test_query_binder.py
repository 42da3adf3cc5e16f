"""Queries bound to the names of an index: typed conditions, pieces and warnings."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings

from search.engines.base import (
    All,
    Any,
    CodeUnder,
    Condition,
    Everything,
    Figure,
    Keyword,
    Text,
    Without,
    Years,
)
from search.errors import QueryError
from search.query.binder import BoundQuery, bind
from search.query.figures import is_empty
from search.query.names import IndexNames
from search.query.parser import parse
from search.query.vocabulary import text_condition
from search.query.wordlists import pairs
from tests.test_query_properties import queries

ZEZHOU = "泽州县人力资源和社会保障局"
TALENT = "山西转型综合改革示范区人才引进交流服务中心（人才办、留学人员创业园服务中心）"
PLANNING = "山西转型综合改革示范区晋中开发区产业规划与创新发展部"
SCIENCE = "山西省科技人才与科技合作中心"
NAMES = IndexNames(
    departments={
        ZEZHOU: ("涿州市人力资源和社会保障局",),
        "山西转型综合改革示范区晋中开发区人力资源部": (),
        SCIENCE: ("山西省科技人才与 科技合作中心",),
        TALENT: (),
        PLANNING: (),
    },
    codes=frozenset({"208", "20805", "2080505", "212", "30231", "B1101"}),
    tables=(
        "收支总表", "收入总表", "支出总表", "财政拨款收支总表", "一般公共预算支出表",
        "一般公共预算基本支出表", "政府性基金收入表", "政府性基金支出表", "三公经费表",
        "项目支出表", "项目支出绩效表",
    ),
    columns=("2024年预算数 / 合计", "2024年预算数 / 项目支出", "决算数 / 合计", "决算数 / 小计"),
)  # fmt: skip


def bound(query: str) -> BoundQuery:
    return bind(parse(query), NAMES)


def figure(query: str) -> Figure:
    found = bound(query).figure
    assert found is not None
    return found


def department(query: str) -> frozenset[str]:
    condition = bound(query).bound.filters["department"]
    assert isinstance(condition, Keyword)
    return condition.values


def messages(query: str) -> str:
    return "\n".join(warning.message for warning in bound(query).warnings)


def test_first_example() -> None:
    result = bound("公务用车 2024 > 10万元")
    assert result.bound.filters == {"year": Years(2024, 2024)}
    assert result.figure == Figure(Decimal(100_000), None, low_open=True)
    assert [(piece.kind, piece.text, piece.label) for piece in result.pieces] == [
        ("text", "公务用车", "公务用车"),
        ("year", "2024", "年度 2024"),
        ("amount", "> 10万元", "金额 > 10 万元（100,000 元）"),
    ]
    assert result.words == ("公务用车",)
    assert result.warnings == ()


@pytest.mark.parametrize(
    ("query", "low", "high", "opens"),
    [
        ("> 10万元", 100_000, None, (True, False)),
        (">= 10万元", 100_000, None, (False, False)),
        ("< 1万元", None, 10_000, (False, True)),
        ("<= 1万元", None, 10_000, (False, False)),
        ("5至50万元", 50_000, 500_000, (False, False)),
        ("= 15万元", 145_000, 155_000, (False, True)),
        ("= 15.00万元", 149_950, 150_050, (False, True)),
        ("= 十五万元", 145_000, 155_000, (False, True)),
        ("= 0", 0, 0, (False, False)),
        ("> 5万 < 50万", 50_000, 500_000, (True, True)),
        ("<= 50万 >= 5万", 50_000, 500_000, (False, False)),
        ("5千元-2万元", 5_000, 20_000, (False, False)),
        ("= 1.5亿", 145_000_000, 155_000_000, (False, True)),
    ],
)
def test_amounts_in_yuan(
    query: str, low: int | None, high: int | None, opens: tuple[bool, bool]
) -> None:
    found = figure(query)
    assert (found.low, found.high) == (low, high)
    assert (found.low_open, found.high_open) == opens
    assert found.kind == "money"


def test_bounds_of_different_figures_stay_apart() -> None:
    where = bound("> 5万元 增加 < 50万元").bound.where
    assert where != figure("> 5万元 增加 < 50万元")


def test_bounds_that_nothing_meets_are_one_empty_range() -> None:
    assert is_empty(figure("> 50万 < 5万"))
    assert is_empty(figure("> 5万 < 5万"))
    assert not is_empty(figure(">= 5万 <= 5万"))
    assert not is_empty(figure("> 50万"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("公务用车 >= 3辆", Figure(Decimal(3), None, kind="count", unit="辆")),
        ("培训 > 2万人次", Figure(Decimal(20_000), None, True, kind="count", unit="人次")),
        ("办公用房 > 1000平方米", Figure(Decimal(1000), None, True, kind="area")),
        ("办公用房 > 5万平方米", Figure(Decimal(50_000), None, True, kind="area")),
        ("执行率 < 50%", Figure(None, Decimal(50), high_open=True, kind="share")),
        ("公务接待费 减少 > 5万元", Figure(Decimal(50_000), None, True, direction="减少")),
    ],
)
def test_other_quantities_and_changes(query: str, expected: Figure) -> None:
    assert figure(query) == expected


def test_amount_without_unit_is_wan_and_says_so() -> None:
    assert figure("> 10").low == 100_000
    assert "按 10 万元理解；如指元，请写 10 元" in messages("> 10")
    assert messages("> 0") == ""


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("[项目支出] > 100万元", {"2024年预算数 / 项目支出"}),
        ("列:合计 > 100万元", {"2024年预算数 / 合计", "决算数 / 合计"}),
        ("[决算数 / 合计] > 1万元", {"决算数 / 合计"}),
        ("[没有] > 1万元", set()),
        ("列:小计", {"决算数 / 小计"}),
    ],
)
def test_column_binds_the_figure(query: str, columns: set[str]) -> None:
    assert figure(query).columns == frozenset(columns)
    assert ("没有与" in messages(query)) != bool(columns)


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ("20805", CodeUnder("20805")),
        ("1985", Text(("1985",))),
        ("科目:20805", CodeUnder("20805")),
        ("302", CodeUnder("302")),
        ("b1101", CodeUnder("B1101")),
        ("科目:B11", CodeUnder("B11")),
        ('"20805"', Text(("20805",), exact="20805")),
        ("999", Text(("999",))),
        ("培训", Text(("培训",))),
        ('"临聘劳务"', Text(("临聘劳务",), exact="临聘劳务")),
        ("的", Text(("的",), exact="的")),
        ("科目:行政运行", Text(("行政运行",))),
        ("年度:abc", Any(())),
        ("培训|会议", Any((Text(("培训",)), Text(("会议",))))),
        ("-干部", Without(Text(("干部",)))),
        ("排序:金额", Everything()),
        ("", Everything()),
    ],
)
def test_condition(query: str, condition: Condition) -> None:
    found = bound(query).bound
    assert found.filters.get("code", found.where) == condition


def test_single_characters_must_stand_as_typed() -> None:
    assert bound("因公出国（境）费").bound.where == Text(
        ("因公出国", "境", "费"), exact="因公出国(境)费"
    )


def test_unknown_code_is_text_with_a_warning() -> None:
    assert "“999”不是已收录的科目编码" in messages("999")
    assert "没有编码为 999 的科目" in messages("科目:999")


@pytest.mark.parametrize(
    ("query", "name", "condition"),
    [
        ("决算", "report", Keyword("report", frozenset({"决算"}))),
        ("2024部门预算", "report", Keyword("report", frozenset({"预算"}))),
        ("类型:决算", "report", Keyword("report", frozenset({"决算"}))),
        ("类:项目", "type", Keyword("type", frozenset({"project"}))),
        ("类:段落", "type", Keyword("type", frozenset({"passage"}))),
        ("类:文字", "type", Keyword("type", frozenset({"passage"}))),
        ("类:表格", "type", Keyword("type", frozenset({"row"}))),
        ("类:行", "type", Keyword("type", frozenset({"row"}))),
        ("type:row", "type", Keyword("type", frozenset({"row"}))),
        ("年度:2023..2024", "year", Years(2023, 2024)),
        ("year:2024", "year", Years(2024, 2024)),
        ("人才 -2023", "year", Without(Years(2023, 2023))),
        ("2023 或 2024", "year", Any((Years(2023, 2023), Years(2024, 2024)))),
        ("2023 2024", "year", Any((Years(2023, 2023), Years(2024, 2024)))),
    ],
)
def test_filter(query: str, name: str, condition: Condition) -> None:
    assert bound(query).bound.filters[name] == condition


def test_several_values_of_one_field_are_told() -> None:
    assert "写了几个年度" in messages("2023 2024 培训")


@pytest.mark.parametrize(
    ("asked", "tables"),
    [
        ("三公", {"三公经费表"}),
        ("三公经费支出预算表", {"三公经费表"}),
        ("项目支出", {"项目支出表"}),
        ("绩效", {"项目支出绩效表"}),
        ("基本支出", {"一般公共预算基本支出表"}),
        ("支出总表", {"支出总表"}),
        ("政府性基金", {"政府性基金收入表", "政府性基金支出表"}),
        ("政府性基金预算支出表", {"政府性基金支出表"}),
        ("总表", {"收支总表", "收入总表", "支出总表", "财政拨款收支总表"}),
        ("天气", set()),
    ],
)
def test_table_kind(asked: str, tables: set[str]) -> None:
    result = bound(f"表:{asked}")
    assert result.bound.filters == {"table": Keyword("table", frozenset(tables))}
    assert bool(result.warnings) != bool(tables)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (ZEZHOU, ZEZHOU),
        ("涿州市人力资源和社会保障局", ZEZHOU),
        ("泽州县人社局", ZEZHOU),
        ("泽州人社局", ZEZHOU),
        ("人社局", ZEZHOU),
        ("泽州", ZEZHOU),
        ("泽州县人力资源社会保障局", ZEZHOU),
        ("洋州县人力资源和社会保障局", ZEZHOU),
        ("人才办", TALENT),
        ("综改区人才中心", TALENT),
        ("产业规划与创新发晨部", PLANNING),
        ("科技人才中心", SCIENCE),
    ],
)
def test_department_by_prefix(asked: str, name: str) -> None:
    assert department(f"部门:{asked}") == {name}


def test_department_that_is_not_there() -> None:
    assert department("部门:阳城县财政局") == set()
    assert "没有与“阳城县财政局”相符的部门" in messages("部门:阳城县财政局")
    assert department("部门:阳城县人社局") == set()


def test_several_departments_all_pass() -> None:
    assert len(department("部门:晋中开发区")) == 2
    (piece,) = bound("部门:晋中开发区").pieces
    assert piece.label == "部门 含“晋中开发区”（2 个）"


def test_department_that_is_only_near_is_told() -> None:
    assert "按相近的" in messages("部门:洋州县人力资源和社会保障局")
    assert messages("部门:泽州县人社局") == ""


@pytest.mark.parametrize("word", [ZEZHOU, "泽州县人社局", "人社局", "涿州县人力资源和社会保障局"])
def test_bare_word_that_names_a_department(word: str) -> None:
    assert department(word) == {ZEZHOU}


@pytest.mark.parametrize("word", ["干部", "财政局", "服务中心", "阳城县人社局", "培训会"])
def test_bare_word_that_names_none_is_text(word: str) -> None:
    assert bound(word).bound.filters == {}
    assert isinstance(bound(word).bound.where, Text)


@pytest.mark.parametrize("query", ["泽州县人社局公务用车", "泽州县人社局的公务用车"])
def test_department_before_words(query: str) -> None:
    result = bound(query)
    assert department(query) == {ZEZHOU}
    assert result.bound.where == Text(("公务用车",))
    assert [piece.text for piece in result.pieces] == ["泽州县人社局", "公务用车"]


@pytest.mark.parametrize("query", ["区法院的办案费", "区法院办案费", "建宁区法院办案费"])
def test_authority_before_words(query: str) -> None:
    names = replace(NAMES, departments={"海东市建宁区人民法院": (), "海东市水务局": ()})
    found = bind(parse(query), names).bound
    assert found.filters == {
        "department": Keyword("department", frozenset({"海东市建宁区人民法院"}))
    }
    assert found.where == text_condition("办案费")


@pytest.mark.parametrize(
    ("query", "count"),
    [("海东市", 3), ("建宁区", 2), ("建宁区 办案费", 2), ("建宁区办案费", 2), ("海东市建宁区", 2)],
)
def test_a_place_means_all_its_departments(query: str, count: int) -> None:
    departments = {"海东市建宁区人民法院": (), "海东市建宁区图书馆": (), "海东市水务局": ()}
    found = bind(parse(query), replace(NAMES, departments=departments)).bound
    condition = found.filters["department"]
    assert isinstance(condition, Keyword)
    assert len(condition.values) == count


@pytest.mark.parametrize("query", ["图书馆建设", "宁区办案费", "人民法院建设", "全区办案费"])
def test_what_is_no_place_and_no_authority_before_words(query: str) -> None:
    departments = {"海东市建宁区图书馆": (), "海东市水务局": ()}
    assert bind(parse(query), replace(NAMES, departments=departments)).bound.filters == {}


@pytest.mark.parametrize("query", ["办案费 NOT 建宁", "办案费 -建宁区", "办案费 -建宁区人民法院"])
def test_departments_are_excluded_by_place_and_name(query: str) -> None:
    name = "海东市建宁区人民法院"
    found = bind(parse(query), replace(NAMES, departments={name: (), "海东市水务局": ()})).bound
    conditions = [found.where, *found.filters.values()]
    excluded = [
        condition
        for part in conditions
        for condition in (part.parts if isinstance(part, All) else (part,))
        if isinstance(condition, Without)
    ]
    assert len(excluded) == 1
    assert f"{Keyword('department', frozenset({name}))}" in str(excluded[0])


def test_synonyms_are_looked_for_and_shown() -> None:
    result = bound("公车")
    assert result.bound.where == Text(("公车",), alternatives=(Text(("公务用车",)),))
    assert result.pieces[0].label == "公车（也找 公务用车）"
    assert set(result.words) == {"公车", "公务用车"}
    assert bound("公车购置").pieces[0].label == "公车购置（也找 公务用车购置）"
    assert bound("三公").pieces[0].label == "三公（也找 因公出国、公务用车、公务接待）"
    assert bound("公务接待费").pieces[0].label == "公务接待费"
    assert bound("三公支出").pieces[0].label == "三公支出"


def test_every_synonym_says_something_else() -> None:
    for said, printed in pairs("synonyms.txt").items():
        assert said not in printed
        assert bound(said).bound.where == replace(
            text_condition(said), alternatives=tuple(map(text_condition, printed))
        )


@pytest.mark.parametrize(
    ("query", "sort"),
    [
        ("排序:金额", "amount"),
        ("排序:金额升", "amount_ascending"),
        ("sort:year", "year"),
        ("排序:天气", "relevance"),
    ],
)
def test_sort(query: str, sort: str) -> None:
    assert bound(query).bound.sort == sort


def test_excluded_words_are_not_highlighted() -> None:
    result = bound("培训 -干部 NOT 20805")
    assert result.words == ("培训",)
    assert [(piece.text, piece.label, piece.negated) for piece in result.pieces[1:]] == [
        ("-干部", "不含 干部", True),
        ("NOT 20805", "不含 科目 20805 及其下级", True),
    ]


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("2023-2024", "年度 2023–2024"),
        ("20805", "科目 20805 及其下级"),
        ("表:三公", "表 三公经费表"),
        ("5-50万元", "金额 5–50 万元（50,000–500,000 元）"),
        ("= 15万元", "金额 = 15 万元（145,000 元起，不到 155,000 元）"),
        ("> 100元", "金额 > 100 元"),
        ("减少 > 5万元", "金额减少 > 5 万元（50,000 元）"),
        ("[合计] > 5万元", "列 合计 的金额 > 5 万元（50,000 元）"),
        (">= 3辆", "数量 ≥ 3 辆"),
        ("< 50%", "比率 < 50 %"),
        ("排序:金额", "按金额从高到低"),
        ("类:项目", "类 项目"),
        ("“劳务”", "“劳务”"),
    ],
)
def test_label(query: str, label: str) -> None:
    (piece,) = bound(query).pieces
    assert piece.label == label


@pytest.mark.parametrize(
    "query",
    [
        "公务用车 2024 > 10万元",
        "2024年公务用车超10万元的部门",
        "泽州县人社局 2023-2024 [合计]减少超过5万元 -培训",
        "208 -20805 表:三公 排序:金额",
        "“临聘劳务” 或 培训 类:项目",
    ],
)
def test_removing_the_text_of_a_piece_removes_the_piece(query: str) -> None:
    pieces = bound(query).pieces
    for removed in pieces:
        rest = f"{query[: removed.start]} {query[removed.end :]}"
        left = [piece.label for piece in pieces if piece is not removed]
        assert [piece.label for piece in bound(rest).pieces] == left


@settings(max_examples=500, deadline=None)
@given(queries)
def test_every_query_that_is_read_is_bound(query: str) -> None:
    try:
        parsed = parse(query)
    except QueryError:
        return
    result = bind(parsed, NAMES)
    for warning in result.warnings:
        assert 0 <= warning.start < warning.end <= len(query)
    for piece in result.pieces:
        assert 0 <= piece.start < piece.end <= len(query)
        assert piece.text == query[piece.start : piece.end]
        assert piece.model_dump_json()
