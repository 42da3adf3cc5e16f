"""The row of cells above a table that heads it: form number, department, year, unit.

Text and spreadsheets print them side by side (部门：… 2023年度 金额单位：万元) as they do the
table's own cells; they are lines of their own.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from indexer import lines as kinds
from indexer.layout import Fragment, Line
from indexer.tables.headers import is_header_row
from search import vocabulary

MAX_HEADS: Final = 4
"""A row of more cells is a table's, even if one of them names the unit."""


_BETWEEN_GAPS: Final = re.compile(r"\S+")
_SAYS: Final = re.compile(r"[:：]|单位|单\s*位")
"""What one of several heads side by side prints: a key, or a unit."""
MAX_REST: Final = 2
"""The end of a unit that wraps: 元, 元)."""


def is_name_key(line: Line) -> bool:
    """Return whether a line prints the key of a department's name without the name."""
    text = kinds.squeezed(line)
    said = vocabulary.organisation(text[:-1]) if text.endswith(":") else None
    return said is not None and said.maker and not said.code


def completes_unit(above: Line, line: Line) -> bool:
    """Return whether a line prints the end of the unit that the line above it begins: 万⏎元."""
    cut, rest = kinds.squeezed(above), kinds.squeezed(line)
    of = kinds.declared(above)
    whole = kinds.declared(kinds.printed(cut + rest))
    return (
        0 < len(rest) <= MAX_REST
        and of is not None
        and of.end >= len(cut) - 1
        and whole is not None
        and whole.unit is not None
        and whole.printed == of.printed + rest.rstrip(")")
    )


def followed(line: Line, rest: Line) -> Line:
    """Return a line of text with the rest of it that wrapped onto the next line."""
    first, last = line.fragments[0], rest.fragments[0]
    positions = tuple(
        place
        for of in (first, last)
        for place in of.positions or range(of.start, of.start + len(of.text))
    )
    whole = Fragment(
        first.text + last.text, first.start, last.end, first.page, first.bbox, positions
    )
    return Line(line.number, line.start, rest.end, (whole,))


def are_heads(texts: Sequence[str]) -> bool:
    """Return whether the printed cells of a row are what stands above a table."""
    if not texts or len(texts) > MAX_HEADS or any(map(_is_decimal, texts)):
        return False
    if len(texts) > 1 and not any(map(_SAYS.search, texts)):
        return False
    lines = [kinds.printed(text) for text in texts]
    if sum(map(kinds.is_year, lines)) > 1:
        return False
    if any(_declares(line) for line in lines):
        return True
    if is_header_row([kinds.squeezed(line) for line in lines]):
        return False
    heads = [line for line in lines if kinds.is_apparatus(line)]
    if any(kinds.unit(line) for line in heads):
        return True
    if len(texts) == 1:
        return bool(heads)
    return len(heads) == len(lines) and any(kinds.department_name(line) for line in lines)


def _declares(line: Line) -> bool:
    """Return whether a cell prints nothing but a unit behind its key: 金额单位：元."""
    of = kinds.declared(line)
    return of is not None and of.start == 0 and ":" in kinds.squeezed(line)


def _is_decimal(text: str) -> bool:
    """Return whether a cell prints what may be an amount: most rows are told apart by this."""
    return text[-3:-2] == "." and text[-2:].isdecimal() and not text.startswith("20")


def names_table(text: str) -> bool:
    """Return whether a text is called a table or list, whatever it adds in brackets."""
    return vocabulary.without_brackets(text).endswith(("表", "清单", "一览", "明细", "目录"))


def _is_title(line: Line, printed: Sequence[Fragment]) -> bool:
    """Return whether one cell over the whole grid names a table."""
    if len(printed) != 1 or printed[0].across < len(line.fragments):
        return False
    text = kinds.squeezed(kinds.printed(printed[0].text))
    return names_table(text) and len(text) <= kinds.MAX_TITLE


def apart(line: Line) -> Iterator[Line]:
    """Yield the heads that a row of cells prints as lines of their own, other lines as they are.

    So is a title that is printed in a cell over all columns of the grid.
    """
    printed = [fragment for fragment in line.fragments if fragment.text]
    if (
        line.is_grid
        and not line.loose
        and (are_heads([fragment.text for fragment in printed]) or _is_title(line, printed))
    ):
        parts = printed
    else:
        parts = _gapped(printed[0]) if len(printed) == 1 and not line.heading else []
    if not parts:
        yield line
    for one in parts:
        yield Line(line.number, one.start, one.end, (one,))


def _gapped(fragment: Fragment) -> list[Fragment]:
    """Return the heads that a line of text prints side by side, nothing where it prints others."""
    places = [match.span() for match in _BETWEEN_GAPS.finditer(fragment.text)]
    if not 1 < len(places) <= MAX_HEADS:
        return []
    parts = [fragment.part(start, end) for start, end in places]
    heads = all(kinds.is_apparatus(kinds.printed(part.text)) for part in parts)
    return parts if heads else []
