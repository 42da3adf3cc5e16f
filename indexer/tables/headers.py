"""Reads the header of a grid: which rows it takes, and the path of heads above each column.

Text form loses spans: a head over three columns is printed once, with blanks beside it. A
blank beside a head is under that head where a lower header row prints something there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Final

from indexer.layout import Line
from indexer.tables.labels import is_total
from indexer.tables.parts import Part, parts
from indexer.tables.spans import Spans, spans_of
from search import vocabulary
from search.amounts import parse_cell
from search.model import Path
from search.text import without_space

MAX_HEADER: Final = 4
"""No disclosure form has more header rows than this."""

MAX_YEARS: Final = 5
"""No table of a disclosure compares years further apart."""
MAX_HEAD: Final = 20
"""A longer text is no head unless its words say so."""

_CODE = re.compile(r"[A-Z]\d{0,6}|\d{1,8}")
_BARE_YEAR = re.compile(r"20[0-3]\d")
_CODE_HEADS = frozenset("类款项")
_ORDINAL = re.compile(r"([0-9]{1,3})(?:=[0-9+\-]+)?")
_ORDINALS = re.compile(r"栏次|行次|[类款项]|\*+|[甲乙丙丁]|[0-9]{1,3}(?:=[0-9+\-]+)?")
_ACCOUNT_CODE = re.compile(r"\d{3}(?:\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a grid: how many rows it takes, and path and part of each column."""

    rows: int
    columns: tuple[Path, ...]
    parts: tuple[Part, ...]


def cell_texts(line: Line) -> list[str]:
    """Return the cells of a grid row, normalised, without white space, trailing blanks kept."""
    return [without_space(fragment.text) for fragment in line.fragments]


def read_header(
    rows: Sequence[Sequence[str]], lines: Sequence[Line] = (), depth: int | None = None
) -> Header:
    """Return the header of a grid given the texts of its rows.

    Where the cells of its `lines` carry spans, these tell how deep the header is and which
    columns a head stands over; else both are told by the heads' words and the blanks beside them.
    `depth` is the number of header rows where that is decided already.
    """
    spans = spans_of(lines, MAX_HEADER + 2)
    if depth is not None:
        count = depth
    else:
        count = _header_rows(rows) if spans is None else _spanned_rows(rows, spans)
    levels = [level for row in rows[:count] if any(level := _heads(row))]
    if levels and count < len(rows) and (heads := _code_heads(rows[count])):
        levels.append(heads)
        spans = None
    if not levels:
        width = max((len(row) for row in rows), default=0)
        return Header(count, ((),) * width, (Part.LABEL,) + (Part.VALUE,) * (width - 1))
    columns = _paths(_aligned(levels)) if spans is None else _spanned_paths(rows[:count], spans)
    columns = _beside(columns, rows[count:])
    return Header(count, columns, parts(columns, rows[count:]))


def _beside(columns: Sequence[Path], body: Sequence[Sequence[str]]) -> tuple[Path, ...]:
    """Return the heads of columns, those moved whose border stands beside their body's.

    A head over nothing belongs to the figures beside it that have no head.
    """
    moved = list(columns)
    filled = [any(c < len(row) and row[c] for row in body) for c in range(len(columns))]
    for column, path in enumerate(columns):
        if not path or filled[column]:
            continue
        for other in (column + 1, column - 1):
            if 0 <= other < len(moved) and filled[other] and not moved[other]:
                moved[other], moved[column] = path, ()
                break
    return tuple(moved)


def _heads(row: Sequence[str]) -> list[str]:
    """Return the heads of a header row: of one that numbers the columns 类 款 项 alone."""
    if not is_ordinal_row(row):
        return list(row)
    return [text if text in _CODE_HEADS else "" for text in row]


def _code_heads(row: Sequence[str]) -> list[str]:
    """Return the heads 类 款 项 where a row prints them before its sum (类 款 项 合计 8.00)."""
    heads = list(takewhile(_CODE_HEADS.__contains__, row))
    return heads if len(heads) > 1 else []


