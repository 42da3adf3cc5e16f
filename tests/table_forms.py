"""Renders table cases 表格用例 in every form that a disclosure is published in."""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from io import BytesIO

import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from docx.shared import Pt

from tests.make_pdf import A4, MARGIN, PADDING, Maker, width_of
from tests.table_cases import Case, Sheet, Span
import itertools

LANDSCAPE = (A4[1], A4[0])
SMALL = 9.0


def text(case: Case) -> bytes:
    """Return text whose cells are parted by tabs; spans are lost."""
    lines = [case.cover, ""]
    for sheet in case.sheets:
        lines.append(sheet.title)
        lines.extend("\t".join(cells) for cells in sheet.above)
        lines.extend("\t".join(_flat(row)).rstrip("\t") for row in sheet.cells)
        lines.extend([*sheet.below, ""])
    return "\n".join(lines).encode()


def _flat(row: Sequence[str]) -> list[str]:
    return [cell.replace("\n", "") for cell in row]


def html(case: Case) -> bytes:
    return _page(case, inside=False)


def html_inside(case: Case) -> bytes:
    """Return a page whose titles and heads are the first rows of each table, as Excel saves it."""
    return _page(case, inside=True)


def _page(case: Case, *, inside: bool) -> bytes:
    parts = [f"<h1>{escape(case.cover)}</h1>"]
    for sheet in case.sheets:
        above = [] if inside else [[sheet.title], *sheet.above]
        parts.extend(f"<p>{escape('　　　'.join(cells))}</p>" for cells in above)
        if sheet.cells:
            parts.append("<table border=1 style='border-collapse:collapse'>")
            rows, merged = _whole(sheet) if inside else (sheet.cells, sheet.merged)
            parts.extend(_rows(rows, merged))
            parts.append("</table>")
        parts.extend(f"<p>{escape(note)}</p>" for note in sheet.below)
    head = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>x</title></head>'
    return f"{head}<body>{''.join(parts)}</body></html>".encode()


