"""The export page and the files that it offers."""

import csv
import io
import json

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from search.index import Index
from search.lookup import find
from search.service import search
from web import exporting

QUERY = "公务用车 2024 > 10万元"


def _file(client: FlaskClient, **asked: str) -> bytes:
    response = client.get("/export/file", query_string={"q": QUERY, **asked})
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith("attachment;")
    data: bytes = response.data
    response.close()
    return data


def test_the_page_tells_count_columns_units_and_caveats(client: FlaskClient) -> None:
    html = client.get("/export", query_string={"q": QUERY}).text
    for told in ("表格行 2 条", "段落 1 处", "项目 0 条", "来源文件、SHA-256", "元”列都换算成元",
                 "空白不是零", "不能相加"):  # fmt: skip
        assert told in html


def test_the_answer_leads_to_it(client: FlaskClient) -> None:
    assert 'class="export" href="/export?q=' in client.get("/", query_string={"q": QUERY}).text
    assert "/export?" not in client.get("/", query_string={"q": "公务用车 > 9000亿元"}).text


def test_each_format_holds_what_the_query_finds(client: FlaskClient, index: Index) -> None:
    rows = {hit.id for hit in search(index, QUERY).hits if hit.kind == "row"}
    lines = [json.loads(line) for line in _file(client, kind="rows", format="jsonl").splitlines()]
    assert {line["id"] for line in lines} == rows
    table = list(
        csv.DictReader(io.StringIO(_file(client, kind="rows", format="csv").decode("utf-8-sig")))
    )
    assert {line["编号"] for line in table} == rows
    assert {line["元"] for line in table if line["列"].endswith("合计")} == {"175000.00"}
    sheet = load_workbook(io.BytesIO(_file(client, kind="rows", format="xlsx"))).active
    assert sheet is not None
    assert sheet.max_row == len(table) + 1
    passages = _file(client, kind="passages", format="jsonl").splitlines()
    assert [json.loads(line)["kind"] for line in passages] == ["passage"]


@pytest.mark.parametrize(
    "asked",
    [{}, {"kind": "rows"}, {"kind": "x", "format": "csv"}, {"kind": "documents", "format": "csv"}],
)
def test_what_is_not_offered_is_not_there(client: FlaskClient, asked: dict[str, str]) -> None:
    assert client.get("/export/file", query_string={"q": QUERY, **asked}).status_code == 404


FALLEN_BACK = "给职业年金"


def test_an_answer_with_words_left_out_is_exported_as_the_page_shows_it(
    client: FlaskClient, index: Index
) -> None:
    shown = search(index, FALLEN_BACK)
    assert shown.hits
    told = [warning.message for warning in shown.query.warnings]
    assert any("已略去" in message for message in told)
    page = client.get("/export", query_string={"q": FALLEN_BACK}).text
    assert all(message in page for message in told)
    data = _file(client, q=FALLEN_BACK, kind="rows", format="jsonl")
    exported = {line["id"]: line["table"]["kind"] for line in map(json.loads, data.splitlines())}
    rows = {hit.id for hit in search(index, FALLEN_BACK, limit=200).hits if hit.kind == "row"}
    assert rows
    assert rows <= exported.keys()
    others = exported.keys() - rows  # rows of projects, which the page shows as projects
    assert {exported[row] for row in others} <= {"项目支出表"}


def test_the_page_says_that_blank_rows_are_left_out(client: FlaskClient) -> None:
    assert "整行没有数字的行不在其中" in client.get("/export", query_string={"q": QUERY}).text


@pytest.mark.parametrize("query", ["预算", ""])
def test_rows_come_in_source_order_with_all_of_their_cells(
    client: FlaskClient, index: Index, query: str
) -> None:
    lines = [
        json.loads(line)
        for line in _file(client, q=query, kind="rows", format="jsonl").splitlines()
    ]
    places = [(line["document"]["id"], line["locator"]["char_start"]) for line in lines]
    order = [info.id for info in index.reader.documents()]
    assert places == sorted(places, key=lambda place: (order.index(place[0]), place[1]))
    for line in lines[::40]:
        hit = find(index.store, line["id"])
        assert hit is not None
        assert line == hit.model_dump(mode="json")


def test_too_much_is_refused_with_the_other_way(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST", 1)
    response = client.get(
        "/export/file", query_string={"q": QUERY, "kind": "rows", "format": "csv"}
    )
    assert response.status_code == 400
    assert "gongkai export" in response.text


def test_an_unreadable_query_is_explained(client: FlaskClient) -> None:
    assert client.get("/export", query_string={"q": "(" * 9000}).status_code == 400
