"""The chart of what a query finds: one item, one kind of table, or the reason why there is none."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from search.compare.matches import MOST, Matches, matches, of_hits
from search.index import Index
from search.results import DocumentRef, Hit
from search.service import search
from web import create_app


@pytest.fixture
def asked(index: Index) -> Callable[[str], Matches]:
    return lambda query: matches(index, search(index, query))


@pytest.fixture
def client(index: Index) -> FlaskClient:
    return create_app(index).test_client()


def _bars(of: Matches) -> list[tuple[str, int, Decimal | None]]:
    assert of.comparison is not None
    return [
        (row.department, row.year, cell.one.shown)
        for row in of.comparison.rows
        for cell in row.cells
        if cell.one is not None
    ]


def test_departments_are_drawn_from_the_largest(asked: Callable[[str], Matches]) -> None:
    found = asked("公务接待费 预算 表:三公")
    assert _bars(found) == [
        ("山西转型综合改革示范区晋中开发区产业规划与创新发展部", 2024, Decimal("15.00")),
        ("泽州县人力资源和社会保障局", 2024, Decimal("1.00")),
    ]
    assert found.comparison is not None
    assert any("其他级别" in note for note in found.comparison.notes)


def test_only_what_the_query_finds_is_drawn(asked: Callable[[str], Matches]) -> None:
    assert asked("公务接待费 预算 表:三公 > 10万元") == Matches()


def test_budget_and_final_account_are_not_mixed(asked: Callable[[str], Matches]) -> None:
    found = asked("工资福利支出 表:基本支出")
    assert found.comparison is None
    assert any("预算不能与决算混比" in reason for reason in found.reasons)


def test_kinds_of_tables_are_not_mixed(asked: Callable[[str], Matches]) -> None:
    found = asked("本年支出合计 2024 预算 类:表格")
    assert any("不同的表口径不同" in reason for reason in found.reasons)


def test_a_total_is_never_drawn_beside_its_parts(asked: Callable[[str], Matches]) -> None:
    found = asked("公务用车 预算 表:三公")
    assert found.comparison is not None
    assert found.comparison.indicator.label == "公务用车运行维护费"
    assert found.others == ("公务用车购置及运行费",)
    departments = [row.department for row in found.comparison.rows]
    assert len(departments) == len(set(departments))


def test_too_many_hits_are_not_drawn(asked: Callable[[str], Matches]) -> None:
    (reason,) = asked("2024").reasons
    assert str(MOST) in reason


def _years(index: Index, count: int) -> list[Hit]:
    """Return a row of the corpus as that of several years."""
    found = search(index, "公务接待费 预算 表:三公 部门:泽州").hits[0]
    return [
        found.model_copy(
            update={
                "id": f"{found.document.id}-r{n}",
                "document": DocumentRef(
                    **{**found.document.model_dump(), "id": f"{n:016x}", "year": 2024 - n}
                ),
                "cells": tuple(
                    cell.model_copy(
                        update={
                            "column": tuple(c.replace("2024", str(2024 - n)) for c in cell.column)
                        }
                    )
                    for cell in found.cells
                ),
            }
        )
        for n in range(count)
    ]


def test_several_years_are_one_line(index: Index) -> None:
    found = of_hits(index.reader, _years(index, 3))
    assert found.comparison is not None
    assert found.comparison.years == (2022, 2023, 2024)


def test_two_different_numbers_of_one_place_are_not_drawn(index: Index) -> None:
    hits = _years(index, 3)
    cells = tuple(
        cell.model_copy(update={"yuan": cell.yuan + 1, "value": cell.value})
        if cell.yuan is not None
        else cell
        for cell in hits[0].cells
    )
    found = of_hits(
        index.reader, [*hits, hits[0].model_copy(update={"id": "x-r1", "cells": cells})]
    )
    assert found.comparison is not None
    assert any("2024年度有几个不同的数" in note for note in found.comparison.notes)
    assert sorted(year for _, year, _ in _bars(found)) == [2022, 2023]


def test_the_page_draws_with_names_and_numbers(client: FlaskClient) -> None:
    html = client.get("/", query_string={"q": "公务接待费 预算 表:三公"}).text
    name = "山西转型综合改革示范区晋中开发区产业规划与创新发展部"
    assert f'role="img" aria-label="{name}：2024年预算15.00' in html
    assert "<summary>图中的数</summary>" in html
    assert "没有作图" not in html
    assert "没有作图" in client.get("/", query_string={"q": "2024"}).text


def test_many_hits_are_drawn_when_asked_for(client: FlaskClient) -> None:
    query = "工资福利支出 表:基本支出"
    html = client.get("/", query_string={"q": query}).text
    assert "没有作图" not in html
    assert "&amp;chart=1" in html
    html = client.get("/", query_string={"q": query, "chart": "1"}).text
    assert "没有作图" in html
    assert "&amp;chart=1" not in html
