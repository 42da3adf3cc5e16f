"""Splits the columns of a table into sides: one per group of label and figures beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.tables.levels import Level, levels, rank
from indexer.tables.parts import Part, is_measured
from search import vocabulary
from search.amounts import parse_cell
from search.model import Path


@dataclass(slots=True)
class Side:
    """The columns of one side of a table, by part."""

    codes: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    remarks: list[int] = field(default_factory=list)
    units: list[int] = field(default_factory=list)
    levels: tuple[Level, ...] = ()
    """The label columns as levels of one hierarchy, the deepest of which names a row."""

    @property
    def columns(self) -> list[int]:
        """All columns of the side but line numbers."""
        return sorted((*self.codes, *self.labels, *self.values, *self.remarks, *self.units))


def split_sides(
    parts: Sequence[Part], columns: Sequence[Path], body: Sequence[Sequence[str]]
) -> list[Side]:
    """Return the sides: a new one begins where a code or label follows figures.

    Columns of words that no head calls remarks are labels where they are levels of a hierarchy.
    """
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
            Part.WORDS: side.remarks if side.values else side.words,
            Part.ORDINAL: [],
            Part.EMPTY: [],
        }[part].append(column)
    for side in sides:
        _arrange(side, columns, body)
    return sides


def _arrange(side: Side, columns: Sequence[Path], body: Sequence[Sequence[str]]) -> None:
    """Set the levels of a side, and part its columns of words into labels and remarks."""

    def head(column: int) -> str:
        return columns[column][-1] if columns[column] else ""

    found = levels(sorted((*side.labels, *side.words)), body, head)
    sorts = [c for c in side.remarks if side.labels and c < side.labels[0] and rank(head(c))]
    grouped = levels(sorted((*sorts, *side.labels, *side.words)), body, head)
    if sorts and grouped[0].columns == tuple(sorts):  # printed once, blank beside its parts
        found = grouped
        side.remarks = [column for column in side.remarks if column not in sorts]
    if len(found) > 1:
        side.labels = [column for level in found for column in level.columns]
    else:
        side.remarks = sorted((*side.remarks, *side.words))
        found = levels(side.labels, body, head)
    side.words = []
    side.levels = found


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
        number = parse_cell(text) is not None or is_measured(text)
        words_for_figure = part is Part.VALUE and not number and _is_words(text)
        figure_for_words = number and (part is Part.LABEL or (part is Part.CODE and "." in text))
        count += part is None or words_for_figure or figure_for_words
    return count


def _is_words(text: str) -> bool:
    return vocabulary.blank(text) is None and any("\u3400" <= char <= "\u9fff" for char in text)
