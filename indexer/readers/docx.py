"""Reads DOCX documents: body in order, tables with their spans, what Word prints and hides."""

from dataclasses import replace
from io import BytesIO
from typing import Final
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.exceptions import PythonDocxError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml.etree import LxmlError, _Element, iterwalk

from indexer.errors import ReadingError
from indexer.layout import Layout, LayoutWriter
from indexer.readers.grids import (
    COVERED,
    GridCell,
    is_layout,
    print_grid,
    print_paragraph,
    with_heights,
)
from indexer.readers.numbering import Numbering
from indexer.readers.package import open_package
from indexer.readers.wordstyles import Styles
from indexer.readers.wordtext import WordText, children
from search.model import Warning

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_DEPTH: Final = 120
"""Elements within elements: a table in a cell adds three, a text box eight; a reader recurses."""
MAX_CELLS: Final = 500_000
"""Cells of all tables, blanks of spans included; the largest disclosures have 50,000."""
MAX_COLUMNS: Final = 200
"""A Word table has at most 63 columns of its own; a span that claims more is no span."""
SLIVER: Final = 113
"""Twips (2 mm): a narrower column only shows that two rows' borders missed each other."""

_DAMAGE = (
    AttributeError, BadZipFile, IndexError, KeyError, LxmlError, OSError, PythonDocxError,
    RecursionError, TypeError, ValueError,
)  # fmt: skip
"""What python-docx raises on a damaged document; its own error covers little of that."""

_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_Content = tuple[str, list[_Element]]
"""What a cell holds: its text, and the tables nested in it."""


def read_docx(data: bytes) -> Layout:
    """Return the layout of a document; raise `ReadingError` where it is damaged or too large."""
    open_package(data)
    try:
        return _Body(docx.Document(BytesIO(data))).layout()
    except _DAMAGE as error:
        raise ReadingError("DOCX 文件已损坏：文档内容读不完整") from error