def is_ordinal_row(row: Sequence[str]) -> bool:
    """Return whether the row numbers the columns (栏次, 1 2 3, 4=2+3; 501 502)."""
    printed = [text for text in row if text]
    if "类" in printed and "款" in printed:
        rest = [text for text in printed if text not in _CODE_HEADS]
        if rest and all(map(_ACCOUNT_CODE.fullmatch, rest)):
            return True
    if not all(map(_ORDINALS.fullmatch, printed)):
        return False
    numbers = [int(match[1]) for text in printed if (match := _ORDINAL.fullmatch(text))]
    return (
        len(numbers) >= (1 if "栏次" in printed else 2)
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and numbers[0] <= 1
    )


def is_header_row(row: Sequence[str]) -> bool:
    """Return whether all that the row prints are heads."""
    printed = [text for text in row if text]
    return len(printed) >= 2 and all(_is_head(text) for text in printed)


def _is_head(text: str) -> bool:
    return vocabulary.head(text) is not None and not _is_enumerated(text)


def _is_enumerated(text: str) -> bool:
    said = vocabulary.label(text)
    return said is not None and 0 < said.depth < vocabulary.OF_WHICH


def _is_code_head(text: str) -> bool:
    said = vocabulary.head(text)
    return said is not None and said.part == "code"


def _header_rows(rows: Sequence[Sequence[str]]) -> int:
    """Return how many rows at the top are header, the row of column numbers included."""
    count = 0
    for index, row in enumerate(rows[: MAX_HEADER + 1]):
        if is_ordinal_row(row):
            return index + 1
        if not _continues_header(row, rows[:index]):
            break
        count = index + 1
    return count


def _spanned_rows(rows: Sequence[Sequence[str]], spans: Spans) -> int:
    """Return how many rows at the top are header, told by the cells that they consist of.

    A further row is header where heads above reach down into it, and where it divides a head
    above: it then prints a head, or stands below one that reaches down, in every column.
    """
    count = reached = 0
    for index, row in enumerate(rows[: MAX_HEADER + 1]):
        if is_ordinal_row(row):
            return index + 1 if index else 0
        printed = [text for text in row if text]
        years = _years(row)
        if any(_is_body(text) for text in printed if text not in years):
            break
        if index == 0 and not (len(printed) > 1 or any(map(_is_head, printed))):
            break
        if index >= max(1, reached) and not _divides_spans(index, rows, spans):
            break
        count = index + 1
        heads = [place for place in spans.owners[index] if _text(rows, place)]
        reached = max([reached, *(spans.bottoms[place] for place in heads)])
    return count


def _text(rows: Sequence[Sequence[str]], place: tuple[int, int]) -> str:
    row, column = place
    return rows[row][column] if column < len(rows[row]) else ""


def _divides_spans(index: int, rows: Sequence[Sequence[str]], spans: Spans) -> bool:
    """Return whether a row prints the heads into which heads of the row above are divided."""
    above = spans.owners[index - 1]
    divided = whole = False
    for column, place in enumerate(spans.owners[index]):
        if place[0] < index:
            continue
        head = above[column] if column < len(above) else place
        wide = sum(owner == head for owner in above) > 1
        printed = bool(_text(rows, place))
        divided |= printed and wide
        whole |= bool(_text(rows, head)) and not wide
    # Below a head that is whole stands the body, unless words tell that a border is missing.
    return divided and (not whole or all(_is_head(text) for text in rows[index] if text))


def _spanned_paths(rows: Sequence[Sequence[str]], spans: Spans) -> tuple[Path, ...]:
    """Return the heads over each column, those first that stand over most columns."""
    width = max(len(row) for row in rows)
    printed = [[*row, *[""] * (width - len(row))] for row in rows]
    paths = []
    for column in range(width):
        heads: list[str] = []
        for index, row in enumerate(rows):
            owners = spans.owners[index]
            text = _text(rows, owners[column]) if column < len(owners) else ""
            if not text and column < len(owners) and owners[column] == (index, column):
                text = _spanning(printed, index, column)  # a head that is not merged over it
            if is_ordinal_row(row) and text not in _CODE_HEADS:
                continue
            if text and heads[-1:] != [text]:
                heads.append(text)
        paths.append(tuple(heads))
    return tuple(paths)


def _continues_header(row: Sequence[str], above: Sequence[Sequence[str]]) -> bool:
    printed = [(column, text) for column, text in enumerate(row) if text]
    years = _years(row)
    if not printed or any(_is_body(text) for _, text in printed if text not in years):
        return False
    column, text = printed[0]
    if not above:
        return len(printed) > 1 or _is_head(text)
    if len(printed) == 1:
        # A lone text under a head of its own column is the first label of the body.
        if _is_code_head(text):
            return True
        return not is_total(text) and not _covered(column, above)
    heads = all(text in years or _is_head(text) for _, text in printed)
    return heads or _divides(printed, above[-1])


