"""Gives each table the lines that head it, and joins tables that a page break tears."""

from collections.abc import Sequence
from typing import Final

from indexer import lines as kinds
from indexer.block import Block
from indexer.layout import Line
from indexer.tables.headers import cell_texts
from indexer.tables.heads import names_table
from search.amounts import parse_cell

MAX_BETWEEN: Final = 30
"""A longer line below a title is none that only adds to it."""
MAX_PAGE_LINES: Final = 6
"""No page break has more lines of page head and foot."""


def titled(found: list[Block]) -> list[Block]:
    """Give each table the lines above it that head it: nearest title line and all heads."""
    joined: list[Block] = []
    for block, below in zip(found, [*found[1:], None], strict=True):
        if joined and _is_unit_below(joined[-1], block, below):
            joined[-1].notes.extend(block.lines)
            continue
        if block.kind == "table" and not (joined and joined[-1].kind == "table"):
            heads: list[Line] = []
            while joined and joined[-1].kind == "head" and not _is_running(joined[-1]):
                heads[:0] = joined.pop().lines
            title: list[Line] = []
            if len(joined) > 1 and _stands_between(*joined[-2:]):
                heads[:0] = joined.pop().lines
            if joined and is_title(joined[-1], bool(heads)):
                title = joined.pop().lines
                while joined and joined[-1].kind == "head" and not _is_running(joined[-1]):
                    heads[:0] = joined.pop().lines
            block.title, block.heads = title, heads
        elif block.kind == "table" and joined[-1].kind == "table":
            joined[-1].lines.extend(block.lines)
            continue
        joined.append(block)
    return joined


def _stands_between(title: Block, block: Block) -> bool:
    """Return whether a short line says something of a table below the line that names the table."""
    text = "".join(map(kinds.squeezed, block.lines))
    named = "".join(map(kinds.squeezed, title.lines))
    return (
        block.kind == "paragraph"
        and len(text) <= MAX_BETWEEN
        and not text.endswith(("。", ":", ";"))
        and not names_table(text)
        and title.kind in {"heading", "paragraph"}
        and names_table(named)
        and is_title(title, headed=True)
    )


def _is_unit_below(table: Block, block: Block, below: Block | None) -> bool:
    """Return whether a line right below a table that names no unit above names it there."""
    line, last = block.lines[0], table.lines[-1]
    return (
        table.kind == "table"
        and block.kind == "head"
        and kinds.unit(line) is not None
        and line.page == last.page
        and (
            line.number == last.number + 1  # behind a blank line it may be the next table's
            or (line.number == last.number + 2 and (below is None or not is_title(below, True)))
        )
        and (below is None or below.kind != "table")
        and not any(map(kinds.unit, (*table.title, *table.heads, *table.lines[:1])))
    )


def _is_running(block: Block) -> bool:
    return kinds.is_running_head(block.lines[0])


def is_title(block: Block, headed: bool) -> bool:
    """Return whether the block above a grid is its title."""
    text = "".join(map(kinds.squeezed, block.lines))
    if block.kind not in {"heading", "paragraph"} or len(text) > kinds.MAX_TITLE:
        return False
    named = "表" in text or "目录" in text or kinds.ends_with_year(text)
    return named or (headed and not text.endswith(("。", ":", ";")))


def continued(found: list[Block]) -> list[Block]:
    """Join a table with what follows it after a page break: no title, at most a page head."""
    joined: list[Block] = []
    for block in found:
        if block.kind == "table" and (last := _printed_again(joined, block)):
            last.lines.extend(block.lines)
            last.heads.extend((*block.title, *block.heads))
            continue
        if block.kind == "table" and not block.title and not block.heads:
            back = len(joined) - 1
            while back >= max(0, len(joined) - MAX_PAGE_LINES) and _is_between(joined[back]):
                back -= 1
            if back >= 0 and joined[back].kind == "table" and not joined[back].notes:
                joined[back].lines.extend(block.lines)
                continue
        joined.append(block)
    return joined


def _printed_again(joined: Sequence[Block], block: Block) -> Block | None:
    """Return the table above that a table goes on with on a new page, its heads printed again.

    The same form for another unit begins with the same row, mostly the sum.
    """
    last = joined[-1] if joined else None
    if last is None or last.kind != "table" or last.notes or not (block.title or block.heads):
        return None
    if block.title and _squeezed(block.title) != _squeezed(last.title):
        return None
    again = set(_squeezed(block.heads))
    left_out = [line for line in last.heads if kinds.squeezed(line) not in again]
    if not again <= set(_squeezed(last.heads)) or any(map(_tells_whose, left_out)):
        return None  # only the number of the form may stand on the first page alone
    cells = [list(map(cell_texts, of.lines)) for of in (last, block)]
    first = cells[0][0]
    if first != cells[1][0] or sum(map(bool, first)) < 2 or any(map(parse_cell, first)):
        return None
    differing = ((a, b) for a, b in zip(*cells, strict=False) if a != b)
    rows = next(differing, ())
    labels = [[text for text in row if parse_cell(text) is None] for row in rows]
    return last if labels and labels[0] != labels[1] else None


def _tells_whose(line: Line) -> bool:
    return kinds.department_name(line) is not None or kinds.unit(line) is not None


def _squeezed(lines: Sequence[Line]) -> list[str]:
    return [kinds.squeezed(line) for line in lines]


def _is_between(block: Block) -> bool:
    """Return whether a block is what stands between two pages: a page head, a page number."""
    return (
        block.kind == "head"
        and kinds.department_name(block.lines[0]) is None
        and kinds.unit(block.lines[0]) is None
    )
