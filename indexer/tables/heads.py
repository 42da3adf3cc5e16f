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

MAX_HEADS: Final = 4
"""A row of more cells is a table's, even if one of them names the unit."""


_KEY = re.compile(
    r"(?:公开|编制|填报|预算)?(?:部门|单位)(?:\(单位\))?(?:名称)?:|(?:编制|填报|填表|公开)单位:"
)
"""The key of a department's name that is printed apart from the name."""
_CUT_UNIT = re.compile(r"\(?(?:金额|货币|计量)?单位:(?:人民币)?[百千十]?[万亿]?")
"""The unit of a table that wraps before its last character: 单位：万⏎元."""


def is_name_key(line: Line) -> bool:
    """Return whether a line prints the key of a department's name without the name."""
    return _KEY.fullmatch(kinds.squeezed(line)) is not None


def completes_unit(above: Line, line: Line) -> bool:
    """Return whether a line prints the rest of the unit that the line above it begins."""
    cut, rest = kinds.squeezed(above), kinds.squeezed(line).rstrip(")")
    return (
        rest != ""
        and _CUT_UNIT.fullmatch(cut) is not None
        and kinds.unit(above) is None
        and kinds.unit(kinds.printed(cut + rest)) is not None
    )


def are_heads(texts: Sequence[str]) -> bool:
    """Return whether the printed cells of a row are what stands above a table."""
    if not texts or len(texts) > MAX_HEADS or any(map(_is_decimal, texts)):
        return False
    lines = [kinds.printed(text) for text in texts]
    if is_header_row([kinds.squeezed(line) for line in lines]):
        return False
    if sum(map(kinds.is_year, lines)) > 1:
        return False
    heads = [line for line in lines if kinds.is_apparatus(line)]
    if any(kinds.unit(line) for line in heads):
        return True
    if len(texts) == 1:
        return bool(heads)
    return len(heads) == len(lines) and any(kinds.department_name(line) for line in lines)


def _is_decimal(text: str) -> bool:
    """Return whether a cell prints what may be an amount: most rows are told apart by this."""
    return text[-3:-2] == "." and text[-2:].isdecimal() and not text.startswith("20")


def _is_title(line: Line, printed: Sequence[Fragment]) -> bool:
    """Return whether one cell over the whole grid names a table."""
    if len(printed) != 1 or printed[0].across < len(line.fragments):
        return False
    text = kinds.squeezed(kinds.printed(printed[0].text))
    return text.endswith(("表", "表)")) and len(text) <= kinds.MAX_TITLE


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
        for one in printed:
            yield Line(line.number, one.start, one.end, (one,))
    else:
        yield line
