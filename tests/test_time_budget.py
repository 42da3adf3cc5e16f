"""A query that takes too long is answered with what was found by then, and says so."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient

from search.amount_facet import amounts
from search.compare.selection import Wanted
from search.compare.service import compare
from search.coverage import coverage
from search.engines import evaluation
from search.errors import TimeOverError
from search.export import export
from search.index import Index
from search.projects import WantedProjects, projects
from search.results import Amounts
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


@pytest.fixture(scope="module")
def hurried(index: Index) -> FlaskClient:
    """A server without any time."""
    return create_app(index, seconds=0.0).test_client()


def test_a_comparison_tells_what_was_not_looked_at(index: Index) -> None:
    wanted = Wanted(table="三公经费表", item="公务接待费", years=(2024,), reports=("预算",))
    whole = compare(index, wanted, seconds=600)
    assert whole.exact
    part = compare(index, wanted, seconds=0)
    assert not part.exact
    assert "时间用完" in part.notes[0]
    assert {cell.absence for row in part.rows for cell in row.cells} <= {
        "cut", "missing", "other_level", "no_table", "no_data", None
    }  # fmt: skip
    assert any(row.budget.absence == "cut" for row in part.rows)


def test_a_page_of_projects_says_that_it_is_cut(index: Index) -> None:
    assert not projects(index, WantedProjects(query="人才"), seconds=600).notes
    part = projects(index, WantedProjects(query="人才"), seconds=0)
    assert part.total.value > len(part.projects) == 0
    assert "时间用完" in part.notes[-1]


def test_coverage_is_a_lower_bound(index: Index) -> None:
    assert coverage(index, seconds=600) == coverage(index)
    part = coverage(index, seconds=0)
    assert (part.exact, part.missing, part.departments) == (False, 0, ())
    assert part.documents == 5


def test_an_export_in_part_is_none(index: Index) -> None:
    with pytest.raises(TimeOverError, match="gongkai export"):
        export(index, "rows", "csv", BytesIO(), "预算", seconds=0)


def test_each_page_says_so(hurried: FlaskClient, index: Index) -> None:
    project = projects(index, WantedProjects(query="人才")).projects[0].id
    for path in ("/compare", "/projects", "/coverage", f"/projects/{project}"):
        answer = hurried.get(path)
        assert (answer.status_code, "时间用完" in answer.text) == (200, True), path
    for path in ("/compare.csv", "/export/file?q=预算&kind=passages&format=csv"):
        refused = hurried.get(path)
        assert (refused.status_code, "限定的时间" in refused.text) == (503, True), path


def test_each_endpoint_says_so(hurried: FlaskClient, index: Index) -> None:
    project = projects(index, WantedProjects(query="人才")).projects[0].id
    document = search(index, "部门:泽州 预算").hits[0].document.id
    assert hurried.get("/api/v1/compare").get_json()["exact"] is False
    assert hurried.get("/api/v1/coverage").get_json()["exact"] is False
    assert hurried.get("/api/v1/projects").get_json()["notes"]
    assert hurried.get(f"/api/v1/projects/{project}").get_json()["project"]["related"] is None
    checks = hurried.get(f"/api/v1/documents/{document}/checks").get_json()
    whole = create_app(index).test_client().get(f"/api/v1/documents/{document}/checks").get_json()
    assert whole["exact"]
    assert len(whole["findings"]) > len(checks["findings"]) == 0
    assert not checks["exact"]
    refused = hurried.get(f"/api/v1/records/{project}/checks")
    assert (refused.status_code, refused.content_type) == (503, "application/problem+json")
    assert refused.get_json()["title"] == "时间用完"


def test_what_was_cut_short_is_not_kept(hurried: FlaskClient, index: Index) -> None:
    assert "ETag" not in hurried.get("/api/v1/compare").headers
    assert "ETag" in create_app(index, seconds=600).test_client().get("/api/v1/compare").headers


@pytest.mark.usefixtures("at_once", "unproved")
def test_a_feed_says_so(hurried: FlaskClient, index: Index) -> None:
    path = f"/feed?q={PHRASE}"
    assert "时间用完" in hurried.get(path).text
    assert "时间用完" not in create_app(index).test_client().get(path).text
    exported = hurried.get(
        "/export/file", query_string={"q": PHRASE, "kind": "rows", "format": "csv"}
    )
    assert exported.status_code == 503


def test_the_time_is_that_of_the_whole_request(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a search has used up is gone for the histogram and the chart of its page."""
    given: list[float | None] = []

    def spread(of: Index, text: str, *, seconds: float | None) -> Amounts:
        given.append(seconds)
        return amounts(of, text)

    monkeypatch.setattr("web.amounts.amounts", spread)
    create_app(index, seconds=600).test_client().get("/?q=人才")
    assert given[0] is not None
    assert 0 < given[0] < 600
