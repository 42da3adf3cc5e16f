"""DOCX documents: the same facts as the text, what Word prints and hides, hostile files."""

from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml

import indexer.readers.docx
from indexer.disclosure import read
from indexer.errors import ReadingError
from indexer.readers.numbering import print_number
from indexer.readers.registry import read_layout
from search.model import Disclosure
from tests.conftest import NAMES
from tests.make_office import facts, make_docx, repacked

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SPACES = (
    f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _document(body: str) -> bytes:
    document = docx.Document()
    for element in parse_xml(f"<w:body {SPACES}>{body}</w:body>"):
        document.element.body.insert(-1, element)
    return _saved(document)


def _saved(document: Document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _lines(data: bytes | str) -> list[list[str]]:
    layout = read_layout(_document(data) if isinstance(data, str) else data)
    return [[f.text for f in line.fragments] for line in layout.lines if line.fragments]


def _p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{_r(text)}</w:p>"


def _r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _tc(text: str, properties: str = "") -> str:
    inside = text if text.startswith("<w:") else _p(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def _span(count: int) -> str:
    return f'<w:gridSpan w:val="{count}"/>'


@pytest.mark.parametrize("name", NAMES)
def test_a_document_says_what_the_text_says(disclosures: dict[str, Disclosure], name: str) -> None:
    of = read(make_docx(disclosures[name]), "x.docx")
    assert of.media_type == indexer.readers.docx.MEDIA_TYPE
    assert facts(of) == facts(disclosures[name])


def test_paragraphs_stand_apart_and_headings_are_marked() -> None:
    document = docx.Document()
    document.add_heading("概况", 2)
    document.add_paragraph("第一段")
    document.add_paragraph("第二段").add_run().add_break()
    document.paragraphs[-1].add_run("同段")
    layout = read_layout(_saved(document))
    assert [line.text for line in layout.lines] == ["概况", "", "第一段", "", "第二段", "同段", ""]
    assert [line.heading for line in layout.lines[:3]] == [2, 0, 0]


def test_merged_cells_are_printed_once_with_blanks() -> None:
    table = (
        "<w:tbl>"
        + _row(_tc("项目", '<w:vMerge w:val="restart"/>'), _tc("2024年", _span(2)))
        + _row(_tc("项目", "<w:vMerge/>"), _tc("合计"), _tc("基本支出"))
        + _row(_tc("办公费"), _tc("1.00"), _tc(""))
        + _row(_tc("3.00"), properties='<w:gridBefore w:val="1"/>')
        + "</w:tbl>"
    )
    assert _lines(table) == [
        ["项目", "2024年", ""], ["", "合计", "基本支出"], ["办公费", "1.00", ""], ["", "3.00"],
    ]  # fmt: skip


def test_title_and_unit_rows_of_a_table_are_lines_of_text() -> None:
    table = (
        "<w:tbl>"
        + _row(_tc("收入总表", _span(3)))
        + _row(_tc("部门：某某局"), _tc(""), _tc("单位：万元"))
        + _row(_tc("项目"), _tc("合计"), _tc("其他"))
        + _row(_tc("一、没有数的一行"), _tc(""), _tc(""))
        + _row(_tc("办公费"), _tc("1"), _tc("2"))
        + "</w:tbl>"
    )
    assert _lines(table) == [
        ["收入总表"], ["部门：某某局"], ["单位：万元"], ["项目", "合计", "其他"],
        ["一、没有数的一行", "", ""], ["办公费", "1", "2"],
    ]  # fmt: skip


def test_borders_that_miss_each_other_make_no_column() -> None:
    widths = "".join(f'<w:gridCol w:w="{w}"/>' for w in (2000, 60, 2000, 2000))
    table = (
        f"<w:tbl><w:tblGrid>{widths}</w:tblGrid>"
        + _row(_tc("项目"), _tc("合计", _span(2)), _tc("其他"))
        + _row(_tc("办公费", _span(2)), _tc("1"), _tc("2"))
        + "</w:tbl>"
    )
    assert _lines(table) == [["项目", "合计", "其他"], ["办公费", "1", "2"]]


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        f"<w:p>{_r('支出')}<w:ins>{_r('12.5')}</w:ins><w:del><w:r><w:delText>99</w:delText></w:r>"
        f"</w:del><w:moveFrom>{_r('旧')}</w:moveFrom>{_r('万元。')}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{_r('前半')}</w:p>{_p('后半')}"
        "<w:tbl>"
        + _row(_tc("项目"), _tc("金额"))
        + _row(_tc("删去"), _tc("9"), properties="<w:del/>")
        + _row(_tc("水费"), _tc("1"))
        + "</w:tbl>"
    )
    assert _lines(body) == [
        ["支出12.5万元。"], ["前半后半"], ["项目", "金额"], ["水费", "1"],
    ]  # fmt: skip


def test_text_boxes_are_read_once_and_hidden_text_not() -> None:
    box = f"<w:txbxContent>{_p('框内文字')}</w:txbxContent>"
    body = (
        f"<w:p>{_r('正文')}{_r('隐藏', '<w:vanish/>')}<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape>{box}</v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert _lines(body) == [["正文"], ["框内文字"]]


def test_figures_in_a_cell_are_never_run_together() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    table = (
        "<w:tbl>"
        + _row(_tc("甲"), _tc(_p("12") + _p("13")))
        + _row(_tc("乙"), _tc("<w:p><w:r><w:t>14</w:t><w:tab/><w:br/><w:t>15</w:t></w:r></w:p>"))
        + _row(_tc("丙"), _tc(f"<w:p>{_r('12.5')}{_r('1', raised)}</w:p>"))
        + _row(_tc("丁"), _tc(f"<w:p>{_r('7,2')}{_r('33.5')}</w:p>"))
        + "</w:tbl>"
    )
    assert [row[1] for row in _lines(table)] == ["12 / 13", "14 / 15", "12.5[1]", "7,233.5"]


def test_a_nested_table_is_a_table_of_its_own() -> None:
    inner = f"<w:tbl>{_row(_tc('其中'), _tc('1.50'))}</w:tbl>{_p('')}"
    rows = _row(_tc("项目"), _tc("金额")) + _row(_tc("电费"), _tc(_p("2.00") + inner))
    grid = f"<w:tbl>{rows}</w:tbl>"
    assert _lines(grid) == [["项目", "金额"], ["电费", "2.00"], ["其中", "1.50"]]
    frame = f"<w:tbl>{_row(_tc(_p('说明') + inner))}</w:tbl>"
    assert _lines(frame) == [["说明"], ["其中", "1.50"]]


def test_contents_entries_have_title_and_page() -> None:
    def entry(text: str, page: str) -> str:
        return (
            f"<w:p><w:hyperlink>{_r(text)}<w:r><w:tab/></w:r><w:r><w:fldChar "
            'w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r>'
            f"{_r(page)}</w:hyperlink></w:p>"
        )

    inside = _p("目 录") + entry("第一部分 概况", "1") + entry("第二部分 报表", "12")
    body = f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>" + _p("第一部分 概况")
    assert _lines(body) == [
        ["目 录"], ["第一部分 概况", "1"], ["第二部分 报表", "12"], ["第一部分 概况"],
    ]  # fmt: skip


def test_tabs_part_heads_into_lines() -> None:
    body = "<w:p><w:r><w:t>部门：某某局</w:t><w:tab/><w:tab/><w:t>单位：万元</w:t></w:r></w:p>"
    assert _lines(body + "<w:p><w:r><w:tab/><w:t>缩进的一段</w:t></w:r></w:p>") == [
        ["部门：某某局"], ["单位：万元"], ["缩进的一段"],
    ]  # fmt: skip


def test_page_breaks_part_and_page_heads_are_left_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "某某局2024年部门预算"
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    document.add_paragraph("封面").add_run().add_break(WD_BREAK.PAGE)
    document.paragraphs[-1].add_run("次页")
    assert _lines(_saved(document)) == [["封面"], ["次页"]]


def test_automatic_numbers_are_printed() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(
            [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
        )
    )
    document = docx.Document()
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for xml in (
        f'<w:abstractNum {W} w:abstractNumId="1">{levels}</w:abstractNum>',
        f'<w:num {W} w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
        f'<w:num {W} w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>',
    ):
        root.append(parse_xml(xml))
    for number, depth, text in (
        (1, 0, "收入"), (1, 1, "甲"), (1, 1, "乙"), (1, 2, "2024年"), (1, 0, "支出"), (1, 1, "丙"),
        (2, 0, "重来"), (0, 0, "无号"),
    ):  # fmt: skip
        xml = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        body = parse_xml(f"<w:body {SPACES}>{_p(text, xml)}</w:body>")
        document.element.body.insert(-1, body[0])
    assert [text for (text,) in _lines(_saved(document))] == [
        "一、收入", "（一）甲", "（二）乙", "1. 2024年", "二、支出", "（一）丙", "一、重来", "无号",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "form", "printed"),
    [
        (10, "chineseCounting", "十"),
        (12, "japaneseCounting", "十二"),
        (20, "chineseCountingThousand", "二十"),
        (105, "chineseCountingThousand", "一百零五"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (2, "upperLetter", "B"),
        (4, "lowerRoman", "iv"),
        (7, "decimalZero", "07"),
        (99999, "chineseCounting", "99999"),
    ],
)
def test_number_formats(number: int, form: str, printed: str) -> None:
    assert print_number(number, form) == printed


def test_footnotes_are_notes_of_their_own() -> None:
    document = docx.Document()
    xml = f'<w:footnotes {W}><w:footnote w:id="2">{_p("含上年结转。")}</w:footnote></w:footnotes>'
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        xml.encode(),
        document.part.package,
    )
    document.part.relate_to(part, f"{RELATIONS}/footnotes")
    body = f'<w:p>{_r("支出7233.33")}<w:r><w:footnoteReference w:id="2"/></w:r>{_r("万元。")}</w:p>'
    document.element.body.insert(-1, parse_xml(f"<w:body {W}>{body}</w:body>")[0])
    assert _lines(_saved(document)) == [["支出7233.33万元。"], ["注：含上年结转。"]]


def test_pictures_are_reported_and_alone_refused() -> None:
    picture = "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>"
    (warning,) = read_layout(_document(_p("正文") + picture)).warnings
    assert "1 张图片" in warning.message
    with pytest.raises(ReadingError, match="没有任何文字"):
        _lines(picture)


def test_deep_nesting_is_refused() -> None:
    def nested(levels: int) -> str:
        return f"<w:tbl>{_row(_tc(nested(levels - 1) + _p('')))}</w:tbl>" if levels else _p("底")

    assert _lines(nested(10)) == [["底"]]
    with pytest.raises(ReadingError, match="嵌套"):
        _lines(nested(45))


def test_limits_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    table = f"<w:tbl>{_row(_tc('甲', _span(99999)), _tc('1'))}{_row(_tc('乙'), _tc('2'))}</w:tbl>"
    assert _lines(table)[1] == ["乙", "2"]
    monkeypatch.setattr(indexer.readers.docx, "MAX_CELLS", 3)
    with pytest.raises(ReadingError, match="单元格"):
        _lines(table)


@pytest.mark.parametrize(
    ("part", "content", "reason"),
    [
        ("word/document.xml", b"<a", "已损坏"),
        ("word/document.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "实体"),
        ("word/styles.xml", b"<a>", "已损坏"),
        ("_rels/.rels", b"<a/>", "已损坏"),
        ("[Content_Types].xml", b"<Types/>", "不是 DOCX"),
    ],
)
def test_damaged_documents_are_refused(
    part: str, content: bytes, reason: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ReadingError, match=reason):
        read_layout(repacked(_document(_p("正文")), part, content))
    assert capfd.readouterr() == ("", "")
