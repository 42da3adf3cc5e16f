"""Page pictures: a cited cell or clause is boxed on the page that it was published on."""

import os
import re
from io import BytesIO
from typing import cast

import pytest
from flask.testing import FlaskClient
from PIL import Image

from search.index import Index
from search.model import Disclosure
from search.service import search
from search.store import Store
from tests.make_pdf import Maker
from web import create_app, pictures
from web.pictures import MAX_PIXELS, Picture, Pictures
from web.scan import Box


@pytest.fixture(scope="module")
def client(paper: Index) -> FlaskClient:
    return create_app(paper).test_client()


def _cited(index: Index, query: str) -> tuple[str, str, int]:
    hit = search(index, query, page=1, limit=1).hits[0]
    assert hit.locator.page is not None
    return hit.document.id, hit.id, hit.locator.page


def _boxes(html: str) -> list[Box]:
    found = re.findall(
        r'<rect class="(\w+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', html
    )
    return [Box(mark, *map(float, numbers)) for mark, *numbers in found]


def test_a_hit_leads_to_its_page(client: FlaskClient, paper: Index) -> None:
    document, record, page = _cited(paper, "公务用车运行维护费 2024 > 10万元")
    html = client.get("/?q=公务用车运行维护费 2024 > 10万元").text
    assert f'href="/documents/{document}/pages/{page}?at={record}"' in html
    assert f"第{page}页）</cite>" in html


def test_the_figure_is_boxed_where_it_is_printed(client: FlaskClient, paper: Index) -> None:
    document, record, page = _cited(paper, "类:表格 公务用车运行维护费 > 10万元")
    html = client.get(f"/documents/{document}/pages/{page}?at={record}").text
    boxes = _boxes(html)
    assert [box.mark for box in boxes] == ["clause", "figure"]
    row, figure = boxes
    assert row.x <= figure.x
    assert row.y <= figure.y
    assert figure.x + figure.width <= row.x + row.width + 0.01
    shown = client.get(f"/documents/{document}/pages/{page}.png")
    picture = Image.open(BytesIO(shown.data)).convert("L")
    points = re.search(r'viewBox="0 0 ([\d.]+)', html)
    assert points is not None
    scale = picture.width / float(points[1])
    x, y = figure.x * scale, figure.y * scale
    inside = picture.crop((x, y, x + figure.width * scale, y + figure.height * scale))
    assert min(inside.tobytes()) < 100, "there is print in the box"


def test_the_document_shows_the_cited_part_of_its_page(client: FlaskClient, paper: Index) -> None:
    document, record, page = _cited(paper, "类:表格 公务用车运行维护费 > 10万元")
    html = client.get(f"/documents/{document}?at={record}").text
    assert html.count('<svg class="picture"') == 1
    assert f'<image href="/documents/{document}/pages/{page}.png"' in html
    assert '<svg class="picture"' not in client.get(f"/documents/{document}").text


def test_pages_turn(client: FlaskClient, paper: Index) -> None:
    document, _, _ = _cited(paper, "公务用车")
    first = client.get(f"/documents/{document}/pages/1").text
    assert 'rel="prev"' not in first
    assert f'rel="next" href="/documents/{document}/pages/2"' in first
    assert not _boxes(first)


def test_a_picture_is_kept_by_browsers(client: FlaskClient, paper: Index) -> None:
    document, _, _ = _cited(paper, "公务用车")
    shown = client.get(f"/documents/{document}/pages/1.png")
    assert shown.content_type == "image/png"
    assert "immutable" in shown.headers["Cache-Control"]


@pytest.mark.parametrize("page", ["0", "9999", "x", "-1"])
def test_there_is_no_such_page(client: FlaskClient, paper: Index, page: str) -> None:
    document, _, _ = _cited(paper, "公务用车")
    assert client.get(f"/documents/{document}/pages/{page}").status_code == 404
    assert client.get(f"/documents/{document}/pages/{page}.png").status_code == 404


def test_a_text_has_no_pages(index: Index, disclosures: dict[str, Disclosure]) -> None:
    client = create_app(index).test_client()
    assert client.get(f"/documents/{disclosures['泽州'].id}/pages/1").status_code == 404


class Stored:
    """A store of one source."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def source(self, sha256: str) -> bytes:
        return self.data


def _page(data: bytes) -> Picture | None:
    return Pictures(cast(Store, Stored(data))).page("", 1)


def test_a_huge_page_is_drawn_smaller() -> None:
    maker = Maker()
    maker.begin((14000, 14000))
    maker.text(100, 100, "巨大的页面")
    drawn = _page(maker.data())
    assert drawn is not None
    width, height = Image.open(BytesIO(drawn.png)).size
    assert width * height <= MAX_PIXELS


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"%PDF-1.7" + bytes(range(256)) * 40])
def test_what_cannot_be_drawn_gives_no_picture(data: bytes) -> None:
    assert _page(data) is None


def test_a_dying_process_gives_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_drawn", _die)
    assert _page(b"") is None


def _exit() -> None:
    os._exit(1)


def test_a_page_without_a_drawing_process_says_so(
    paper: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = create_app(paper).test_client()
    document, record, page = _cited(paper, "类:表格 公务用车运行维护费 > 10万元")
    with monkeypatch.context() as broken:
        broken.setattr(pictures, "_limit", _exit)
        for path in (f"/documents/{document}?at={record}", f"/documents/{document}/pages/{page}"):
            answer = client.get(path)
            assert answer.status_code == 200
            assert f"第 {page} 页的图没有画成" in answer.text
            assert f"/documents/{document}/source" in answer.text
            assert "<svg" not in answer.text
        assert client.get(f"/documents/{document}/pages/9999").status_code == 404
        assert client.get(f"/documents/{document}/pages/{page}.png").status_code == 404
    assert '<svg class="picture' in client.get(f"/documents/{document}?at={record}").text


@pytest.mark.parametrize("error", [OSError("no more processes"), RuntimeError("no more threads")])
def test_a_pool_that_cannot_start_gives_no_picture(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("pebble.ProcessPool.schedule", fail)
    assert _page(b"") is None


def _die(data: bytes, number: int) -> None:
    os.abort()
