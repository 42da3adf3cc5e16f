"""Which of its figures a record is about, where it prints several measures."""

from collections.abc import Sequence
from typing import TypeVar

from search.model import Cell, Report

AnyCell = TypeVar("AnyCell", bound=Cell)


def own_cell(cells: Sequence[AnyCell], report: Report | None) -> AnyCell | None:
    """Return the cell of the figure that a row is about: money before counts, the first of them.

    A final account prints what was planned first (预算数, 决算数), and is about what was spent.
    """
    printed = [cell for cell in cells if cell.principal and cell.value is not None]
    money = [cell for cell in printed if cell.yuan is not None] or printed
    final = report == "决算"
    spent = [cell for cell in money if final and any("决算" in head for head in cell.column)]
    return next(iter(spent or money), None)
