"""Searching the corpus: exactly the right set, bound to the figure that belongs to the words."""

import json
from decimal import Decimal

import pytest

from search.engines.heap import Heap
from search.engines.reader import EngineReader
from search.errors import QueryError
from search.index import Index
from search.query.parser import MOST
from search.results import Result
from search.service import search

VEHICLES = [
    ("row", "公务用车运行维护费", "②公务用车运行维护费\t17.50\t17.50"),
    ("row", "公务用车购置及运行费", "公务用车购置及运行费\t17.50\t17.50"),
    ("passage", "公务用车运行维护费", "公务用车运行维护费17.50万元，与上年预算数相同"),
]


def _brief(of: Result) -> list[tuple[str, str, str]]:
    return [(hit.kind, hit.label, hit.quote) for hit in of.hits]


@pytest.mark.parametrize(
    "query",
    [
        "公务用车 2024 > 10万元",
        "公务用车　２０２４　＞　１０万元",
        "公务用车 2024 超过十万元",
        "公务用车 2024年度 > 10万元",
        "公务用车 2024年度 超过10万",
        "2024年公务用车超10万元的部门",
        "公务用车>10万元 2024年",
        "公务用车 2024 >= 17.5万元",
        "公车 2024 > 10万元",
        "公务用车 2024 > 100,000元",
    ],
)
def test_the_first_example(index: Index, query: str) -> None:
    found = search(index, query)
    assert sorted(_brief(found)) == sorted(VEHICLES)
    assert found.total.value == 3
    assert found.total.exact
    assert {hit.document.department for hit in found.hits} == {"泽州县人力资源和社会保障局"}
    for hit in found.hits:
        assert [cell.yuan for cell in hit.cells if cell.matched] == [Decimal(175000)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("> 100亿元", 0),
        ("公务接待费 2024 > 10万元", 2),
        ("公务接待费 减少 > 5万元", 1),
        ("2080505", 9),
        ("行政运行 [项目支出] > 100万元", 2),
        ("科目:2080505 部门:泽州", 3),
        ("公务接待费 2024 >= 15万元", 2),
        ("公务接待费 = 0元", 3),
        ("公务用车 >= 3辆", 4),
        ("办公用房 > 1000平方米", 2),
        ("没有这样的词语", 0),
        ('"临聘劳务"', 1),
        ("执行率 < 50%", 3),
    ],
)
def test_exact_sets(index: Index, query: str, expected: int) -> None:
    assert search(index, query).total.value == expected


def test_beside_a_comparison_a_row_is_what_its_label_says(index: Index) -> None:
    """②公务用车运行维护费 stands below 公务用车购置及运行费 and is no 购置."""
    found = search(index, "公务用车购置 2024 > 10万元")
    assert _brief(found) == [VEHICLES[1]]


def test_a_total_is_of_what_its_table_is_about(index: Index) -> None:
    found = search(index, "“三公” 2024 > 15万元 类:表格")
    assert {(hit.label, hit.yuan) for hit in found.hits} == {
        ("合计", Decimal(185000)),
        ("合计", Decimal(330000)),
    }


def test_beside_a_comparison_one_word_may_name_the_whole(index: Index) -> None:
    assert search(index, "社会保障 行政运行 > 5000万元").total.value == 3
    assert search(index, "社会保障和就业支出 > 5000万元 科目:2080101").total.value == 0


def test_a_blank_is_no_zero(index: Index) -> None:
    zero = search(index, "公务用车购置 = 0元 2024")
    assert zero.total.value > 0
    assert {hit.kind for hit in zero.hits} == {"passage"}


def test_figures_of_another_year(index: Index) -> None:
    found = search(index, "机关运行经费 2023")
    quoted = [hit for hit in found.hits if hit.yuan == Decimal(851100)]
    assert [hit.quote for hit in quoted] == ["2023年机关运行经费85.11万元"]
    assert quoted[0].document.year == 2024


