"""Makes DOCX, XLSX and HTML files of a disclosure as read, with real spans and number cells."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED

import docx
import openpyxl
from docx.document import Document
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from openpyxl.worksheet.worksheet import Worksheet

from indexer.layout import Fragment, Line
from indexer.lines import is_apparatus
from indexer.tables.headers import cell_texts
from search.model import Disclosure, Path, Table

Spans = dict[tuple[int, int], tuple[int, int]]


@dataclass
class Item:
    """A heading, a paragraph (its lines), or a table with what stands around it."""

    at: int
    lines: list[str] = field(default_factory=list)
    heading: bool = False
    table: Table | None = None


def items(of: Disclosure) -> list[Item]:
    """Return what a disclosure prints, in source order; the table of contents is left out."""
    found = [
        *(Item(part.locator.char_start, [part.title], heading=True) for part in of.sections),
        *(Item(part.locator.char_start, [part.text]) for part in of.passages),
        *(Item(part.locator.char_start, table=part) for part in of.tables),
    ]
    return sorted(found, key=lambda item: item.at)


def heads(table: Table) -> list[str]:
    """Return the lines above a table, a department's wrapped name put back in one line."""
    joined: list[str] = []
    for text in table.heads:
        line = Line(0, 0, 0, (Fragment(text, 0, len(text)),))
        if joined and not is_apparatus(line):
            joined[-1] += "\n" + text
        else:
            joined.append(text)
    return joined


def grid(table: Table) -> list[list[str]]:
    return [[cell.text for cell in line.cells] for line in table.grid]


def spans(table: Table) -> Spans:
    """Return rows and columns that each merged header cell takes, where the columns show it."""
    rows = grid(table)
    top = 0
    while top < len(rows) and table.grid[top].header:
        top += 1
    rows = [row for row in rows[:top] if sum(map(bool, row)) and not _numbers(row)]
    found: Spans = {}
    for depth, row in enumerate(rows):
        for column, text in enumerate(row):
            if not text:
                continue
            right = column + 1
            while right < len(row) and not row[right] and _under(table, right, text):
                right += 1
            down = depth + 1
            if right == column + 1:
                while down < len(rows) and (column >= len(rows[down]) or not rows[down][column]):
                    down += 1
            if (down, right) != (depth + 1, column + 1):
                found[depth, column] = (down - depth, right - column)
    return found


def _numbers(row: Sequence[str]) -> bool:
    return all(text.isdigit() or text in {"栏次", "行次"} for text in row if text)


def _under(table: Table, column: int, head: str) -> bool:
    squeezed = cell_texts(Line(0, 0, 0, (Fragment(head, 0, len(head)),)))[0]
    return column < len(table.columns) and _squeezed(table.columns[column])[:1] == (squeezed,)


def _squeezed(path: Path) -> Path:
    return tuple(re.sub(r"\s", "", head) for head in path)


def make_docx(of: Disclosure) -> bytes:
    document = docx.Document()
    for item in items(of):
        if item.table is None:
            style = "Heading 2" if item.heading else None
            _paragraph(document.add_paragraph(style=style), item.lines)
            continue
        table = item.table
        for text in (*([table.title] if table.title else []), *heads(table)):
            _paragraph(document.add_paragraph(), text.split("\n"))
        _docx_table(document, table)
        for note in table.notes:
            document.add_paragraph(note)
        document.add_paragraph()
    return _saved(document)


def _paragraph(paragraph: Paragraph, lines: Sequence[str]) -> None:
    for number, text in enumerate(lines):
        run = paragraph.add_run(text)
        if number + 1 < len(lines):
            run.add_break()


def _docx_table(document: Document, table: Table) -> None:
    rows = grid(table)
    width = max(map(len, rows))
    made = document.add_table(len(rows), width)
    elements = [list(row.cells) for row in made.rows]
    for cells, texts in zip(elements, rows, strict=True):
        for cell, text in zip(cells, texts, strict=False):
            cell.paragraphs[0].add_run(text)
    merged = spans(table)
    for (row, column), (down, right) in merged.items():
        _merge(elements[row][column], elements[row + down - 1][min(column + right, width) - 1])
    for number, texts in enumerate(rows):
        for cell in elements[number][len(texts) :]:
            if not any(top <= number < top + down for (top, _), (down, _) in merged.items()):
                cell._tc.getparent().remove(cell._tc)


def _merge(first: _Cell, last: _Cell) -> None:
    text = first.text
    merged = first.merge(last)
    for paragraph in merged.paragraphs[1:]:
        paragraph._p.getparent().remove(paragraph._p)
    merged.text = text


