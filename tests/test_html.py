"""Saved web pages: the same facts as the text, spans, layout tables, encodings, hostile pages."""

import codecs

import pytest

from indexer.disclosure import read
from indexer.errors import ReadingError
from indexer.readers import html
from indexer.readers.registry import read_layout
from search.model import Disclosure
from tests.conftest import NAMES
from tests.make_office import facts, make_html


def _lines(body: str) -> list[list[str]]:
    layout = read_layout(f"<!DOCTYPE html><html><body>{body}</body></html>".encode())
    return [[f.text for f in line.fragments] for line in layout.lines if line.fragments]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_what_the_text_says(disclosures: dict[str, Disclosure], name: str) -> None:
    of = read(make_html(disclosures[name]), "x.html")
    assert of.media_type == html.MEDIA_TYPE
    assert facts(of) == facts(disclosures[name])


TEXT = "<p>收入支出决算总表</p>"


@pytest.mark.parametrize(
    "data",
    [
        f"<meta charset=gb2312>{TEXT}".encode("gb18030"),
        f'<html><meta http-equiv=Content-Type content="text/html; charset=gbk">{TEXT}'.encode(
            "gbk"
        ),
        f"<html>{TEXT}".encode("gb18030"),
        f"<html>{TEXT}".encode(),
        f"<html><meta charset=nonsense>{TEXT}".encode(),
        f"<html><meta charset=gbk>{TEXT}龘㐀".encode(),
        codecs.BOM_UTF8 + f"<HTML><meta charset=gbk>{TEXT}".encode(),
        codecs.BOM_UTF16_LE + f"<html>{TEXT}".encode("utf-16-le"),
        f'<?xml version="1.0" encoding="utf-8"?>\n<!-- x --><!DOCTYPE html><html>{TEXT}'.encode(),
    ],
)
def test_encodings(data: bytes) -> None:
    layout = read_layout(data)
    assert layout.media_type == html.MEDIA_TYPE
    assert layout.text.startswith("收入支出决算总表")


def test_spans_are_printed_once_with_blanks() -> None:
    table = (
        "<table><tr><td rowspan=2>项目<td colspan=2>2024年<tr><td>合计<td>基本支出"
        "<tr><td>办公费<td>1.00&nbsp;<td>&nbsp;</table>"
    )
    assert _lines(table) == [
        ["项目", "2024年", ""], ["", "合计", "基本支出"], ["办公费", "1.00", ""],
    ]  # fmt: skip


def test_title_and_unit_rows_of_a_table_are_lines_of_text() -> None:
    table = (
        "<table><tr><td colspan=3>收入总表</td></tr><tr><td>部门：某某局<td><td>单位：万元</tr>"
        "<tr><td>项目<td>合计<td>其他</tr><tr><td>办公费<td>1<td>2</tr>"
        "<tr><td colspan=3>注：以上为本年数</tr></table>"
    )
    assert _lines(table) == [
        ["收入总表"], ["部门：某某局"], ["单位：万元"], ["项目", "合计", "其他"],
        ["办公费", "1", "2"], ["注：以上为本年数"],
    ]  # fmt: skip


def test_what_a_browser_hides_is_left_out() -> None:
    body = (
        "<script>var a = 1</script><style>p{}</style><nav>首页</nav><div class='nav left'>导航"
        "</div>"
        "<p hidden>甲</p><p style='display: none'>乙</p><!-- 丙 --><select><option>丁</select>"
        "<footer>版权</footer><p>正文共 5 万元。</p>"
        "<div class='share'><table><tr><td>戊<td>1</table></div>"
    )
    assert _lines(body) == [["正文共 5 万元。"], ["戊", "1"]]


def test_headings_paragraphs_lists_and_line_breaks() -> None:
    body = (
        "<h2>第一部分&ensp;概况</h2><p>一行<br>又一行<br><br>另一段<ul><li>甲<li>乙</ul>"
        "共<b>7</b><span>.5</span>万元&lt;"
    )
    layout = read_layout(f"<html><body>{body}".encode())
    assert layout.lines[0].heading == 2
    printed = [line.text for line in layout.lines]
    assert "|".join(printed) == "第一部分 概况||一行|又一行||另一段||甲||乙||共7.5万元<|"


def test_a_layout_table_is_no_grid_and_a_nested_table_is_one_of_its_own() -> None:
    body = (
        "<table><tr><td>左边<td><p>第一段。</p><p>第二段。</p>"
        "<table><tr><td>项目<td>金额<tr><td>水费<td>1.00</table></table>"
        "<table><tr><td><p>甲</p><p>乙</p></table>"
    )
    assert _lines(body) == [
        ["左边"], ["第一段。"], ["第二段。"], ["项目", "金额"], ["水费", "1.00"], ["甲"], ["乙"],
    ]  # fmt: skip


def test_a_table_nested_in_a_grid_keeps_its_figures_apart() -> None:
    body = (
        "<table><tr><td>项目<td>金额<tr><td>电费<td>2.00<table><tr><td>其中<td>1.50</table></table>"
    )
    assert _lines(body) == [["项目", "金额"], ["电费", "2.00"], ["其中", "1.50"]]


def test_figures_in_a_cell_are_never_run_together() -> None:
    body = (
        "<table><tr><td>甲<td>12<br>13<tr><td>乙<td><p>14</p><p>15</p>"
        "<tr><td>丙<td>12.5<sup>1</sup></table>"
    )
    assert [row[1] for row in _lines(body)] == ["12 / 13", "14 / 15", "12.5[1]"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<img src=a.png>", "没有任何文字"),
        ("<script>x</script>", "没有任何文字"),
        ("<div>" * 5000 + "甲", "嵌套"),
        ("<table><tr><td>" * 500 + "甲", "嵌套"),
        ("<table><tr><td>甲" + "<td colspan=99999>1" * 600 + "</table>", "单元格"),
        ("<table>" + "<tr><td rowspan=65534 colspan=1000>1" * 600 + "</table>", "单元格"),
    ],
)
def test_hostile_pages_are_refused(body: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        _lines(body)


def test_too_many_tags_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MAX_ELEMENTS", 3)
    with pytest.raises(ReadingError, match="标签"):
        _lines("<p>甲")


def test_bytes_that_are_no_text_are_refused(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ReadingError, match=r"二进制|编码"):
        read_layout(b"<html>" + b"\xff\xfe\xfd\xfc" * 99)
    assert capfd.readouterr() == ("", "")