def test_labels_equal_to_the_words_come_first(index: Index) -> None:
    found = search(index, "住房公积金")
    assert {hit.label for hit in found.hits[:5]} == {"住房公积金"}


def test_definitions_come_last(index: Index) -> None:
    found = search(index, "机关运行经费", limit=100)
    sections = ["名词解释" in "".join(hit.section) for hit in found.hits]
    assert any(sections)
    assert sections == sorted(sections)


def test_definitions_come_first_where_a_meaning_is_asked_for(index: Index) -> None:
    for query in ("什么是机关运行经费", "机关运行经费是什么意思？"):
        first = search(index, query).hits[0]
        assert "名词解释" in first.section[0]
        assert first.repeated


def test_sums_under_a_departments_own_name_come_last(index: Index) -> None:
    hits = search(index, "表:项目支出 2024 > 300万元", limit=100).hits
    sums = [hit.label == hit.document.department for hit in hits]
    assert any(sums)
    assert {hit.kind for hit in hits[: sums.index(True)]} == {"project"}
    assert {hit.kind for hit in hits[sums.index(True) :]} == {"row"}


def test_passages_with_figures_come_before_those_without(index: Index) -> None:
    hits = search(index, "机关运行经费 类:段落").hits
    assert "85.11万元" in hits[0].quote


def test_a_sentence_does_not_fill_the_page(index: Index) -> None:
    hits = search(index, "公务用车 >= 3辆").hits
    assert len({hit.document.id for hit in hits[:2]}) == 2


def test_what_is_called_so_comes_before_its_parts(index: Index) -> None:
    hits = search(index, "三公经费").hits
    assert [hit.label for hit in hits[:3]] == ["合计"] * 3
    assert all("三公" in hit.quote for hit in hits[3:7])


def test_a_project_found_by_its_form_quotes_the_form(index: Index) -> None:
    first = search(index, "劳动保障监察条例").hits[0]
    assert (first.kind, first.label) == ("project", "执法办案经费")
    assert first.excerpt is not None
    assert (first.excerpt.name, first.excerpt.locator.line_start) == ("立项依据", 984)
    marked = [mark for mark in first.highlights if mark.field == "excerpt"]
    assert first.excerpt.quote[marked[0].start : marked[0].end] == "劳动保障监察条例"
    assert "form" not in first.model_dump()
    assert all(hit.excerpt is None for hit in search(index, "执法办案经费 类:项目").hits[:1])


def test_a_list_is_found_without_figures(index: Index) -> None:
    for query in ("公务用车租赁服务", "B1106"):
        found = search(index, query).hits
        assert (found[0].code, found[0].label) == ("B1106", "公务用车租赁服务")


def test_a_place_in_short_names_its_departments(index: Index) -> None:
    found = search(index, "泽州 公务用车购置 > 10万元")
    assert _brief(found) == [VEHICLES[1]]
    assert found.query.pieces[0].label == "泽州（或部门 泽州县人力资源和社会保障局）"
    assert search(index, "泽州").total.value > 200


def test_a_code_in_quotes_is_text(index: Index) -> None:
    assert search(index, '"2080505"').total == search(index, "2080505").total


def test_a_list_comes_after_figures(index: Index) -> None:
    hits = search(index, "培训 类:表格", limit=100).hits
    listed = [hit.table is not None and hit.table.kind == "政府购买服务目录" for hit in hits]
    assert any(listed)
    assert hits[0].label == "培训费"


def test_paging_and_order_are_stable(index: Index) -> None:
    whole = [hit.id for hit in search(index, "社会保障", limit=200).hits]
    paged = [
        hit.id for page in (1, 2, 3) for hit in search(index, "社会保障", page=page, limit=7).hits
    ]
    assert paged == whole[:21]
    assert search(index, "社会保障", page=999).hits == ()


