"""The facet of amounts: ranges of round numbers whose counts are those of the narrowed query."""

from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search.amount_facet import amounts
from search.engines.histogram import MOST, spread
from search.index import Index
from search.service import search

QUERIES = (
    "人才", "公务用车 2024", "部门:泽州 类:表格", "培训 OR 会议", "公务接待费 减少 > 5万元",
    "[项目支出] > 100万元", "2024 决算 科目:20805",
)  # fmt: skip


def _narrowed(client: FlaskClient, **asked: str) -> str:
    response = client.get("/narrow", query_string=asked)
    assert response.status_code == 302
    return parse_qs(urlsplit(response.headers["Location"]).query)["q"][0]


@pytest.mark.parametrize("query", QUERIES)
def test_each_count_is_that_of_the_query_narrowed_to_the_range(
    client: FlaskClient, index: Index, query: str
) -> None:
    ranges = amounts(index, query).ranges
    assert sum(one.count for one in ranges) > 0
    for one in ranges:
        low, high = (None if end is None else f"{end / 10_000:f}" for end in (one.low, one.high))
        bounds = {"min": low, "below": high}
        given = {name: value for name, value in bounds.items() if value is not None}
        narrowed = _narrowed(client, q=query, **given)
        assert search(index, narrowed).query.warnings == search(index, query).query.warnings
        total = search(index, narrowed).total.value if one.count else 0
        assert total == one.count, narrowed


def test_a_query_keeps_the_spread_that_its_own_bounds_cut(index: Index) -> None:
    free = amounts(index, "公务用车 2024").ranges
    assert amounts(index, "公务用车 2024 > 10万元").ranges == free
    assert [(one.low, one.high, one.count) for one in free if one.low == 100_000] == [
        (Decimal(100_000), Decimal(200_000), 3)
    ]


@pytest.mark.parametrize(
    "query", ["公务用车 >= 3辆", "没有这样的词", "", "> 1万元 [基本支出] > 2万元"]
)
def test_what_is_about_no_one_money_has_no_spread(index: Index, query: str) -> None:
    assert amounts(index, query).ranges == () or query == ""


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(-(10**16), 10**16)), max_size=60))
def test_every_record_is_counted_in_the_ranges_that_hold_its_amounts(
    figures: list[tuple[int, int]],
) -> None:
    owner = np.array([row for row, _ in figures], dtype=np.intp)
    amount = np.array([number for _, number in figures], dtype=np.int64)
    ranges = spread(owner, amount, 20)
    assert len(ranges) <= MOST + 1
    for one in ranges:
        low = -(10**20) if one.low is None else one.low * 100
        high = 10**20 if one.high is None else one.high * 100
        assert one.count == len({row for row, number in figures if low <= number < high})
    counted = sum(one.count for one in ranges)
    assert counted >= len({row for row, _ in figures})


def test_typed_bounds_take_the_place_of_those_in_the_query(client: FlaskClient) -> None:
    assert _narrowed(client, q="公务用车 2024 > 10万元", min="5", max="20") == (
        "公务用车 2024 5-20万元"
    )
    assert _narrowed(client, q="公务用车 2024 > 10万元") == "公务用车 2024"
    assert _narrowed(client, q="培训 OR 会议", min="0.5") == "(培训 OR 会议) >= 0.5万元"
    assert _narrowed(client, q="[项目支出] > 100万元", max="２００") == "列:项目支出 <= 200万元"
    assert _narrowed(client, q="公务接待费 减少 > 5万元", min="1万") == "公务接待费 减少 >= 1万元"
    assert _narrowed(client, q="人才", min="9", max="3") == "人才 3-9万元"
    assert _narrowed(client, q="", min="5") == ">= 5万元"


@pytest.mark.parametrize(
    "value",
    [
        "x",
        "-1",
        "1e9",
        "9" * 40,
        "1,2,3.4.5",
        "<b>",
        "NaN",
        "Infinity",
        "[1]",
        "²",
        "\u202e12",
        "\x00",
        "1" * 5000,
    ],
)
def test_a_bound_that_is_no_number_is_explained(client: FlaskClient, value: str) -> None:
    response = client.get("/narrow", query_string={"q": "人才", "min": value})
    assert response.status_code == 400
    assert "金额应是数字" in response.text


def test_two_upper_bounds_are_refused(client: FlaskClient) -> None:
    response = client.get("/narrow", query_string={"q": "人才", "max": "5", "below": "3"})
    assert (response.status_code, "只能写一个" in response.text) == (400, True)


def test_the_bars_lead_to_their_ranges_without_scripts(client: FlaskClient) -> None:
    html = client.get("/", query_string={"q": "公务用车 2024 > 10万元"}).text
    assert 'aria-label="10万元–20万元：3 条"' in html
    assert html.count('class="bar chosen"') == 1
    assert 'name="min" inputmode="decimal" value="10"' in html


def test_the_api_gives_the_ranges(client: FlaskClient) -> None:
    body = client.get("/api/v1/amounts", query_string={"q": "公务用车 2024"}).get_json()
    assert body["ranges"][-1] == {"low": "100000", "high": "200000", "count": 3}
