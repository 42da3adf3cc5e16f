"""Which cell covers each place of a grid, where the source form tells: merged heads and labels."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.layout import Line


@dataclass(frozen=True, slots=True)
class Spans:
    """The top rows of a grid by the cells that cover them.

    `owners` gives for each row and column the place (row, column) where the covering cell is
    printed; `bottoms` the row behind the last that each of these cells covers.
    """

    owners: tuple[tuple[tuple[int, int], ...], ...]
    bottoms: dict[tuple[int, int], int]

    def covered(self, row: int, column: int) -> bool:
        """Return whether a cell that is printed in a row above covers the place."""
        owners = self.owners[row]
        return column < len(owners) and owners[column][0] < row

    def beside(self, row: int, column: int) -> bool:
        """Return whether a cell that is printed in a column to the left covers the place."""
        owners = self.owners[row]
        return column < len(owners) and owners[column][1] < column


def spans_of(lines: Sequence[Line], rows: int) -> Spans | None:
    """Return the spans of the first `rows` lines, None where no cell covers another place.

    Then the form has no spans, or its borders are drawn through the blanks of heads.
    """
    top = lines[:rows]
    if not any(f.covered or f.across > 1 or f.down > 1 for line in top for f in line.fragments):
        return None
    owners = [[(row, column) for column in range(len(line.fragments))]
              for row, line in enumerate(top)]  # fmt: skip
    bottoms: dict[tuple[int, int], int] = {}
    for row, line in enumerate(top):
        for column, fragment in enumerate(line.fragments):
            if fragment.covered:
                continue
            place = row, column
            bottoms[place] = row + fragment.down
            for below in range(row, min(row + fragment.down, len(top))):
                for beside in range(column, min(column + fragment.across, len(owners[below]))):
                    owners[below][beside] = place
    return Spans(tuple(map(tuple, owners)), bottoms)
