"""The export page and the files that it offers."""

import csv
import io
import json

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from search.index import Index
from search.service import search
from web import create_app, exporting

QUERY = "公务用车 2024 > 10万元"


@pytest.fixture
def client(index: Index) -> FlaskClient:
    return create_app(index).test_client()


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
