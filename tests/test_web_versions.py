"""A superseded version can still be read and cited, and says what took its place."""

from pathlib import Path

from indexer import pipeline
from search.index import Index
from tests.conftest import Silent, source
from web import create_app


def test_superseded_version(tmp_path: Path) -> None:
    path = tmp_path / "泽州.txt"
    text = source("泽州").read_text(encoding="utf-8")
    for version in (text, text.replace("17.50", "19.50")):
        path.write_text(version, encoding="utf-8")
        pipeline.index([path], str(tmp_path / "x"), workers=0, progress=Silent())
    index = Index(str(tmp_path / "x"))
    new, old = sorted(index.reader.documents(), key=lambda d: d.superseded_by is not None)
    client = create_app(index).test_client()
    page = client.get(f"/documents/{old.id}").get_data(as_text=True)
    assert "此版已被取代" in page
    assert f"/documents/{new.id}" in page
    assert "此文的新版" in page
    assert "此文的旧版" in client.get(f"/documents/{new.id}").get_data(as_text=True)
    assert "此版已被取代" not in client.get(f"/documents/{new.id}").get_data(as_text=True)
    assert "1 份公开文件" in client.get("/").get_data(as_text=True)
    assert client.get(f"/documents/{old.id}/source").data == text.encode()