def _years(row: Sequence[str]) -> frozenset[str]:
    """Return the fiscal years that a row prints as heads, without 年: several, near each other."""
    found = [text for text in row if _BARE_YEAR.fullmatch(text)]
    numbers = list(map(int, found))
    near = len(set(found)) == len(found) > 1 and max(numbers) - min(numbers) < MAX_YEARS
    return frozenset(found if near and not any(map(is_total, row)) else ())


def _divides(printed: Sequence[tuple[int, str]], above: Sequence[str]) -> bool:
    """Return whether words stand under heads that span several columns, whatever they say.

    Under the first head alone they may be a row's labels.
    """
    heads = [column for column, text in enumerate(above) if text]

    def blank(column: int) -> bool:
        return column >= len(above) or not above[column]

    return (
        len(heads) > 1
        and printed[0][0] >= heads[0]
        and any(blank(column) and column > heads[1] for column, _ in printed)
        and all(len(text) <= MAX_HEAD and (blank(c) or blank(c + 1)) for c, text in printed)
    )


def _covered(column: int, above: Sequence[Sequence[str]]) -> bool:
    return any(column < len(row) and row[column] for row in above) or column == 0


def holds_body(row: Sequence[str]) -> bool:
    """Return whether a row holds what no header does: figures, codes, enumerated labels."""
    years = _years(row)
    return not is_ordinal_row(row) and any(
        _is_body(text) for text in row if text and text not in years
    )


def _is_body(text: str) -> bool:
    return (
        parse_cell(text) is not None
        or _CODE.fullmatch(text) is not None
        or _is_enumerated(text)
        or not re.search(r"[\w%]", text)
    )


def _aligned(levels: list[list[str]]) -> list[list[str]]:
    """Shift a lower header row that was printed one cell too far right back under its heads.

    A head with blanks beside it spans as many columns as it has blanks and itself. Where the
    row below prints exactly that many heads, they belong under it, wherever they start.
    """
    for upper, lower in pairwise(levels):
        printed = [column for column, text in enumerate(lower) if text]
        if not printed or printed != list(range(printed[0], printed[-1] + 1)):
            continue
        first = printed[0] - 1
        if first < 0 or first >= len(upper) or not upper[first]:
            continue
        span = 1
        while first + span < len(upper) and not upper[first + span]:
            span += 1
        overflows = len(lower) > len(upper) or bool(printed[-1] < len(upper) and upper[printed[-1]])
        if span == len(printed) and overflows:
            del lower[0]
    return levels


def _paths(levels: list[list[str]]) -> tuple[Path, ...]:
    width = max((i + 1 for row in levels for i, text in enumerate(row) if text), default=0)
    rows = [row[:width] + [""] * (width - len(row)) for row in levels]
    # Heads that were printed with nothing below may still span blanks at the right edge.
    width = max(width, len(levels[0]))
    rows = [row + [""] * (width - len(row)) for row in rows]
    return tuple(_path(rows, column) for column in range(width))


def _path(rows: list[list[str]], column: int) -> Path:
    heads: list[str] = []
    for depth, row in enumerate(rows):
        text = row[column] or _spanning(rows, depth, column)
        if text and (not heads or heads[-1] != text):
            heads.append(text)
    return tuple(heads)


def _spanning(rows: list[list[str]], depth: int, column: int) -> str:
    """Return the head to the left whose span covers a blank header cell, else an empty text."""
    if not any(row[column] for row in rows[depth + 1 :]):
        return ""
    left = next((c for c in range(column - 1, -1, -1) if rows[depth][c]), None)
    if left is None:
        return ""
    if depth and _spanning_start(rows, depth - 1, left) != _spanning_start(rows, depth - 1, column):
        return ""
    below_left = any(row[left] for row in rows[depth + 1 :])
    return rows[depth][left] if below_left else ""


def _spanning_start(rows: list[list[str]], depth: int, column: int) -> int:
    """Return the column where the head over `column` in row `depth` is printed."""
    return next((c for c in range(column, -1, -1) if rows[depth][c]), -1)
