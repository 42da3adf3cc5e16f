"""Gives each figure of a table its unit, by the nearest authority that declares one.

The cell itself goes before the row's column of units, the column's head, the row's label, the
labels above it, the line above the table, and the document's other tables.
"""

import re
from dataclasses import dataclass
from typing import Final

from indexer.tables.columns import Column
from indexer.tables.labels import own_unit
from indexer.tables.measures import counting_unit, counts_item
from search.amounts import COUNT, YUAN
from search.model import Cell, Path, UnitSource
from search.text import normalise

PROJECTS: Final = "项目支出表"
_SHARE: Final = re.compile(r"(?:率|比例|比重|占比)$")
"""Labels of shares, which need not print their sign; a project may be called 提高入学率."""


@dataclass(frozen=True, slots=True)
class Declared:
    """The units that a table and its document declare; one that is not known has no yuan."""

    kind: str
    caption: str | None
    document: str | None


@dataclass(frozen=True, slots=True)
class Labels:
    """What of a row may give a unit: its label, those above it, its code, its cell of units."""

    verbatim: str
    name: str
    path: Path
    code: str | None
    stated: str | None


def with_unit(cell: Cell, column: Column, row: Labels, declared: Declared) -> Cell:
    """Return a cell with its unit, the authority that gives it, and its yuan."""
    if cell.value is None:
        return cell
    unit, source = _given(cell, column, row, declared)
    if unit is None:
        return cell
    yuan = cell.value * YUAN[unit] if unit in YUAN else None
    return cell.model_copy(update={"unit": unit, "unit_from": source, "yuan": yuan})


_Given = tuple[str | None, UnitSource | None]
_NONE: Final[_Given] = None, None


def _given(cell: Cell, column: Column, row: Labels, declared: Declared) -> _Given:
    if cell.unit is not None:
        return cell.unit, "cell"
    if column.unit is not None:
        return column.unit, "head"
    own = row.stated or own_unit(row.verbatim)
    if own is not None and _may_have(column, own):
        return own, "column" if row.stated else "label"
    if not column.valued:
        above = next((u for u in map(own_unit, reversed(row.path)) if u in COUNT), None)
        if above is not None:
            return _NONE if column.beside_counts else (above, "parent")
        if counted := _counted(column, row, declared):
            return counted
        if _SHARE.search(normalise(row.name)) and not _is_money(row, declared):
            return _NONE
    if column.grows or column.doubtful:
        return _NONE
    if declared.caption is not None:
        return declared.caption, "caption"
    return (declared.document, "document") if declared.document else _NONE


def _may_have(column: Column, unit: str) -> bool:
    """Return whether the unit of a row may be that of a column's figures."""
    if unit in YUAN:
        return not column.counts
    return not (column.valued or column.beside_counts)


def _is_money(row: Labels, declared: Declared) -> bool:
    """Return whether a row is money whatever it is called: a project, an account."""
    return declared.kind == PROJECTS or row.code is not None


def _counted(column: Column, row: Labels, declared: Declared) -> _Given | None:
    """Return the unit of figures that count, None where they are money."""
    named = () if _is_money(row, declared) else (row.name, *row.path)
    if not column.counts and not any(map(counts_item, named)):
        return None
    if (own := counting_unit(row.name)) is not None:
        return own, "label"  # a head may count several things: 数量或人次
    if column.counted is not None:
        return column.counted, "head"
    caption = declared.caption
    return (caption, "caption") if caption is not None and caption not in YUAN else _NONE
