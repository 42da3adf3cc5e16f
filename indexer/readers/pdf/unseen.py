"""Tells what of a document's pages could not be read, or was recognised in a picture."""

from collections.abc import Iterable, Iterator, Sequence

from indexer.readers import ocr
from indexer.readers.ocr import INSTALL, percent
from indexer.readers.pdf.marks import UNREADABLE
from indexer.readers.pdf.pages import Page
from search.model import Warning


def nothing_read(pages: Sequence[Page]) -> str:
    """Return why a document gives nothing at all."""
    if any(page.recognised for page in pages):
        return "没有文字层，图片中也没有识别出文字"
    if any(page.is_scan for page in pages) and not ocr.is_installed():
        return f"没有文字层：是扫描件，需要文字识别（OCR），请先安装：{INSTALL}"
    return "没有文字层，也没有可以识别的图片：是空白文件"


def unread(pages: Iterable[Page]) -> list[int]:
    """Return the pages that text recognition would read, were it installed."""
    return [page.number for page in pages if page.is_scan and not page.recognised]


def unseen(pages: Sequence[Page], empty: Sequence[Page]) -> Iterator[Warning]:
    """Yield what a reader of the pages would see and this reader does not, or not surely.

    `empty` are the pages that nothing was read on.
    """
    hint = "" if ocr.is_installed() else f"；安装文字识别后可以读取：{INSTALL}"
    scans = [page for page in empty if not page.damaged and not page.recognised]
    covered = [page for page in pages if page.is_scan and not page.recognised]
    strange = [page for page in pages if any(glyph.text == UNREADABLE for glyph in page.glyphs)]
    found = (
        ([page for page in pages if page.damaged], "已损坏，无法读取"),
        (
            [page for page in scans if page.hidden],
            f"只有看不见的文字（扫描识别的结果），未采用{hint}",
        ),
        (
            [page for page in scans if page.pictures and not page.hidden],
            f"没有文字层（图片或扫描件），其中的内容未能读取{hint}",
        ),
        (
            [page for page in covered if page not in empty],
            f"几乎整页是图片，图中若有文字则未能读取{hint}",
        ),
        ([page for page in empty if page.recognised], "是图片，其中没有识别出文字"),
        ([page for page in strange if not page.recognised], "有文字无法辨认：字体没有字符编码"),
        ([page for page in strange if page.recognised], "图片中有文字无法辨认"),
    )
    for those, message in found:
        if those:
            yield Warning(message=f"第{ranges(page.number for page in those)}页{message}")
    yield from _recognised(pages)


def _recognised(pages: Sequence[Page]) -> Iterator[Warning]:
    """Yield which pages were recognised, and how surely on average."""
    those = [page for page in pages if any(glyph.ocr is not None for glyph in page.glyphs)]
    shares = [glyph.ocr for page in those for glyph in page.glyphs if glyph.ocr is not None]
    if shares:
        mean, lowest = sum(shares) / len(shares), min(shares)
        numbers = ranges(page.number for page in those)
        yield Warning(
            message=f"第{numbers}页是扫描件，由文字识别（OCR）读取："
            f"平均把握 {percent(mean)}，单字最低 {percent(lowest)}，请以原件为准"
        )


def ranges(numbers: Iterable[int]) -> str:
    """Return page numbers as 1、3–5."""
    groups: list[list[int]] = []
    for number in numbers:
        if groups and number == groups[-1][-1] + 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    return "、".join(f"{g[0]}–{g[-1]}" if len(g) > 1 else str(g[0]) for g in groups)