def _whole(sheet: Sheet) -> tuple[list[list[str]], list[Span]]:
    """Return a grid with title and heads in its first rows, and its merged cells."""
    width = len(sheet.cells[0])
    rows, merged = [], []
    for cells in ([sheet.title], *sheet.above):
        row = [""] * width
        if len(cells) == 1:
            row[0] = cells[0]
            merged.append((len(rows), 0, len(rows) + 1, width))
        elif len(cells) == 2:
            row[0], row[-1] = cells
        else:
            row[0], row[-1], row[width // 2] = cells[0], cells[-1], cells[1]
        rows.append(row)
    down = len(rows)
    merged = [span for span in merged if span[3] > 1]
    merged.extend((top + down, left, end + down, right) for top, left, end, right in sheet.merged)
    return [*rows, *sheet.cells], merged


def _rows(rows: Sequence[Sequence[str]], merged: Sequence[Span]) -> Iterator[str]:
    spans = {(top, left): (bottom - top, right - left) for top, left, bottom, right in merged}
    covered = {
        (row, column)
        for top, left, bottom, right in merged
        for row in range(top, bottom)
        for column in range(left, right)
        if (row, column) != (top, left)
    }
    for number, row in enumerate(rows):
        cells = []
        for column, cell in enumerate(row):
            if (number, column) in covered:
                continue
            down, across = spans.get((number, column), (1, 1))
            attributes = (f" rowspan={down}" if down > 1 else "") + (
                f" colspan={across}" if across > 1 else ""
            )
            cells.append(f"<td{attributes}>{escape(cell).replace(chr(10), '<br>')}</td>")
        yield f"<tr>{''.join(cells)}</tr>"


def xlsx(case: Case) -> bytes:
    """Return a workbook: the cover, and a sheet for each table with its title in the grid."""
    book = openpyxl.Workbook()
    cover = book.worksheets[0]
    cover.title = "封面"
    cover["A1"] = case.cover
    for number, sheet in enumerate(case.sheets, 1):
        made = book.create_sheet(f"表{number}")
        rows, merged = _whole(sheet) if sheet.cells else ([[sheet.title], *sheet.above], [])
        for row in rows:
            made.append([cell or None for cell in row])
        for row in made.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.data_type = "s"
        for top, left, bottom, right in merged:
            made.merge_cells(
                start_row=top + 1, start_column=left + 1, end_row=bottom, end_column=right
            )
        for note in sheet.below:
            made.append([note])
    return _saved(book.save)


def word(case: Case) -> bytes:
    document = docx.Document()
    section = document.sections[0]
    if any(sheet.cells and len(sheet.cells[0]) > 6 for sheet in case.sheets):
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    document.add_paragraph(case.cover)
    for sheet in case.sheets:
        for cells in ([sheet.title], *sheet.above):
            document.add_paragraph("　　　".join(cells))
        if sheet.cells:
            made = document.add_table(len(sheet.cells), len(sheet.cells[0]), style="Table Grid")
            elements = [list(row.cells) for row in made.rows]
            for row, texts in zip(elements, sheet.cells, strict=True):
                for cell, printed in zip(row, texts, strict=True):
                    cell.paragraphs[0].add_run(printed).font.size = Pt(SMALL)
            for top, left, bottom, right in sheet.merged:
                printed = sheet.cells[top][left]
                whole = elements[top][left].merge(elements[bottom - 1][right - 1])
                for paragraph in whole.paragraphs[1:]:
                    paragraph._p.getparent().remove(paragraph._p)
                whole.text = printed
        for note in sheet.below:
            document.add_paragraph(note)
    return _saved(document.save)


def _saved(save: Callable[[BytesIO], object]) -> bytes:
    file = BytesIO()
    save(file)
    return file.getvalue()


def pdf(case: Case) -> bytes:
    """Return a PDF whose tables are ruled, each on a page of its own."""
    maker = Maker()
    maker.gap(150)
    maker.centred(case.cover, 18)
    for sheet in case.sheets:
        wide = bool(sheet.cells) and len(sheet.cells[0]) > 6
        maker.page(LANDSCAPE if wide else A4)
        maker.centred(sheet.title, 14)
        for cells in sheet.above:
            _above(maker, cells)
        if sheet.cells:
            _ruled(maker, sheet)
        for note in sheet.below:
            maker.paragraph(note, 10)
    return maker.data()


def _above(maker: Maker, cells: Sequence[str]) -> None:
    if len(cells) == 1:
        maker.right(cells[0], 10)
        return
    maker.room(16)
    free = maker.size[0] - 2 * MARGIN
    for number, cell in enumerate(cells):
        part = number / (len(cells) - 1)
        maker.text(MARGIN + (free - width_of(cell, 10)) * part, maker.top + 10, cell, 10)
    maker.top += 16


def _ruled(maker: Maker, sheet: Sheet) -> None:
    width = len(sheet.cells[0])
    spread = {(top, left) for top, left, _, right in sheet.merged if right - left > 1}
    wants = [
        max(
            width_of(line, SMALL)
            for number, row in enumerate(sheet.cells)
            for line in (("",) if (number, column) in spread else row[column].split("\n"))
        )
        + 2 * PADDING
        + 2
        for column in range(width)
    ]
    free = maker.size[0] - 2 * MARGIN
    scale = max(1.0, free / sum(wants)) if sum(wants) < free else 1.0
    if sum(wants) > free:
        words = max(wants)
        wants = [want if want < words else words - (sum(wants) - free) for want in wants]
    widths = [want * scale for want in wants]
    starts = [0, *sheet.breaks, len(sheet.cells)]
    for first, last in itertools.pairwise(starts):
        if first:
            maker.page(maker.size)
        inside = [
            (max(top, first) - first, left, min(bottom, last) - first, right)
            for top, left, bottom, right in sheet.merged
            if top < last and bottom > first
        ]
        maker.table(sheet.cells[first:last], widths, SMALL, inside)


FORMS: dict[str, Callable[[Case], bytes]] = {
    "text": text, "html": html, "html_inside": html_inside, "xlsx": xlsx, "docx": word, "pdf": pdf,
}  # fmt: skip
ENDINGS = {
    "text": "txt", "html": "html", "html_inside": "html", "xlsx": "xlsx", "docx": "docx",
    "pdf": "pdf",
}  # fmt: skip
