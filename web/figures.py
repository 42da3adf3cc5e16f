"""The row of a hit as a small table: column heads over figures, the unit in the head."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from search.model import CellState, UnitSource
from search.results import Hit, HitCell
from web.heads import HeadCell, of_paths

AUTHORITIES: Final[Mapping[UnitSource, str]] = {
    "cell": "单元格里印的",
    "column": "本行的单位栏",
    "head": "列名",
    "label": "行名",
    "parent": "上级行名",
    "caption": "表的上方或下方",
    "document": "本文件的其他各表",
}
"""Where the unit of a figure is printed, in words."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The cells of a row under their heads; `unit` goes for all columns whose head has no other."""

    heads: list[list[HeadCell]]
    cells: tuple[HitCell, ...]
    unit: str


def figures(hit: Hit) -> Figures:
    """Return the figures of a hit that is a row or has one."""
    unit = _unit(hit)
    units = ["" if cell.unit in {None, unit} else cell.unit or "" for cell in hit.cells]
    return Figures(of_paths([cell.column for cell in hit.cells], units), hit.cells, unit)


def is_figure(cell: HitCell) -> bool:
    """Return whether a cell is set as a figure: numbers, dashes and blanks, but no text."""
    return cell.value is not None or cell.state in {CellState.BLANK, CellState.DASH}


def _unit(hit: Hit) -> str:
    """Return the unit of the row's money, else the one unit that it has."""
    units = {cell.unit for cell in hit.cells if cell.yuan is not None}
    units = units or {cell.unit for cell in hit.cells if cell.unit is not None}
    return (units.pop() or "") if len(units) == 1 else ""
