"""The document page: the whole disclosure in order, the cited place marked, the source itself."""

import re
from hashlib import sha256
from html import unescape

import pytest
from flask.testing import FlaskClient

from search.index import Index
from search.model import Disclosure
from web import create_app, place, reading


@pytest.fixture(scope="module")
def client(index: Index) -> FlaskClient:
    return create_app(index).test_client()


@pytest.fixture(scope="module")
def zezhou(index: Index, disclosures: dict[str, Disclosure]) -> Disclosure:
    found = index.store.disclosure(disclosures["泽州"].id)
    assert found is not None
    return found


def _marked(html: str) -> list[str]:
    return [unescape(text) for text in re.findall(r"<mark[^>]*>(.*?)</mark>", html)]


def _bare(html: str) -> str:
    """Return a page without the links of its cells."""
    return re.sub(r'<a href="/records/[^>]*>(.*?)</a>', r"\1", html)


def test_the_whole_disclosure_stands_in_source_order(
    client: FlaskClient, zezhou: Disclosure
) -> None:
    html = unescape(client.get(f"/documents/{zezhou.id}").text)
    article = html[html.index("<article") :]
    at = 0
    for block in reading.blocks(zezhou, None):
        text = block.title or block.segments[0].text.split("\n")[0]
        at = article.index(text, at)
    assert article.count('<table class="ledger printed">') == len(zezhou.tables)
    assert "注：本表无数据" in article


def test_outline_leads_to_every_heading_and_table(client: FlaskClient, zezhou: Disclosure) -> None:
    html = client.get(f"/documents/{zezhou.id}").text
    anchors = re.findall(r'<li class="level[^>]*><a href="#([^"]+)"', html)
    assert len(anchors) == len(zezhou.sections) + len(zezhou.tables)
    ids = re.findall(r' id="([^"]+)"', html)
    assert set(anchors) <= set(ids)
    assert len(ids) == len(set(ids))


def test_metadata_names_department_source_and_hash(client: FlaskClient, zezhou: Disclosure) -> None:
    html = client.get(f"/documents/{zezhou.id}").text
    for text in (*zezhou.department_variants, *zezhou.sources, zezhou.sha256, "部门预算"):
        assert text in html


def test_a_cited_row_is_marked(client: FlaskClient, zezhou: Disclosure) -> None:
    (row,) = (
        row
        for table in zezhou.tables
        for row in table.rows
        if row.label_verbatim == "②公务用车运行维护费"
    )
    html = client.get(f"/documents/{zezhou.id}?at={row.id}").text
    assert _marked(html) == ["②公务用车运行维护费", "17.50", "17.50"]
    assert '<td id="at"><mark class="clause">②公务用车运行维护费</mark></td>' in html


def test_a_cited_statement_is_marked_within_its_paragraph(
    client: FlaskClient, zezhou: Disclosure
) -> None:
    (statement,) = (
        statement
        for passage in zezhou.passages
        for statement in passage.statements
        if statement.quote == "公务用车运行维护费17.50万元，与上年预算数相同"
    )
    html = client.get(f"/documents/{zezhou.id}?at={statement.id}").text
    assert _marked(html) == ["公务用车运行维护费", "17.50万元", "，与上年预算数相同"]
    assert html.count('id="at"') == 1


def test_every_citable_place_is_marked_once(disclosures: dict[str, Disclosure]) -> None:
    for disclosure in disclosures.values():
        rows = [r for t in disclosure.tables for r in t.rows if r.has_value]
        passages = [p for p in disclosure.passages if p.part != "apparatus"]
        statements = [s for p in passages[::3] for s in p.statements]
        ids = [record.id for record in rows[::7]]
        ids += [record.id for record in passages[::5]]
        ids += [record.id for record in statements]
        ids += [record.id for record in disclosure.projects]
        for record in ids:
            found = place.find(disclosure, record)
            assert found is not None
            arrivals = [
                block.at
                or any(segment.mark for segment in block.segments)
                or (block.grid and any(cell.first for line in block.grid.body for cell in line))
                for block in reading.blocks(disclosure, found)
            ]
            assert sum(map(bool, arrivals)) == 1, record


