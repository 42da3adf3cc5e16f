"""A query that takes too long is answered with what was found by then, and says so."""

import pytest

from search.amount_facet import amounts
from search.engines import evaluation
from search.index import Index
from search.service import search
from web import create_app

PHRASE = '"培训费"'


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clock be looked at before each text."""
    monkeypatch.setattr(evaluation, "READ_AT_ONCE", 1)


@pytest.fixture
def ticking(at_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an hour pass with every third look at the clock."""
    looks = iter(range(10**9))
    monkeypatch.setattr(evaluation, "monotonic", lambda: next(looks) // 3 * 3600.0)
    monkeypatch.setattr("time.monotonic", lambda: 0.0)


@pytest.fixture
def unproved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every phrase be looked up in the texts."""
    monkeypatch.setattr(evaluation, "_proved", lambda _: False)


@pytest.mark.usefixtures("unproved")
def test_without_a_budget_all_is_found(index: Index) -> None:
    assert search(index, PHRASE).total.exact
    assert search(index, PHRASE, seconds=600).total == search(index, PHRASE).total


@pytest.mark.usefixtures("ticking", "unproved")
def test_what_was_found_in_time_is_a_lower_bound(index: Index) -> None:
    whole = search(index, PHRASE)
    part = search(index, PHRASE, seconds=1)
    assert not part.total.exact
    assert 0 < part.total.value < whole.total.value
    assert {hit.id for hit in part.hits} <= {
        hit.id for hit in search(index, PHRASE, limit=200).hits
    }


@pytest.mark.usefixtures("at_once", "unproved")
def test_what_may_be_excluded_is_no_hit(index: Index) -> None:
    query = f"培训 -{PHRASE}"
    whole = {hit.id for hit in search(index, query, limit=200).hits}
    part = search(index, query, limit=200, seconds=0)
    assert not part.total.exact
    assert {hit.id for hit in part.hits} <= whole


@pytest.mark.usefixtures("at_once", "unproved")
def test_the_page_says_so(index: Index) -> None:
    client = create_app(index, seconds=0.0).test_client()
    html = client.get("/", query_string={"q": f"培训 -{PHRASE}"}).text
    assert "至少" in html or "没有查完" in html
    assert "条数是下限" in html
    body = client.get("/api/v1/search", query_string={"q": PHRASE}).get_json()
    assert body["total"]["exact"] is False
    assert body["did_you_mean"] == body["removals"] == []


@pytest.mark.usefixtures("at_once", "unproved")
def test_a_part_of_the_amounts_is_no_spread(index: Index) -> None:
    assert amounts(index, PHRASE, seconds=600).ranges
    assert amounts(index, PHRASE, seconds=0).ranges == ()
