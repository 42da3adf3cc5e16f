"""XLSX workbooks: the same facts as the text, cells as printed, hidden parts, hostile files."""

import re
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from indexer.disclosure import read
from indexer.errors import ReadingError
from indexer.readers import package, xlsx
from indexer.readers.numberformat import Value, print_value
from indexer.readers.registry import read_layout
from search.model import Disclosure
from tests.conftest import NAMES
from tests.make_office import facts, make_xlsx, repacked

Make = Callable[[Worksheet], object]
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _book(*makes: Make) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, make in enumerate(makes, 1):
        make(book.create_sheet(f"表{number}"))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _lines(data: bytes) -> list[list[str]]:
    layout = read_layout(data)
    return [[f.text for f in line.fragments] for line in layout.lines if line.fragments]


def _sheet_xml(rows: str, after: str = "", before: str = "") -> bytes:
    xml = f"<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    return repacked(
        _book(lambda sheet: sheet.append(["x"])), "xl/worksheets/sheet1.xml", xml.encode()
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_workbook_says_what_the_text_says(disclosures: dict[str, Disclosure], name: str) -> None:
    of = read(make_xlsx(disclosures[name]), "x.xlsx")
    assert of.media_type == xlsx.MEDIA_TYPE
    assert facts(of) == facts(disclosures[name])


def _table(sheet: Worksheet) -> None:
    sheet.append(["收入支出总表", None, None, None])
    sheet.merge_cells("A1:D1")
    sheet.append(["部门：某某县财政局", None, None, "单位：万元"])
    sheet.append(["项目", None, "2024年预算数", None])
    sheet.merge_cells("A3:B3")
    sheet.merge_cells("C3:D3")
    sheet.append(["科目编码", "科目名称", "合计", "基本支出"])
    sheet.append(["0208", "社会保障和就业支出", 17.5, 0.1 + 0.2])
    sheet["C5"].number_format = "#,##0.00"
    sheet.append(["20801", "其他", 0, None])
    sheet["C6"].number_format = "0.00"
    sheet.append(["209", "没有数的一行", None, None])
    sheet.append(["注：本表反映支出情况。"])


TABLE = [
    ["收入支出总表"],
    ["部门：某某县财政局"],
    ["单位：万元"],
    ["项目", "", "2024年预算数", ""],
    ["科目编码", "科目名称", "合计", "基本支出"],
    ["0208", "社会保障和就业支出", "17.50", "0.3"],
    ["20801", "其他", "0.00", ""],
    ["209", "没有数的一行", "", ""],
    ["注：本表反映支出情况。"],
]


def test_title_department_unit_and_note_are_lines_of_text() -> None:
    assert _lines(_book(_table)) == TABLE


def test_several_tables_stand_on_one_sheet() -> None:
    def two(sheet: Worksheet) -> None:
        _table(sheet)
        sheet.append([])
        sheet.append(["三公经费支出表"])
        sheet.append([None, None, None, "单位：万元"])
        sheet.append(["项目", "金额"])
        sheet.append(["公务接待费", 3.0])
        sheet["B13"].number_format = "0.00"

    assert _lines(_book(two)) == [
        *TABLE, ["三公经费支出表"], ["单位：万元"], ["项目", "金额"], ["公务接待费", "3.00"],
    ]  # fmt: skip


def test_a_sheet_without_title_takes_its_name() -> None:
    def bare(sheet: Worksheet) -> None:
        sheet.append(["单位：万元"])
        sheet.append(["项目", "金额"])
        sheet.append(["办公费", 1])

    assert _lines(_book(bare, bare))[:3] == [["单位：万元"], ["表1"], ["项目", "金额"]]