def test_every_statement_is_marked_to_the_letter(disclosures: dict[str, Disclosure]) -> None:
    for disclosure in disclosures.values():
        for passage in disclosure.passages[::2]:
            for statement in passage.statements:
                blocks = reading.blocks(disclosure, place.find(disclosure, statement.id))
                marked = [s.text for block in blocks for s in block.segments if s.mark]
                assert "".join(marked) == statement.quote


def test_a_place_that_is_gone_is_said_to_be(client: FlaskClient, zezhou: Disclosure) -> None:
    html = client.get(f"/documents/{zezhou.id}?at={zezhou.id}-r1").text
    assert "没有找到所引的位置" in html
    assert 'id="at"' not in html


def test_heads_are_merged_and_figures_set_right(client: FlaskClient, zezhou: Disclosure) -> None:
    html = _bare(client.get(f"/documents/{zezhou.id}").text)
    assert '<th scope="colgroup" colspan="4">2024年预算数</th>' in html
    assert '<td>公务接待费</td><td class="number">1.00</td>' in html
    assert "<td>因公出国（境）费</td><td></td><td></td>" in html
    assert "<td>2080505</td>" in html


def test_a_dash_is_printed(client: FlaskClient, disclosures: dict[str, Disclosure]) -> None:
    html = _bare(client.get(f"/documents/{disclosures['科技人才'].id}").text)
    assert '<td class="number">——</td>' in html


def test_long_text_of_a_form_has_the_room_of_the_blanks_beside_it(
    client: FlaskClient, zezhou: Disclosure
) -> None:
    html = client.get(f"/documents/{zezhou.id}").text
    assert re.search(r'<td>立项依据</td><td colspan="[3-9]">晋驻村办', html)
    assert '<td class="number">20,000</td>' in html


def test_the_source_is_sent_byte_for_byte(client: FlaskClient, zezhou: Disclosure) -> None:
    response = client.get(f"/documents/{zezhou.id}/source")
    assert sha256(response.data).hexdigest() == zezhou.sha256
    assert response.content_type == "text/plain"
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert "filename*=UTF-8''2024-" in disposition


@pytest.mark.parametrize("path", ["nothing", "nothing/source", "..%2f..%2fetc%2fpasswd", "%00"])
def test_an_unknown_document_is_a_page_that_says_so(client: FlaskClient, path: str) -> None:
    response = client.get(f"/documents/{path}")
    assert response.status_code == 404
    assert "没有找到所要的内容" in response.text


def test_every_figure_of_a_table_leads_to_its_citation(
    client: FlaskClient, zezhou: Disclosure
) -> None:
    html = client.get(f"/documents/{zezhou.id}").text
    links = re.findall(r'<a href="(/records/[^"]+)">(?:<mark[^>]*>)?([^<]*)', html)
    printed = sum(
        cell.value is not None and cell.locator is not None
        for table in zezhou.tables
        for row in table.rows
        for cell in row.cells
    )
    assert len(links) == printed
    for href, text in links[:: len(links) // 12]:
        page = client.get(href).text
        assert re.search(r'aria-current="true">' + re.escape(text) + "<", page)


def test_the_metadata_names_its_grounds(client: FlaskClient, zezhou: Disclosure) -> None:
    html = client.get(f"/documents/{zezhou.id}").text
    table = html[html.index("怎样判断") : html.index("</details>", html.index("怎样判断"))]
    assert "涿州市人力资源和社会保障局" in table
    assert table.count("采用") >= 4
    anchors = re.findall(r'href="#([^"]+)">第\d+行', table)
    assert len(anchors) > 6
    assert set(anchors) <= set(re.findall(r' id="([^"]+)"', html))
