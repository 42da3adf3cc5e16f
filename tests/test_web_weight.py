"""What a page weighs on its way: under 150 kB with all its styles and scripts."""

import gzip
import re

from flask.testing import FlaskClient

from search.index import Index

MOST = 150_000
GZIP = {"Accept-Encoding": "gzip, br"}


def _paths(index: Index) -> list[str]:
    documents = [f"/documents/{info.id}" for info in index.reader.documents()]
    return ["/", "/?q=2024", "/help", "/coverage", "/api", "/compare", *documents]


def _size(client: FlaskClient, path: str, headers: dict[str, str]) -> int:
    with client.get(path, headers=headers) as sent:
        return len(sent.data)


def test_pages_weigh_little(client: FlaskClient, index: Index) -> None:
    for path in _paths(index):
        page = client.get(path, headers=GZIP)
        html = gzip.decompress(page.data).decode()
        own = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', html))
        assert any(name.endswith(".css") for name in own)
        weight = len(page.data) + sum(_size(client, name, GZIP) for name in own)
        assert weight < MOST, path


def test_an_answer_stays_under_it_without_compression(client: FlaskClient) -> None:
    for query in ("2024", "人才", "合计"):
        html = client.get("/", query_string={"q": query}).text
        own = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', html))
        assert len(html.encode()) + sum(_size(client, name, {}) for name in own) < MOST


def test_compressed_is_the_same(client: FlaskClient) -> None:
    for path in ("/?q=人才", "/api/v1/search?q=人才"):
        plain, packed = client.get(path), client.get(path, headers=GZIP)
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert len(packed.data) < len(plain.data) / 2
        took = rb'took_ms":[0-9.]+|[0-9]+ \xe6\xaf\xab\xe7\xa7\x92'
        assert re.sub(took, b"", gzip.decompress(packed.data)) == re.sub(took, b"", plain.data)


def test_who_does_not_take_it_gets_it_plain(client: FlaskClient) -> None:
    for header in ({}, {"Accept-Encoding": "br"}, {"Accept-Encoding": "gzip;q=0"}):
        assert "Content-Encoding" not in client.get("/", headers=header).headers


def test_sources_and_exports_are_sent_as_they_are(client: FlaskClient, index: Index) -> None:
    info = index.reader.documents()[0]
    with client.get(f"/documents/{info.id}/source", headers=GZIP) as sent:
        assert "Content-Encoding" not in sent.headers
