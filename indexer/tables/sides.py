"""Splits the columns of a table into sides: one per group of label and figures beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from indexer.tables.headers import Part
from search.amounts import parse_cell
from search.model import Path

NONE: Final = frozenset({"无", "不适用"})
"""Words that stand where there is no figure."""
MIDDLE: Final = 2
_RANKS: Final = (
    (0, re.compile(r".*项目名称|支出内容")),
    (1, re.compile(r".*科目(?:名称)?|.*项目")),
    (3, re.compile(r".*(?:单位|部门)(?:名称)?(?:\(.*\))?|.*类别")),
)


@dataclass(slots=True)
class Side:
    """The columns of one side of a table, by part."""

    codes: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    remarks: list[int] = field(default_factory=list)
    units: list[int] = field(default_factory=list)

    @property
    def columns(self) -> list[int]:
        """All columns of the side but line numbers."""
        return sorted((*self.codes, *self.labels, *self.values, *self.remarks, *self.units))


def split_sides(parts: Sequence[Part]) -> list[Side]:
    """Return the sides: a new one begins where a code or label follows figures."""
    sides = [Side()]
    for column, part in enumerate(parts):
        side = sides[-1]
        if part in {Part.CODE, Part.LABEL} and side.values:
            side = Side()
            sides.append(side)
        {
            Part.CODE: side.codes,
            Part.LABEL: side.labels,
            Part.VALUE: side.values,
            Part.REMARK: side.remarks,
            Part.UNIT: side.units,
            Part.ORDINAL: [],
        }[part].append(column)
    return sides


def main_label(side: Side, columns: Sequence[Path], *, grouped: bool) -> int:
    """Return the column that names a side's rows: 项目名称 before 科目名称 before 单位名称."""
    if not side.labels:
        return -1
    ranks = [
        next((rank for rank, head in _RANKS if head.fullmatch(columns[c][-1])), MIDDLE)
        if columns[c] else MIDDLE
        for c in side.labels
    ]  # fmt: skip
    best = ranks.index(min(ranks))
    return side.labels[1 if grouped and not best else best]


def is_grouped(side: Side, parts: Sequence[Part], body: Sequence[Sequence[str]]) -> bool:
    """Return whether the first label column groups rows: printed once, blank beside those below.

    The second label column is then the rows' own.
    """
    if len(side.labels) < 2:
        return False
    group, own = side.labels[:2]
    seen = False
    for row in body:
        cells = [*row, *[""] * (len(parts) - len(row))]
        figures = any(parse_cell(cells[column]) for column in side.values)
        if not figures or not cells[own] or misplaced(row, parts):
            continue
        if seen and not cells[group]:
            return True
        seen |= bool(cells[group])
    return False


def best_shift(row: Sequence[str], parts: Sequence[Part]) -> int:
    """Return by how many cells a row was printed too far right (negative: left) of its columns.

    Text under a figure's head and figures under a label's head speak against a position; a
    row moves only where moving leaves strictly fewer of them, and drops only blank cells.
    """
    best, fewest = 0, misplaced(row, parts)
    for shift in (1, -1, 2, -2):
        moved = shifted(row, shift)
        if fewest == 0 or moved is None:
            continue
        left = misplaced(moved, parts)
        if left < fewest:
            best, fewest = shift, left
    return best


def shifted(row: Sequence[str], shift: int) -> list[str] | None:
    """Return the row moved `shift` cells left (negative: right); None if text would be lost."""
    if shift < 0:
        return [""] * -shift + list(row)
    return None if any(row[:shift]) else list(row[shift:])


def misplaced(row: Sequence[str], parts: Sequence[Part]) -> int:
    """Return how many cells stand under a head of another kind, or under none."""
    count = 0
    for column, text in enumerate(row):
        if not text:
            continue
        part = parts[column] if column < len(parts) else None
        number = parse_cell(text) is not None
        words_for_figure = part is Part.VALUE and not number and _is_words(text)
        figure_for_words = number and (part is Part.LABEL or (part is Part.CODE and "." in text))
        count += part is None or words_for_figure or figure_for_words
    return count


def _is_words(text: str) -> bool:
    return text not in NONE and any("\u3400" <= char <= "\u9fff" for char in text)