def test_sorting_by_amount(index: Index) -> None:
    found = search(index, "2080505 排序:金额")
    amounts = [hit.yuan for hit in found.hits]
    assert amounts == sorted(amounts, key=lambda yuan: yuan or Decimal(0), reverse=True)


def test_what_has_no_amount_is_sorted_last(index: Index) -> None:
    for order in ("金额", "金额升"):
        found = search(index, f"公务用车 排序:{order}", limit=200)
        unknown = [hit.yuan is None for hit in found.hits]
        assert any(unknown)
        assert unknown == sorted(unknown)


def test_nothing_to_search_finds_nothing(index: Index) -> None:
    found = search(index, "？ 。")
    assert found.total.value == 0
    assert [warning.message for warning in found.query.warnings] == ["没有可检索的文字"]


def test_facets_respect_every_filter_but_their_own(index: Index) -> None:
    found = search(index, "2080505 2024")
    years = {value.value: value.count for value in found.facets["year"]}
    assert years == {"2024": 5, "2023": 4} or sum(years.values()) == 9
    assert sum(value.count for value in found.facets["report"]) == found.total.value


def test_pieces_and_warnings(index: Index) -> None:
    text = "公务用车 2024 > 10"
    found = search(index, text)
    pieces = {piece.kind: piece for piece in found.query.pieces}
    assert set(pieces) == {"text", "year", "amount"}
    assert (pieces["amount"].op, pieces["amount"].yuan) == (">", Decimal(100000))
    assert text[pieces["year"].start : pieces["year"].end] == "2024"
    assert any("万元" in warning.message for warning in found.query.warnings)


def test_json_contract(index: Index) -> None:
    data = json.loads(search(index, "公务用车 2024 > 10万元").model_dump_json(by_alias=True))
    assert {"query", "total", "hits", "facets", "took_ms"} <= set(data)
    hit = data["hits"][0]
    assert {
        "id", "kind", "document", "table", "section", "label", "label_verbatim", "path", "code",
        "code_kind", "quote", "cells", "locator", "highlights", "checks", "score",
    } <= set(hit)  # fmt: skip
    cell = next(cell for cell in hit["cells"] if cell["matched"])
    assert (cell["yuan"], cell["value"], cell["text"]) == ("175000.00", "17.50", "17.50")
    year = next(piece for piece in data["query"]["pieces"] if piece["kind"] == "year")
    assert (year["from"], year["to"]) == (2024, 2024)


def test_long_queries_are_refused(index: Index) -> None:
    with pytest.raises(QueryError, match="过长"):
        search(index, "车" * 2001)


def test_too_many_conditions_are_refused(index: Index) -> None:
    assert search(index, "年 " * MOST).total.value > 0
    with pytest.raises(QueryError, match="条件过多") as refused:
        search(index, "年 " * (MOST + 1))
    assert (refused.value.start, refused.value.end) == (2 * MOST, 2 * MOST + 1)


def test_a_text_is_looked_at_once(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = index.reader
    assert isinstance(reader, EngineReader)
    texts, read, get = reader.heaps["texts"], list[int](), Heap.__getitem__

    def noted(self: Heap, place: slice) -> bytes:
        if self is texts:
            read.append(place.start)
        return get(self, place)

    monkeypatch.setattr(Heap, "__getitem__", noted)
    search(index, "年 " * 60)
    assert read == []  # the word's one token shows that it stands there
    found = search(index, '"年度部门" ' * 30 + '"年度部门预算" ' * 30)
    assert found.total.value > 0
    assert len(read) == len(set(read)) > 0


def test_a_number_in_quotes_stands_as_it_is_written(index: Index) -> None:
    for written in ("5,907.89", "5907.89"):
        hits = search(index, f'"{written}"').hits
        assert hits
        assert all(written in hit.quote for hit in hits)


def test_lone_surrogates_are_replaced(index: Index) -> None:
    found = search(index, "\udcff培训\ud800")
    assert found.query.text == "\ufffd培训\ufffd"
    assert found.total.value == search(index, "培训").total.value