def make_xlsx(of: Disclosure) -> bytes:
    """Return a workbook: a sheet for each table and for each run of text between tables."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    text: Worksheet | None = None
    for number, item in enumerate(items(of), 1):
        if item.table is None:
            text = text or book.create_sheet(f"文字{number}")
            text.append(["\n".join(item.lines)])
            continue
        text = None
        # A table without title, torn off the one before, must not get one from its sheet.
        sheet = book.create_sheet(f"表{number}" if item.table.title else f"续{number}")
        _sheet(sheet, item.table)
    return _saved(book)


def _sheet(sheet: Worksheet, table: Table) -> None:
    rows = grid(table)
    width = max(map(len, rows))
    if table.title:
        sheet.append([table.title])
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
    printed = heads(table)
    if len(printed) > 1:
        sheet.append([printed[0], *[None] * (width - 2), *printed[1:2]])
        printed = printed[2:]
    for head in printed:
        sheet.append([head])
    top = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value else 1
    for down, texts in enumerate(rows):
        for right, text in enumerate(texts):
            _number(sheet, top + down, 1 + right, text)
    for (row, column), (down, right) in spans(table).items():
        sheet.merge_cells(
            start_row=top + row, end_row=top + row + down - 1,
            start_column=1 + column, end_column=column + right,
        )  # fmt: skip
    for number, note in enumerate(table.notes):
        sheet.cell(top + len(rows) + number, 1, note)


def _number(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Write a figure as a number with the format that prints it so, anything else as text."""
    if not text:
        return
    match = re.fullmatch(r"-?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?", text)
    if match is None or (text.isdigit() and len(text) != 1 and "," not in text):
        sheet.cell(row, column, text).data_type = "s"
        return
    whole = "#,##0" if "," in text else "0"
    decimals = "." + "0" * (len(match[2]) - 1) if match[2] else ""
    sheet.cell(row, column, float(text.replace(",", ""))).number_format = whole + decimals


def make_html(of: Disclosure, encoding: str = "utf-8") -> bytes:
    body = "\n".join(_html(item) for item in items(of))
    page = f'<!DOCTYPE html>\n<html><head><meta charset="{encoding}"><title>x</title></head>'
    return f"{page}<body>{body}</body></html>".encode(encoding)


def _html(item: Item) -> str:
    text = "<br>".join(map(escape, item.lines))
    if item.heading:
        return f"<h2>{text}</h2>"
    if item.table is None:
        return f"<p>{text}</p>"
    table = item.table
    above = (*([table.title] if table.title else []), *heads(table))
    parts = [f"<p>{escape(line).replace(chr(10), '<br>')}</p>" for line in above]
    parts.append("<table border=1>")
    parts.extend(_html_rows(grid(table), spans(table)))
    parts.append("</table>")
    parts.extend(f"<p>{escape(note)}</p>" for note in table.notes)
    return "\n".join(parts)


def _html_rows(rows: Sequence[Sequence[str]], merged: Spans) -> Iterator[str]:
    covered = {
        (row + below, column + beside)
        for (row, column), (down, right) in merged.items()
        for below in range(down)
        for beside in range(right)
        if below or beside
    }
    for number, texts in enumerate(rows):
        cells = []
        for column, text in enumerate(texts):
            if (number, column) not in covered:
                down, right = merged.get((number, column), (1, 1))
                cells.append(f"<td rowspan={down} colspan={right}>{escape(text)}</td>")
        yield f"<tr>{''.join(cells)}</tr>"


def _saved(book: openpyxl.Workbook | Document) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(data: bytes, part: str, content: bytes) -> bytes:
    """Return a package with one part replaced or added."""
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, content)
    return file.getvalue()


def facts(of: Disclosure) -> list[object]:
    """Return what a disclosure says, without the places: metadata, rows and statements."""
    named = (of.department, of.department_code, of.parent, of.year, of.report, of.level)
    rows = [
        (
            table.kind, table.title, row.code_kind, row.code, row.label, row.path, row.subtotal,
            [
                (cell.column, "".join(cell.text.split()), cell.unit, cell.yuan, cell.state)
                for cell in row.cells
                if cell.column or cell.text
            ],
        )
        for table in of.tables
        for row in table.rows
    ]  # fmt: skip
    said = [
        (s.subject, s.value, s.unit, s.yuan, s.year, s.role, s.direction, s.basis)
        for passage in of.passages
        for s in passage.statements
    ]
    projects = [(p.name, p.yuan, p.form_name, len(p.indicators)) for p in of.projects]
    return [named, rows, said, projects]
