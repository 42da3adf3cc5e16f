"""What a server owes those who run it and other programs: limits, caching, discovery, a log."""

import json
import logging
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from search.index import Index
from web import create_app

ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def test_an_answer_of_the_api_is_asked_for_again_only_when_the_index_changes(
    client: FlaskClient,
) -> None:
    first = client.get("/api/v1/search?q=公务用车")
    tag = first.headers["ETag"]
    assert tag.startswith('W/"')
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/api/v1/search?q=公务用车", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get("/api/v1/search?q=公务用车", headers={"If-None-Match": 'W/"other"'})
    assert other.status_code == 200


def test_failures_are_not_kept(client: FlaskClient) -> None:
    assert "ETag" not in client.get("/api/v1/search?page=x").headers


def test_too_many_requests_are_refused_as_a_problem(index: Index) -> None:
    client = create_app(index, rate="3 per minute").test_client()
    codes = [client.get("/api/v1/documents").status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    refused = client.get("/api/v1/documents")
    assert refused.content_type == "application/problem+json"
    assert int(refused.headers["Retry-After"]) > 0
    assert "过于频繁" in client.get("/").text
    other = client.get("/api/v1/documents", environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert other.status_code == 200


def test_a_rate_must_be_one(index: Index) -> None:
    with pytest.raises(ValueError, match="rate"):
        create_app(index, rate="often")


def test_only_a_trusted_proxy_says_who_asks(index: Index) -> None:
    told = {"X-Forwarded-Host": "budget.example", "X-Forwarded-Proto": "https",
            "X-Forwarded-Prefix": "/gongkai"}  # fmt: skip
    behind = create_app(index, proxies=1).test_client().get("/opensearch.xml", headers=told)
    assert 'template="https://budget.example/gongkai/?q={searchTerms}"' in behind.text
    alone = create_app(index).test_client().get("/opensearch.xml", headers=told)
    assert "budget.example" not in alone.text


def test_a_large_request_is_refused(client: FlaskClient) -> None:
    assert client.post("/", data={"q": "x" * 100_000}).status_code in {405, 413}


def test_browsers_find_the_search_box(client: FlaskClient) -> None:
    assert 'href="/opensearch.xml"' in client.get("/").text
    found = ElementTree.fromstring(client.get("/opensearch.xml").data)
    addresses = [url.attrib["template"] for url in found.iter(f"{OPENSEARCH}Url")]
    assert addresses[0] == "http://localhost/?q={searchTerms}"
    assert client.get(addresses[0].replace("{searchTerms}", "人才")).status_code == 200


def test_a_feed_holds_the_hits_of_a_query(client: FlaskClient) -> None:
    assert 'type="application/atom+xml"' in client.get("/?q=公务用车 2024 > 10万元").text
    answer = client.get("/feed?q=公务用车 2024 > 10万元")
    assert answer.content_type.startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.data)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 3
    for entry in entries:
        link = entry.find(f"{ATOM}id")
        assert link is not None
        assert client.get(str(link.text)).status_code == 302


@pytest.mark.parametrize("query", ["", "<script>", "\x00\x01", "没有这样的词", "a" * 500])
def test_a_feed_is_always_well_formed(client: FlaskClient, query: str) -> None:
    answer = client.get("/feed", query_string={"q": query})
    if answer.status_code == 200:
        ElementTree.fromstring(answer.data)


def test_a_sign_of_life(client: FlaskClient, index: Index) -> None:
    assert client.get("/healthz").json == {"status": "ok", "commit": index.commit}


def test_each_request_is_a_line_of_json(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="gongkai.access"):
        client.get("/api/v1/search?q=人才")
        client.get("/", query_string={"q": "a" * 100_000})
    record, long = caplog.records
    assert len(long.getMessage()) < 3000
    entry = json.loads(record.getMessage())
    assert (entry["method"], entry["path"], entry["status"]) == ("GET", "/api/v1/search", 200)
    assert entry["ms"] >= 0
    assert "127.0.0.1" not in record.getMessage()