def test_hidden_sheets_rows_and_columns_are_left_out_with_a_warning() -> None:
    def hiding(sheet: Worksheet) -> None:
        for row in (["项目", "旧数", "金额"], ["办公费", 1, 2], ["草稿", 3, 4], ["水费", 5, 6]):
            sheet.append(row)
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[3].hidden = True

    def hidden(sheet: Worksheet) -> None:
        sheet.append(["秘密", 1])
        sheet.sheet_state = "hidden"

    data = _book(hiding, hidden)
    assert _lines(data) == [["表1"], ["项目", "金额"], ["办公费", "2"], ["水费", "6"]]
    messages = " ".join(warning.message for warning in read_layout(data).warnings)
    assert re.search(r"表1”有 1 个隐藏行.*1 个隐藏列.*表2”是隐藏的", messages)


def test_formulas_give_their_saved_result_or_are_reported() -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>合计</t></is></c>'
        '<c r="B1"><f>1+2</f><v>3</v></c><c r="C1"><f>SUM(B1)</f></c>'
        '<c r="D1" t="str"><f>IF(B1,"","")</f><v></v></c><c r="E1" t="e"><v>#DIV/0!</v></c></row>'
    )
    data = _sheet_xml(rows)
    assert _lines(data) == [["表1"], ["合计", "3", "", "", "#DIV/0!"]]
    (warning,) = read_layout(data).warnings
    assert "公式没有保存结果" in warning.message
    assert warning.message.endswith("C1")


def test_a_sheet_that_hides_zeros_prints_blanks() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>0</v></c><c r="C1"><v>2</v></c></row>'
    views = '<sheetViews><sheetView showZeros="0" workbookViewId="0"/></sheetViews>'
    assert _lines(_sheet_xml(rows, before=views)) == [["表1"], ["1", "", "2"]]


def test_what_a_merge_hides_is_not_read() -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>{n}0</v></c>'
        f'<c r="C{n}"><v>7</v></c></row>'
        for n in (1, 2)
    )
    merged = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="C1:C2"/></mergeCells>'
    assert _lines(_sheet_xml(rows, merged)) == [["表1"], ["1", "", "7"], ["2", "20", ""]]


def test_two_figures_in_a_cell_never_become_one() -> None:
    data = _book(lambda sheet: sheet.append(["培训费", "12\n13", "一般\n公共"]))
    assert _lines(data)[1] == ["培训费", "12 / 13", "一般 公共"]


