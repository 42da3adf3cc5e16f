"""Reads saved web pages: what a browser shows of them, without its navigation.

The tree is built by lxml, which ends cells, rows and paragraphs where their end tags are left
out, as browsers do; Python's own parser would nest such cells into one another.
"""

import codecs
import re
import warnings
from collections.abc import Iterator
from typing import Final

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from indexer.errors import ReadingError
from indexer.layout import Layout, LayoutWriter
from indexer.readers.grids import COVERED, GridCell, is_layout, print_grid, print_paragraph, raised
from indexer.readers.text import decode

MEDIA_TYPE: Final = "text/html"
MAX_DEPTH: Final = 180
"""Elements within elements; the reader recurses. Saved pages nest some thirty deep."""
MAX_ELEMENTS: Final = 1_000_000
"""Tags of a page; the largest disclosures have 100,000, and each takes about a kilobyte."""
MAX_CELLS: Final = 500_000
"""Cells of all tables, those that spans claim included."""
MAX_SPAN: Final = 1000
"""Columns a cell may claim (HTML standard, 4.9.11); rows end with their table."""
DECLARED: Final = 4096
"""A page declares its encoding in its first bytes (the standard says 1024)."""

_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.I)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}
_CONTROL = re.compile(r"[\0-\x08\x0b\x0e-\x1f]")
_SPACE = re.compile(r"[ \t\r\n\f\xa0\u2000-\u200b\u3000\ufeff]+")

_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "nav", "footer", "aside", "head", "button",
     "select", "option", "textarea", "input", "iframe", "object", "svg", "rt", "rp", "del"}
)  # fmt: skip
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "main", "header", "ul", "ol", "li", "dl", "dt", "dd",
     "blockquote", "pre", "form", "fieldset", "center", "hr", "address", "figure", "figcaption",
     "body", "html", "details", "summary", "caption"}
)  # fmt: skip
_HEADING = re.compile("h([1-6])")
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.I)
_CHROME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|crumbs?|footer|sidebar|share)(?:$|[\s_-])",
    re.I,
)


def read_html(data: bytes) -> Layout:
    """Return the layout of a web page; raise `ReadingError` where it shows no text."""
    text = _CONTROL.sub("", _decoded(data))
    if text.count("<") > MAX_ELEMENTS:
        raise ReadingError(f"网页过大：标签超过 {MAX_ELEMENTS // 10000} 万个")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about pages that look like a path or like XML
        soup = BeautifulSoup(re.sub(r"^\s*<\?xml[^>]*>", "", text), "lxml")
    page = _Page()
    page.blocks(soup, 0)
    page.flush()
    layout = page.writer.layout()
    if not layout.text.strip():
        raise ReadingError("没有任何文字：网页是空的，只有图片，或内容要靠脚本载入")
    return layout


def _decoded(data: bytes) -> str:
    """Return the page's text: by its byte-order mark, else as declared, else as text files.

    What is UTF-8 throughout was saved as that, whatever the page said before: no Chinese text of
    another encoding has such bytes.
    """
    marked = data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    declared = None if marked else _CHARSET.search(data[:DECLARED])
    if declared:
        name = declared[1].decode("ascii").lower()
        for encoding in ("utf-8", _WIDER.get(name, name)):
            try:
                return data.decode(encoding)
            except (LookupError, UnicodeError):
                continue
    return decode(data)


