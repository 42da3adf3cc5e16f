"""The JSON API: the result as the command line prints it, and failures as problem+json."""

import json

import pytest
from flask.testing import FlaskClient

from search.index import Index
from search.model import Disclosure
from search.results import Result
from search.service import search

QUERY = "公务用车 2024 > 10万元"


def test_search_gives_the_three_exact_hits(client: FlaskClient) -> None:
    response = client.get("/api/v1/search", query_string={"q": QUERY})
    assert response.content_type == "application/json"
    body = response.get_json()
    assert body["total"] == {"value": 3, "exact": True}
    assert (body["page"], body["pages"]) == (1, 1)
    assert {(hit["kind"], hit["label_verbatim"]) for hit in body["hits"]} == {
        ("row", "公务用车购置及运行费"),
        ("row", "②公务用车运行维护费"),
        ("passage", "公务用车运行维护费"),
    }
    for hit in body["hits"]:
        assert hit["yuan"] == "175000.00"
        assert [cell["text"] for cell in hit["cells"] if cell["matched"]] in (
            ["17.50"],
            ["17.50万元"],
        )
        assert hit["document"]["source"] == "2024-部门预算-泽州县人力资源和社会保障局.txt"
        assert hit["locator"]["line_start"] > 0


def test_pieces_use_the_names_of_the_contract(client: FlaskClient) -> None:
    pieces = client.get("/api/v1/search", query_string={"q": QUERY}).get_json()["query"]["pieces"]
    assert [piece["kind"] for piece in pieces] == ["text", "year", "amount"]
    assert (pieces[1]["from"], pieces[1]["to"]) == (2024, 2024)
    assert (pieces[2]["op"], pieces[2]["yuan"]) == (">", "100000")


def test_search_is_the_result_of_the_service(client: FlaskClient, index: Index) -> None:
    text = client.get("/api/v1/search", query_string={"q": "人才", "limit": 7, "page": 2}).text
    expected = search(index, "人才", page=2, limit=7).model_dump(mode="json", by_alias=True)
    assert {**json.loads(text), "took_ms": 0} == {**expected, "took_ms": 0}
    assert "泽州县" in text
    assert "\\u" not in text
    Result.model_validate_json(text)


def test_an_unreadable_query_is_a_problem_with_its_place(client: FlaskClient) -> None:
    response = client.get("/api/v1/search", query_string={"q": "公务用车 > 很多"})
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    problem = response.get_json()
    assert problem["status"] == 400
    assert problem["message"]
    assert problem["query"][problem["start"] : problem["end"]] == ">"


@pytest.mark.parametrize(
    "parameters", [{"page": "x"}, {"page": "0"}, {"limit": "0"}, {"limit": "201"}, {"limit": "-1"}]
)
def test_a_bad_number_is_a_problem(client: FlaskClient, parameters: dict[str, str]) -> None:
    response = client.get("/api/v1/search", query_string={"q": "人才", **parameters})
    assert response.status_code == 400
    assert next(iter(parameters)) in response.get_json()["message"]


def test_suggestions_complete_the_piece_before_the_caret(client: FlaskClient) -> None:
    asked = {"q": "2024 gwyc > 10万元", "at": "9"}
    response = client.get("/api/v1/suggest", query_string=asked)
    assert response.content_type == "application/json"
    body = response.get_json()
    assert body["query"] == asked["q"]
    assert {
        "kind": "label",
        "label": "公务用车购置及运行费",
        "text": "公务用车购置及运行费",
        "query": "2024 公务用车购置及运行费 > 10万元",
        "count": 3,
    } in body["suggestions"]


@pytest.mark.parametrize("q", ["", "\x00", "> ", "((((", "\ud800公务", "公" * 5000])
def test_whatever_is_being_typed_is_answered(client: FlaskClient, q: str) -> None:
    asked = {"q": q.encode("utf-8", "surrogatepass")}
    assert client.get("/api/v1/suggest", query_string=asked).status_code == 200


def test_a_bad_caret_is_a_problem(client: FlaskClient) -> None:
    response = client.get("/api/v1/suggest", query_string={"q": "公务", "at": "x"})
    assert response.status_code == 400
    assert "at" in response.get_json()["message"]


def test_documents_are_listed(client: FlaskClient) -> None:
    listed = client.get("/api/v1/documents").get_json()["documents"]
    assert len(listed) == 5
    assert {"id", "department", "year", "report", "level", "sources", "rows"} <= listed[0].keys()


def test_a_document_is_given_whole(client: FlaskClient, disclosures: dict[str, Disclosure]) -> None:
    disclosure = disclosures["泽州"]
    response = client.get(f"/api/v1/documents/{disclosure.id}")
    assert Disclosure.model_validate_json(response.data).tables == disclosure.tables


@pytest.mark.parametrize("path", ["documents/nothing", "nothing"])
def test_what_is_not_there_is_a_problem(client: FlaskClient, path: str) -> None:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 404
    assert response.content_type == "application/problem+json"
    assert response.get_json()["status"] == 404


def test_writing_is_refused(client: FlaskClient) -> None:
    response = client.post("/api/v1/search")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert response.content_type == "application/problem+json"