@pytest.mark.parametrize(
    ("value", "number_format", "printed"),
    [
        (17.5, "0.00", "17.50"),
        (0.1 + 0.2, "General", "0.3"),
        (2.675, "0.00", "2.68"),
        (1.005, "0.00", "1.01"),
        (1234567.891234, "General", "1234567.891"),
        (123456789012, "General", "123456789012"),
        (7233.33, "#,##0.00", "7,233.33"),
        (0, "0.00", "0.00"),
        (0, "0.00;-0.00;", ""),
        (0, "#", ""),
        (0, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (-5.5, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-5.50"),
        (0.1234, "0.00%", "12.34%"),
        (208, "00000", "00208"),
        ("0208", "@", "0208"),
        ("x", ";;;", ""),
        (-3, "#,##0.00_);(#,##0.00)", "-3.00"),
        (-3, "#,##0.00;[Red]#,##0.00", "-3.00"),
        (12345678, "0.00,", "12345.68"),
        (12345, "0!.0,", "1.2"),
        (5, '0.00"万元"', "5.00万元"),
        (5, "G/通用格式", "5"),
        (1.5, "[$¥-804]#,##0.00", "¥1.50"),
        (1.5, "[>=1]0.0;[<1]0.00", "1.5"),
        (1e300, "0.00", "1E+300"),
        (12000, "0.00E+00", "12000"),
        (True, "General", "TRUE"),
        (date(2024, 3, 5), 'yyyy"年"m"月"d"日"', "2024年3月5日"),
    ],
)
def test_cells_print_as_their_format_says(value: Value, number_format: str, printed: str) -> None:
    assert print_value(value, number_format) == printed


@pytest.mark.parametrize(
    ("rows", "after", "reason"),
    [
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "", "行"),
        ('<row r="99999999999999"><c r="A1"><v>1</v></c></row>', "", "行"),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "", "列"),
        (
            '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
            "",
            "颠倒",
        ),
        ('<row r="1"><c r="A1" t="s"><v>99</v></c></row>', "", "已损坏"),
        ('<row r="1"><c r="??"><v>1</v></c></row>', "", "已损坏"),
        ('<row r="1"><c r="A1"><v>1', "", "已损坏"),
        ("", "", "没有任何文字"),
    ],
)
def test_hostile_sheets_are_refused(rows: str, after: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read_layout(_sheet_xml(rows, after))


def test_a_merge_over_the_whole_sheet_is_harmless() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row>'
    data = _sheet_xml(rows, '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    assert _lines(data) == [["1"]]


def test_a_claim_of_a_million_rows_is_not_believed() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    for claim in ("A1:XFD1048576", "A1"):
        data = _sheet_xml(rows, before=f'<dimension ref="{claim}"/>')
        assert _lines(data) == [["表1"], ["1", "2"]]


@pytest.mark.parametrize("limit", ["MAX_CELLS", "MAX_MERGED", "MAX_AREA", "MAX_SHEETS"])
def test_limits_hold(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    data = _book(_table, _table)
    monkeypatch.setattr(xlsx, limit, 1)
    with pytest.raises(ReadingError, match="不是公开文件"):
        read_layout(data)


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = repacked(_book(_table), "xl/media/x.bin", b"\0" * (package.SMALL + 1))
    with pytest.raises(ReadingError, match="压缩比"):
        read_layout(bomb)
    monkeypatch.setattr(package, "MAX_UNPACKED", package.SMALL)
    with pytest.raises(ReadingError, match="解压后"):
        read_layout(bomb)
    monkeypatch.setattr(package, "MAX_PARTS", 3)
    with pytest.raises(ReadingError, match="内含文件"):
        read_layout(bomb)


def test_a_part_of_too_many_tags_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_TAGS", 10)
    with pytest.raises(ReadingError, match="标记"):
        read_layout(_book(_table))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE w [<!ENTITY a "哈">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="str"><v>&a;&f;</v></c></row>'
        "</sheetData></worksheet>"
    )
    data = repacked(_book(_table), "xl/worksheets/sheet1.xml", xml.encode(encoding))
    with pytest.raises(ReadingError, match="实体"):
        read_layout(data)


def test_odd_encodings_cannot_hide_entities() -> None:
    xml = b'<?xml version="1.0" encoding="utf-7"?><worksheet/>'
    with pytest.raises(ReadingError, match="编码"):
        read_layout(repacked(_book(_table), "xl/worksheets/sheet1.xml", xml))


def test_damaged_and_foreign_packages_are_refused(capfd: pytest.CaptureFixture[str]) -> None:
    data = _book(_table)
    foreign = BytesIO()
    with zipfile.ZipFile(foreign, "w") as archive:
        archive.writestr("a.txt", "合计")
    slides = b'<Types><Override ContentType="application/presentationml.main+xml"/></Types>'
    for damaged, reason in (
        (data[: len(data) // 2], "已损坏"),
        (data[:200] + b"\0" * 200 + data[400:], "已损坏"),
        (foreign.getvalue(), "不是 DOCX 或 XLSX"),
        (repacked(data, "[Content_Types].xml", slides), "不是 DOCX 或 XLSX"),
        (repacked(data, "xl/workbook.xml", b"<a/>"), "已损坏|没有任何文字"),
        (repacked(data, "xl/styles.xml", b"<a"), "已损坏"),
    ):
        with pytest.raises(ReadingError, match=reason):
            read_layout(damaged)
    assert capfd.readouterr() == ("", "")


def test_a_password_is_named_as_the_reason() -> None:
    with pytest.raises(ReadingError, match="密码"):
        read_layout(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)


def test_xml_of_office_2003_is_refused_by_name() -> None:
    with pytest.raises(ReadingError, match="Office 2003"):
        read_layout(b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook/>')
