"""Likely causes of failed equations: hypotheses of what was misread or misprinted.

A hypothesis gives some figures other values. It is judged by the equations that it would meet
and those that it would break; it is named, and never applied.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from indexer.checks.equation import Equation
from indexer.checks.figures import NOTHING, Figure, Sheet

Cause = Literal["digit", "shift", "unit", "missing", "empty", "unknown"]
SCALES: Final = tuple(Decimal(10) ** power for power in (4, -4, 3, -3, 2, -2, 1, -1))
"""万元 for 元 first, then a decimal point out of place."""
_DIGITS: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True, eq=False)
class Hypothesis:
    """Other values for some figures by `ref`; `printed` is what the suspects should print."""

    cause: Cause
    instead: Mapping[str, Decimal]
    suspects: tuple[Figure, ...]
    printed: str
    key: tuple[object, ...]
    """What it has in common with the same mistake elsewhere."""


def hypotheses(equation: Equation) -> Iterator[Hypothesis]:
    """Yield what would explain that an equation is not met, whole tables before single cells."""
    difference = equation.difference()
    if difference is None:
        return
    if equation.shape != "sum":
        yield from _misread_rate(equation)
        return
    for number, (sign, figure) in enumerate(equation.terms):
        wanted = figure.value + (-difference if number == 0 else sign * difference)
        yield from _shifted(equation, figure, wanted)
        yield from _scaled(equation, figure, wanted)
        yield from _misread(equation, figure, wanted)


def _misread(equation: Equation, figure: Figure, wanted: Decimal) -> Iterator[Hypothesis]:
    """Yield single digits read or printed wrong: 42.50 for 12.50; lost or doubled ones."""
    match = _DIGITS.search(figure.text)
    if match is None or wanted < 0:
        return
    printed = match[0].replace(",", "")
    places = len(printed.partition(".")[2])
    unit = figure.factor.scaleb(-places)
    for digits in _near(printed.replace(".", ""), (wanted / unit).to_integral_value()):
        value = Decimal(digits) * unit
        if abs(value - wanted) > equation.tolerance or value == figure.value:
            continue
        text = f"{Decimal(digits).scaleb(-places):f}"
        same = [figure, *_siblings(figure)]
        for suspects in ([figure], same) if len(same) > 1 else ([figure],):
            instead = {suspect.ref: value for suspect in suspects}
            key = ("digit", figure.what[1].split(" ")[-1], printed, text)
            yield Hypothesis("digit", instead, tuple(suspects), text, key)


def _near(printed: str, wanted: Decimal) -> Iterator[str]:
    """Yield the numbers that differ from a printed one by one digit, about as large as wanted."""
    target = f"{int(wanted)}"
    whole = int(printed)
    for power in range(len(printed)):
        step = round(Decimal(int(wanted) - whole).scaleb(-power))
        digit = int(printed[len(printed) - 1 - power]) + int(step)
        if step and 0 <= digit <= 9:
            yield str(whole + int(step) * 10**power)
    if abs(len(target) - len(printed.lstrip("0"))) == 1:
        long, short = sorted((target, printed.lstrip("0")), key=len, reverse=True)
        if any(long[:at] + long[at + 1 :] == short for at in range(len(long))):
            yield target


def _siblings(figure: Figure) -> Iterator[Figure]:
    """Yield the figures of the same row that print the same: a sum of one part is wrong twice."""
    if figure.sheet is None or figure.row < 0:
        return
    for cell, of in enumerate(figure.sheet.rows[figure.row].cells):
        if cell != figure.cell and of.text and of.text == figure.text:
            yield figure.sheet.figure(figure.row, cell)


def _misread_rate(equation: Equation) -> Iterator[Hypothesis]:
    """Yield a digit of a percentage read or printed wrong."""
    stated = equation.stated
    difference = equation.difference()
    if difference is not None:
        yield from _misread(equation, stated, stated.value - difference)


def _shifted(equation: Equation, figure: Figure, wanted: Decimal) -> Iterator[Hypothesis]:
    """Yield a figure that stands in the column beside its own, in its row or in the whole table."""
    sheet = figure.sheet
    if sheet is None or figure.row < 0:
        return
    if figure.value and abs(wanted) <= equation.tolerance:
        for cell in _beside(sheet, figure, blank=True):
            yield from _moved(sheet, figure.row, figure.cell, cell)
    elif not figure.value and wanted > 0:
        for cell in _beside(sheet, figure, blank=False):
            if abs(sheet.figure(figure.row, cell).value - wanted) <= equation.tolerance:
                yield from _moved(sheet, figure.row, cell, figure.cell)


def _beside(sheet: Sheet, figure: Figure, *, blank: bool) -> Iterator[int]:
    """Yield the nearest cells left and right that are blank, or hold a figure."""
    row = sheet.rows[figure.row].cells
    for cells in (range(figure.cell + 1, len(row)), range(figure.cell - 1, -1, -1)):
        found = (c for c in cells if bool(row[c].text) is not blank)
        cell = next(found, None)
        if cell is not None and (blank or row[cell].value is not None):
            yield cell


def _moved(sheet: Sheet, row: int, from_: int, to: int) -> Iterator[Hypothesis]:
    """Yield the move of all figures of a column, then of the one."""
    source, target = sheet.layout(row)[from_], sheet.layout(row)[to]
    cells = [
        (index, a, b)
        for index in range(len(sheet.rows))
        if (a := sheet.same_column(index, source)) >= 0
        and (b := sheet.same_column(index, target)) >= 0
        and sheet.figure(index, a).value
        and sheet.figure(index, b).blank
    ]
    key = ("shift", sheet.table.id, source, target)
    for moved in (cells, [(row, from_, to)]) if len(cells) > 1 else ([(row, from_, to)],):
        instead: dict[str, Decimal] = {}
        for index, a, b in moved:
            instead[sheet.figure(index, a).ref] = NOTHING
            instead[sheet.figure(index, b).ref] = sheet.figure(index, a).value
        suspects = tuple(sheet.figure(index, a) for index, a, _ in moved)
        yield Hypothesis("shift", instead, suspects, target[-1] if target else "", key)


def _scaled(equation: Equation, figure: Figure, wanted: Decimal) -> Iterator[Hypothesis]:
    """Yield a figure, or a whole table, whose unit or decimal point is wrong."""
    if not figure.value or wanted <= 0:
        return
    for scale in SCALES:
        if abs(figure.value * scale - wanted) > equation.tolerance:
            continue
        sheet = figure.sheet
        if sheet is not None and abs(scale) in {Decimal(10) ** 4, Decimal(10) ** -4}:
            figures = [
                sheet.figure(row, cell)
                for row, of in enumerate(sheet.rows)
                for cell, at in enumerate(of.cells)
                if at.yuan is not None
            ]
            key = ("unit", sheet.table.id, str(scale))
            instead = {f.ref: f.value * scale for f in figures}
            if figures:  # a table of counts has no amounts
                yield Hypothesis("unit", instead, (figures[0],), _said(scale), key)
        key = ("unit", figure.ref, str(scale))
        instead = {figure.ref: figure.value * scale}
        yield Hypothesis("unit", instead, (figure,), _said(scale), key)
        return


def _said(scale: Decimal) -> str:
    ratio = scale if scale > 1 else 1 / scale
    return f"{'小' if scale > 1 else '大'}了 {int(ratio)} 倍"