class _Body:
    """A document's body being printed."""

    def __init__(self, document: Document) -> None:
        part = document.part
        related = {relation.reltype: relation for relation in part.rels.values()}
        roots: dict[str, _Element] = {}
        for kind in (RELATIONSHIP_TYPE.NUMBERING, RELATIONSHIP_TYPE.STYLES,
                     RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):  # fmt: skip
            if kind in related and not related[kind].is_external:
                roots[kind] = parse_xml(related[kind].target_part.blob)
        self._root: _Element = document.element.body
        self._writer = LayoutWriter(MEDIA_TYPE)
        self._styles = Styles(roots.get(RELATIONSHIP_TYPE.STYLES))
        self._numbering = Numbering(roots.get(RELATIONSHIP_TYPE.NUMBERING))
        footnotes = {
            (kind, note.get(qn("w:id"))): note
            for kind, root in (
                ("w:footnoteReference", roots.get(RELATIONSHIP_TYPE.FOOTNOTES)),
                ("w:endnoteReference", roots.get(RELATIONSHIP_TYPE.ENDNOTES)),
            )
            for note in ([] if root is None else root)
        }
        for root in (self._root, *roots.values()):
            _check_depth(root)
        self._text = WordText(footnotes)
        self._carried = ""
        self._cells = 0

    def layout(self) -> Layout:
        self._blocks(self._root)
        found = []
        images = sum(1 for _ in self._root.iter(_BLIP, _IMAGE))
        if images:
            found.append(Warning(message=f"文中有 {images} 张图片，图中的文字没有读取"))
        layout = self._writer.layout(warnings=found)
        if not layout.text.strip():
            raise ReadingError("没有任何文字：文档是空的，或只有扫描图片，请先做文字识别")
        return layout

    def _blocks(self, container: _Element) -> None:
        for child in children(container):
            if child.tag == qn("w:p"):
                self._paragraph(child)
                self._aside()
            elif child.tag == qn("w:tbl"):
                self._table(child)
                self._aside()

    def _paragraph(self, paragraph: _Element) -> None:
        style = self._styles.of(paragraph)
        text = self._carried + self._numbered(paragraph)
        self._carried = ""
        if paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{qn('w:del')}") is not None:
            self._carried = text  # its end was deleted: it runs on into the next
            return
        for page in text.split("\f"):
            if page.strip():
                print_paragraph(page, self._writer, heading=style.heading)

    def _aside(self) -> None:
        """Print the text boxes and footnotes that hang on what was printed last."""
        boxes, notes = self._text.aside()
        for box in boxes:
            self._blocks(box)
        for note in notes:
            text = " ".join(map(self._numbered, note.iter(qn("w:p"))))
            print_paragraph(f"注：{text.strip()}", self._writer)

    def _numbered(self, paragraph: _Element) -> str:
        """Return a paragraph's text behind its automatic number."""
        text = self._text.of(paragraph)
        number = self._styles.of(paragraph).number
        if number is None or not text.strip():
            return text
        return self._numbering.next(*number) + text.lstrip()

    def _table(self, table: _Element) -> None:
        slivers = _slivers(table)
        contents: list[_Content] = []
        kept = [
            row
            for row in children(table, qn("w:tr"))
            if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is None
        ]
        carried: set[tuple[int, int]] = set()
        printed = []
        for number, row in enumerate(kept):
            cells, below = self._row(row, slivers, contents)
            carried.update((number, column) for column in below)
            printed.append(cells)
        rows = with_heights(printed, carried)
        nested = any(inner for _, inner in contents)
        if is_layout(rows, nested=nested):
            for text, inner in contents:
                for line in text.split("\n"):
                    print_paragraph(line, self._writer)
                for one in inner:
                    self._table(one)
            return
        print_grid(rows, self._writer)
        for _, inner in contents:
            for one in inner:
                self._table(one)

    def _row(
        self, row: _Element, slivers: frozenset[int], contents: list[_Content]
    ) -> tuple[list[GridCell], list[int]]:
        """Return a table row's cells and the columns of those that carry on the cell above.

        `contents` takes what each holds, tables nested in it included.
        """
        column = _number(row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0)
        printed: list[GridCell] = [GridCell()] * sum(c not in slivers for c in range(column))
        below: list[int] = []
        for cell in children(row, qn("w:tc")):
            span, from_above, from_left = _spans(cell.find(qn("w:tcPr")))
            across = sum(c not in slivers for c in range(column, column + span))
            column += span
            text, nested = ("", []) if from_above or from_left else self._cell(cell)
            contents.append((text, nested))
            across = max(across, 1 if text else 0)
            if from_above and across:
                below.append(len(printed))
            if from_left and printed:
                _widen(printed, across)
            first = COVERED if from_above or from_left else GridCell(text, across)
            printed.extend([first, *[COVERED] * (across - 1)][:across])
            self._cells += across
            if self._cells > MAX_CELLS:
                raise ReadingError(f"单元格超过 {MAX_CELLS // 10000} 万个：不是公开文件")
        return printed, below

    def _cell(self, cell: _Element) -> _Content:
        lines, nested = [], []
        for child in children(cell):
            if child.tag == qn("w:p"):
                lines.append(self._numbered(child).replace("\t", " ").replace("\f", "\n"))
            elif child.tag == qn("w:tbl"):
                nested.append(child)
        return "\n".join(lines).strip(), nested


def _spans(properties: _Element | None) -> tuple[int, bool, bool]:
    """Return how many columns a cell covers, whether it carries on the cell above, or the left."""
    if properties is None:
        return 1, False, False
    span = min(max(_number(properties.find(qn("w:gridSpan")), 1), 1), MAX_COLUMNS)
    above, left = (properties.find(qn(name)) for name in ("w:vMerge", "w:hMerge"))
    return span, _carries_on(above), _carries_on(left)


def _carries_on(merge: _Element | None) -> bool:
    return merge is not None and merge.get(qn("w:val")) != "restart"


def _widen(cells: list[GridCell], across: int) -> None:
    """Have the last cell of a row that is none of a blank cover more columns."""
    first = next((n for n in reversed(range(len(cells))) if not cells[n].covered), None)
    if first is not None:
        cells[first] = replace(cells[first], across=cells[first].across + across)


def _number(element: _Element | None, default: int) -> int:
    return default if element is None else min(int(element.get(qn("w:val"), default)), MAX_COLUMNS)


def _slivers(table: _Element) -> frozenset[int]:
    grid = table.find(qn("w:tblGrid"))
    widths = [] if grid is None else [column.get(qn("w:w")) for column in grid]
    return frozenset(n for n, width in enumerate(widths) if width and 0 < float(width) < SLIVER)


def _check_depth(root: _Element) -> None:
    depth = 0
    for event, _ in iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise ReadingError(f"文件可疑：元素嵌套超过 {MAX_DEPTH} 层")
