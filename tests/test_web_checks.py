"""Checks on the pages: a mark on hits and cells, equations whose figures lead to their place."""

import re

import pytest
from flask.testing import FlaskClient

from search.index import Index
from search.service import search
from web import create_app
from web.equations import contradicted, parts


@pytest.fixture(scope="module")
def client(index: Index) -> FlaskClient:
    return create_app(index).test_client()


def _details(html: str, outcome: str) -> list[str]:
    return re.findall(rf'<details class="check {outcome}".*?</details>', html, re.DOTALL)


def test_a_contradicted_hit_opens_its_equations(client: FlaskClient) -> None:
    html = client.get("/", query_string={"q": "2080105 表:支出总表 部门:泽州"}).text
    (mark,) = _details(html, "fail")
    assert "≠ 不符：可能有误" in mark
    assert "收入总表“2080105 劳动保障监察 › 合计”印作 42.50" in mark
    assert 'class="differs"' in html
    address = re.findall(r'<a href="(/documents/[^"]+)">42\.50</a>', mark)[0]
    document = client.get(address.replace("&amp;", "&")).text
    cell = re.search(r'<td id="at"[^>]*><mark class="(\w+)">([^<]*)', document)
    marked = re.findall(r'<mark class="figure">([^<]*)', document)
    assert cell is not None
    assert marked == ["42.50"]


def test_a_hit_that_agrees_opens_its_equations(client: FlaskClient) -> None:
    html = client.get("/", query_string={"q": "公务接待费 表:三公 部门:泽州 核对:相符"}).text
    mark = _details(html, "pass")[0]
    assert "✓ 相符：4 个关系" in mark
    (address,) = re.findall(r'<a href="([^"]+)">4 个相符的关系', mark)
    assert f'data-agreed="{address}"' in mark
    told = re.sub(r"<[^>]*>", "", client.get(address).text)
    assert "18.50 = 17.50 + 1.00" in told
    assert "0 个不符，4 个相符" in told


def test_what_is_not_checked_says_so(client: FlaskClient) -> None:
    html = client.get("/", query_string={"q": "核对:未核对 部门:泽州"}).text
    assert html.count("未核对</p>") == html.count('<li class="hit">')


def test_a_document_shows_its_contradictions_once(client: FlaskClient, index: Index) -> None:
    (hit, *_) = search(index, "部门:泽州").hits
    html = client.get(f"/documents/{hit.document.id}").text
    (mark,) = _details(html, "fail")
    assert "4 处数字互相矛盾" in mark
    assert html.count("按其他数字应在“上年结转”") == 1
    assert re.search(r"812\.76</a> <abbr", html)


def test_the_cited_record_shows_every_equation(client: FlaskClient, index: Index) -> None:
    (hit,) = search(index, "2080105 表:支出总表 部门:泽州").hits
    html = client.get(f"/documents/{hit.document.id}?at={hit.id}").text
    (mark,) = re.findall(r'<details class="check fail" id="checks">.*?</details>', html, re.DOTALL)
    assert f"{len(hit.checks)} 个不符，{hit.agrees} 个相符" in mark


def test_parts_join_to_the_equation(index: Index) -> None:
    for info in index.reader.documents():
        disclosure = index.store.disclosure(info.id)
        assert disclosure is not None
        found = [of for one in contradicted(disclosure) for of in one.equations]
        assert len(found) == len(disclosure.checks.failed)
        for of in found:
            assert "".join(part.text for part in parts(of)) == of.equation
            shown = [part.text for part in parts(of) if part.term is not None]
            assert len(shown) == min(len(of.terms), 9)


def test_api_of_a_document(client: FlaskClient, index: Index) -> None:
    (hit, *_) = search(index, "部门:泽州").hits
    data = client.get(f"/api/v1/documents/{hit.document.id}/checks").get_json()
    assert len(data["findings"]) == 4
    first = data["findings"][0]
    assert {term["text"] for term in first["suspects"]} == {"5512.46"}
    assert {term["text"] for term in first["witnesses"]} == {"5542.46", "5,542.46万元"}
    assert all("第" in term["citation"] for term in first["suspects"] + first["witnesses"])
    assert client.get("/api/v1/documents/none/checks").status_code == 404


def test_api_of_a_record(client: FlaskClient, index: Index) -> None:
    (hit,) = search(index, "2080105 表:支出总表 部门:泽州").hits
    data = client.get(f"/api/v1/records/{hit.id}/checks").get_json()
    assert (data["outcome"], len(data["agreed"])) == ("fail", hit.agrees)
    assert [of["equation"] for of in data["failed"]] == [of.equation for of in hit.checks]
    assert client.get(f"/api/v1/records/{hit.document.id}-r1/checks").status_code == 404


def test_a_record_s_page_of_checks(client: FlaskClient, index: Index) -> None:
    (hit,) = search(index, "2080105 表:支出总表 部门:泽州").hits
    assert hit.outcome == "fail"
    assert hit.agrees
    shown = client.get("/", query_string={"q": "2080105 表:支出总表 部门:泽州"}).text
    assert f'data-agreed="/records/{hit.id}/checks"' in shown
    html = client.get(f"/records/{hit.id}/checks").text
    failed, agreed = html.partition("<h2>相符</h2>")[::2]
    assert failed.count('class="equation"') == len(hit.checks)
    assert agreed.count('class="equation"') == hit.agrees
    assert client.get(f"/records/{hit.document.id}-r1/checks").status_code == 404
