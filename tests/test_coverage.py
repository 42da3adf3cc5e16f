"""Coverage: what is held, empty, warned of and missing; files that failed."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from benchmarks import generate
from indexer import pipeline
from search.coverage import CoveredDepartment, coverage
from search.index import Index
from tests.conftest import Silent
from web import create_app

ZEZHOU = "泽州县人力资源和社会保障局"


def _of(found: tuple[CoveredDepartment, ...], department: str) -> CoveredDepartment:
    (one,) = [one for one in found if one.department == department]
    return one


def test_half_a_pair_is_missing(index: Index) -> None:
    found = coverage(index)
    assert (found.documents, found.missing, found.count) == (5, 5, 5)
    (year,) = _of(found.departments, ZEZHOU).years
    assert [(report.report, report.missing) for report in year.reports] == [
        ("预算", False),
        ("决算", True),
    ]
    (document,) = year.reports[0].documents
    assert {"政府性基金支出表", "国有资本经营预算表"} <= set(document.empty)
    assert "三公经费表" not in document.empty
    assert any("5512.46" in warning for warning in document.warnings)


def test_a_year_between_is_missing(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    generate.main(["--documents", "8", "--seed", "11", str(folder)])
    first = sorted(folder.glob("*.txt"))[0]
    text = first.read_text(encoding="utf-8")
    year = first.name[:4]
    earlier = f"{int(year) - 2}"
    named = folder / first.name.replace(year, earlier)
    named.write_text(text.replace(year, earlier), encoding="utf-8")
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7 nothing")
    url = str(tmp_path / "index")
    report = pipeline.index([folder], url, workers=0, progress=Silent())
    assert (report.documents, len(report.failures)) == (9, 1)
    found = coverage(Index(url), department=first.stem.split("-")[-1])
    years = {y.year: [r.missing for r in y.reports] for y in found.departments[0].years}
    assert years[int(earlier) + 1] == [True, True]
    assert sum(years[int(earlier)]) == 1
    assert [failed.source for failed in found.failures] == ["坏.pdf"]
    assert found.failures[0].reason
    page = create_app(Index(url)).test_client().get("/coverage").text
    assert "坏.pdf" in page
    assert str(folder) not in page


def test_departments_can_be_picked(index: Index) -> None:
    found = coverage(index, department="泽州县人社局")
    assert [one.department for one in found.departments] == [ZEZHOU]
    assert coverage(index, department="没有这个部门呀").departments == ()
    assert coverage(index, page=2).departments == ()


def test_page_says_what_missing_means(client: FlaskClient) -> None:
    html = client.get("/coverage").text
    assert "缺决算" in html
    assert "不等于没有公开" in html
    assert "没有记录到读取失败的文件" in html
    assert html.count('class="held-mark" href="/documents/') == 5
    assert len(html.encode()) < 150_000


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=1e9", "page=NaN", "page=%E2%80%AE1", "missing=x"]
)
def test_odd_parameters_are_refused(client: FlaskClient, query: str) -> None:
    for path in ("/coverage", "/api/v1/coverage"):
        answer = client.get(f"{path}?{query}")
        assert (answer.status_code, query.partition("=")[0] in answer.text) == (400, True)


@pytest.mark.parametrize("name", ["\u202e" * 9, "公" * 5000, "\x00", "<script>", "a\nb"])
def test_an_odd_department_is_none(client: FlaskClient, name: str) -> None:
    answer = client.get("/coverage", query_string={"department": name})
    assert answer.status_code == 200
    assert "没有可列的部门" in answer.text


def test_api(client: FlaskClient) -> None:
    data = client.get("/api/v1/coverage?missing=1").get_json()
    assert (data["documents"], data["missing"], data["failures"]) == (5, 5, [])
