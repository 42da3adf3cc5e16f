"""Nothing that a document or a visitor writes runs, and nothing is loaded from elsewhere."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.errors import SearchError
from search.index import Index
from web import create_app

OWN_SCRIPTS = {
    '<script src="/static/gongkai.js" defer>',
    '<script src="/static/suggest.js" type="module">',
    '<script src="/static/histogram.js" type="module">',
    '<script src="/static/export.js" type="module">',
}


@pytest.fixture(scope="module")
def hostile(hostile_index: Index) -> FlaskClient:
    return create_app(hostile_index).test_client()


def _document(client: FlaskClient) -> str:
    listed = client.get("/api/v1/documents").get_json()["documents"]
    return f"/documents/{listed[0]['id']}"


@pytest.mark.parametrize("path", ["/", "/?q=公务接待费", "/?q=公务用车运行维护费", "document"])
def test_text_of_a_document_stays_text(hostile: FlaskClient, path: str) -> None:
    html = hostile.get(_document(hostile) if path == "document" else path).text
    assert set(re.findall(r"<script[^>]*>", html)) <= OWN_SCRIPTS
    assert "<img" not in html
    assert "49" not in re.findall(r"alert\(1\)&lt;/script&gt;(..)", html)
    if path != "/":
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}" in html


@pytest.mark.parametrize("query", ["工会经费", "长文"])
def test_an_answer_shows_only_the_beginning_of_a_cell_of_a_megabyte(
    hostile: FlaskClient, query: str
) -> None:
    html = hostile.get("/", query_string={"q": query}).text
    assert "长文……" in html
    assert len(html) < 100_000


def test_a_hostile_name_is_sent_harmless(hostile: FlaskClient) -> None:
    disposition = hostile.get(f"{_document(hostile)}/source").headers["Content-Disposition"]
    assert "\u202e" not in disposition
    assert "%E2%80%AE" not in disposition


def test_what_is_typed_stays_text(client: FlaskClient) -> None:
    for q in ('"><script>alert(1)</script>', "</title><script>alert(1)</script>", "> <script>"):
        assert "<script>alert" not in client.get("/", query_string={"q": q}).text


@pytest.fixture
def app(index: Index) -> Flask:
    return create_app(index)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


PATHS = ["/", "/?q=人才", "/?q=>", "/nothing", "/api/v1/search?q=人才", "/static/gongkai.css"]


@pytest.mark.parametrize("path", PATHS)
def test_headers_allow_nothing_from_elsewhere(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        headers = response.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PATHS[:4])
def test_pages_load_only_their_own_files(client: FlaskClient, path: str) -> None:
    html = client.get(path).text
    loaded = re.findall(r'<(?:script|link|img)[^>]*?(?:src|href)="([^"]*)"', html)
    assert loaded
    for url in loaded:
        assert url.startswith(("/static/", "/opensearch.xml", "/feed"))
        with client.get(url) as response:
            assert response.status_code == 200
    assert not re.search(r'\s(?:style|on\w+)="', html)
    assert '<html lang="zh-CN">' in html


def test_styles_and_scripts_name_no_other_host() -> None:
    for path in (Path(__file__).parent.parent / "web" / "static").iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "//" not in re.sub(r"^\s*//.*$", "", text, flags=re.M), path
        assert "@import" not in text


def test_a_failure_shows_no_trace(
    app: Flask, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(type(index.reader), "documents", fail)
    response = app.test_client().get("/")
    assert response.status_code == 500
    assert "出错了" in response.text
    assert "secret" not in response.text
    assert app.test_client().get("/api/v1/documents").content_type == "application/problem+json"


def test_a_damaged_store_is_explained(
    app: Flask, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise SearchError("存储的文件已损坏：x")

    monkeypatch.setattr(index.store, "disclosure", fail)
    response = app.test_client().get("/documents/x")
    assert response.status_code == 500
    assert "存储的文件已损坏" in response.text
