"""Column heads as merged cells, from the column paths of a row or the head lines of a table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from search.model import Path


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A head over `columns` columns and `rows` lines."""

    text: str
    columns: int = 1
    rows: int = 1
    unit: str = ""
    """Shown in the head where it is not that of the whole table."""


def of_paths(paths: Sequence[Path], units: Sequence[str]) -> list[list[HeadCell]]:
    """Return the head lines over columns with these paths, outermost first."""
    depth = max((len(path) for path in paths), default=0)
    lines: list[list[HeadCell]] = [[] for _ in range(depth)]
    for level, line in enumerate(lines):
        previous: Path | None = None
        for path, unit in zip(paths, units, strict=True):
            if level >= len(path):
                previous = None
                continue
            leaf = level == len(path) - 1
            if not leaf and path[: level + 1] == previous:
                line[-1] = replace(line[-1], columns=line[-1].columns + 1)
            elif leaf:
                line.append(HeadCell(path[level], rows=depth - level, unit=unit))
                previous = None
            else:
                line.append(HeadCell(path[level]))
                previous = path[: level + 1]
    return lines


def of_lines(lines: Sequence[Sequence[str]]) -> list[list[HeadCell]]:
    """Return head lines as printed with their blanks merged into the heads they belong to.

    A blank in the first line continues the head to its left. Below, a blank continues the head
    above it, or the one to its left where both stand under the same head.
    """
    owners: list[list[tuple[int, int]]] = []
    for number, line in enumerate(lines):
        row: list[tuple[int, int]] = []
        for column, text in enumerate(line):
            row.append((number, column) if text else _owner(owners, row, number, column))
        owners.append(_whole(owners, row, number))
    cells: list[list[HeadCell]] = []
    flat = [owner for row in owners for owner in row]
    for number, line in enumerate(lines):
        cells.append([])
        for column, text in enumerate(line):
            if owners[number][column] == (number, column):
                rows = len({n for n, row in enumerate(owners) if (number, column) in row})
                width = flat.count((number, column)) // rows
                cells[-1].append(HeadCell(text, columns=width, rows=rows))
    return cells


def _owner(
    owners: list[list[tuple[int, int]]], row: list[tuple[int, int]], number: int, column: int
) -> tuple[int, int]:
    here = (number, column)
    if number == 0:
        return row[-1] if row else here
    above = owners[-1]
    if column >= len(above):
        return here
    if column and above[column] == above[column - 1] and row[-1][0] == number:
        return row[-1]
    return above[column]


def _whole(
    owners: list[list[tuple[int, int]]], row: list[tuple[int, int]], number: int
) -> list[tuple[int, int]]:
    """Return the line's owners, a head from above kept only where it keeps its whole width."""
    kept: list[tuple[int, int]] = []
    for column, owner in enumerate(row):
        broken = owner[0] != number and row.count(owner) != owners[-1].count(owner)
        kept.append((number, column) if broken else owner)
    return kept