class _Page:
    """A page being printed: running text gathers until a block begins or ends."""

    def __init__(self) -> None:
        self.writer = LayoutWriter(MEDIA_TYPE)
        self._parts: list[str] = []
        self._heading = 0
        self._cells = 0

    def flush(self) -> None:
        """Print the text gathered so far as a paragraph."""
        text = "".join(self._parts)
        self._parts = []
        for paragraph in re.split(r"\n\s*\n", text.strip()):
            if paragraph.strip():
                print_paragraph(paragraph, self.writer, heading=self._heading)

    def blocks(self, element: Tag, depth: int) -> None:
        """Gather and print what is inside an element."""
        if depth > MAX_DEPTH:
            raise ReadingError(f"网页可疑：元素嵌套超过 {MAX_DEPTH} 层")
        for child in element.children:
            if isinstance(child, Tag):
                self._element(child, depth + 1)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self._parts.append(_SPACE.sub(_space, child))

    def _element(self, element: Tag, depth: int) -> None:
        name = element.name
        if _is_hidden(element):
            return
        if name == "br":
            self._parts.append("\n")
        elif name == "table":
            self.flush()
            self._table(element, depth)
        elif match := _HEADING.fullmatch(name):
            self.flush()
            self._heading = int(match[1])
            self.blocks(element, depth)
            self.flush()
            self._heading = 0
        elif name == "sup":
            self._parts.append(raised("".join(self._parts[-1:]), element.get_text().strip()))
        elif name in _BLOCKS:
            self.flush()
            self.blocks(element, depth)
            self.flush()
        else:
            self.blocks(element, depth)

    def _table(self, table: Tag, depth: int) -> None:
        cells = [_cells_of(row) for row in _rows_of(table)]
        contents = [cell for row in cells for cell in row]
        inner = [one for cell in contents for one in _outermost(cell)]
        rows = self._grid(cells, depth)
        caption = table.find("caption", recursive=False)
        if isinstance(caption, Tag):
            self._element(caption, depth)
        if is_layout(rows, nested=bool(inner)):
            for cell in contents:
                self.blocks(cell, depth + 1)
                self.flush()
            return
        print_grid(rows, self.writer)
        for one in inner:
            self._table(one, depth + 1)

    def _grid(self, rows: list[list[Tag]], depth: int) -> list[list[GridCell]]:
        """Return the cells of a table at their columns, spanned ones covered."""
        grid: list[list[GridCell]] = []
        open_spans: dict[int, int] = {}  # column → rows still covered
        for number, row in enumerate(rows):
            printed: list[GridCell] = []
            opened: dict[int, int] = {}
            for cell in row:
                while open_spans.get(len(printed), 0):
                    printed.append(COVERED)
                across = min(max(_span(cell, "colspan"), 1), MAX_SPAN)
                down = _span(cell, "rowspan")
                rest = len(rows) - number
                down = rest if down == 0 else min(max(down, 1), rest)
                opened.update(dict.fromkeys(range(len(printed), len(printed) + across), down))
                text = self._text(cell, depth)
                printed.extend([GridCell(text, across, down), *[COVERED] * (across - 1)])
                self._count(across)
            last = max((c + 1 for c, left in open_spans.items() if left), default=0)
            printed.extend([COVERED] * (last - len(printed)))
            open_spans = {c: left - 1 for c, left in open_spans.items() if left > 1}
            open_spans |= {c: left - 1 for c, left in opened.items() if left > 1}
            self._count(max(0, last - len(row)))
            grid.append(printed)
        return grid

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > MAX_CELLS:
            raise ReadingError(f"单元格超过 {MAX_CELLS // 10000} 万个：不是公开文件")

    def _text(self, cell: Tag, depth: int) -> str:
        """Return what a cell shows, its lines kept apart, without the tables nested in it."""
        parts: list[str] = []
        _gather(cell, parts, depth)
        lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
        return "\n".join(line for line in lines if line)


def _gather(element: Tag, parts: list[str], depth: int) -> None:
    if depth > MAX_DEPTH:
        raise ReadingError(f"网页可疑：元素嵌套超过 {MAX_DEPTH} 层")
    for child in element.children:
        if isinstance(child, Tag):
            if child.name == "table" or _is_hidden(child):
                continue
            if child.name == "sup":
                parts.append(raised("".join(parts[-1:]), child.get_text().strip()))
                continue
            is_block = child.name in _BLOCKS or _HEADING.fullmatch(child.name) is not None
            parts.append("\n" if is_block or child.name == "br" else "")
            _gather(child, parts, depth + 1)
            parts.append("\n" if is_block else "")
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            parts.append(_SPACE.sub(" ", child))


def _space(match: re.Match[str]) -> str:
    """Return one space for the white space of the page's source; runs of hard ones stay a gap."""
    hard = sum(char in "\xa0\u2003\u3000" for char in match[0])
    return "   " if hard > 2 else " "


def _is_hidden(element: Tag) -> bool:
    """Return whether a browser hides the element, or it only leads about the site."""
    if element.name in _SKIPPED or element.has_attr("hidden"):
        return True
    if element.get("aria-hidden") == "true" or _HIDDEN.search(str(element.get("style", ""))):
        return True
    names = element.get("class")
    marks = " ".join([*(names if isinstance(names, list) else []), str(element.get("id", ""))])
    chrome = _CHROME.search(marks) or element.get("role") == "navigation"
    return bool(chrome) and element.find("table") is None


def _rows_of(table: Tag) -> Iterator[Tag]:
    for child in table.find_all(["tr", "thead", "tbody", "tfoot"], recursive=False):
        if _is_hidden(child):
            continue
        if child.name == "tr":
            yield child
        else:
            found = child.find_all("tr", recursive=False)
            yield from (row for row in found if not _is_hidden(row))


def _cells_of(row: Tag) -> list[Tag]:
    found = row.find_all(["td", "th"], recursive=False)
    return [cell for cell in found if not _is_hidden(cell)]


def _outermost(cell: Tag) -> Iterator[Tag]:
    """Yield the visible tables in a cell that are in no other table there."""
    for child in cell.find_all(True, recursive=False):
        if _is_hidden(child):
            continue
        if child.name == "table":
            yield child
        else:
            yield from _outermost(child)


def _span(cell: Tag, name: str) -> int:
    match = re.match(r"\s*(\d{1,6})", str(cell.get(name, "1")))
    return int(match[1]) if match else 1
