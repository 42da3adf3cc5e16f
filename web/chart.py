"""The chart of a comparison: bars by department within a year, else lines by year.

Lengths across are per cent of the chart, so that it fits any screen while its text keeps its size;
lengths down are pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from search.compare.model import ComparedCell, ComparedFigure, ComparedRow, Comparison
from search.model import Report

MOST: Final = 12
"""Departments that a chart shows; more can be read in the table only."""
LONGEST_NAME: Final = 22
"""Characters of a department's name above its bars on a narrow screen."""
WIDTH: Final = Decimal(78)
"""Per cent that the longest bar takes; its figure stands to the right."""
BAR: Final = 15
NAME: Final = 22
GAP: Final = 12
HEIGHT: Final = 110
"""Pixels of a panel's drawing; the years stand below."""
_EDGE: Final = Decimal(9)
_TOP: Final = 18


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure as a bar, or as a point where `x` is its middle."""

    report: Report
    figure: ComparedFigure
    text: str
    x: str
    y: int
    width: str = "0%"
    end: str = "0%"


@dataclass(frozen=True, slots=True)
class Group:
    """The bars of a department, or its points and the lines between those of following years."""

    department: str
    name: str
    y: int
    bars: tuple[Bar, ...]
    lines: tuple[tuple[Bar, Bar], ...] = ()
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """All groups on one scale from `low` to `high`; by year where `years` has several."""

    groups: tuple[Group, ...]
    years: tuple[tuple[int, str], ...]
    height: int
    zero: str
    high: str
    omitted: int

    @property
    def by_year(self) -> bool:
        """Whether the groups are panels over years."""
        return len(self.years) > 1


def chart(comparison: Comparison) -> Chart | None:
    """Return the chart of a comparison, None where its figures are not fit for one."""
    if comparison.obstacles:
        return None
    rows = [row for row in comparison.rows if any(_number(cell) is not None for cell in row.cells)]
    years = sorted({row.year for row in rows})
    departments = list(dict.fromkeys(row.department for row in rows))
    shown = [row for row in rows if row.department in departments[:MOST]]
    numbers = [n for row in shown for cell in row.cells if (n := _number(cell)) is not None]
    scale = _Scale(min([Decimal(0), *numbers]), max([Decimal(0), *numbers]))
    make = _bars if len(years) == 1 else _points
    groups: list[Group] = []
    for department in departments[:MOST]:
        own = [row for row in shown if row.department == department]
        groups.append(make(own, scale, years, sum(map(_height, groups))))
    return Chart(
        groups=tuple(groups),
        years=tuple((year, _per_cent(_across(year, years))) for year in years),
        height=sum(map(_height, groups)) if len(years) == 1 else HEIGHT + _TOP,
        zero=_per_cent(scale.at(Decimal(0))),
        high=written(scale.high),
        omitted=len(departments[MOST:]),
    )


def written(number: Decimal) -> str:
    """Return a number as the table shows it: thousands apart, all decimals, a true minus."""
    return f"{number:,f}".replace("-", "\u2212")


def decimals(found: Comparison) -> int:
    """Return the most decimals of any figure shown."""
    texts = [
        f"{figure.shown:f}"
        for row in found.rows
        for cell in row.cells
        for figure in cell.figures
        if figure.shown is not None
    ]
    return max((len(text.partition(".")[2]) for text in texts), default=0)


@dataclass(frozen=True, slots=True)
class _Scale:
    low: Decimal
    high: Decimal

    def at(self, number: Decimal) -> Decimal:
        """Return where a number lies, as a share of the bars' width in per cent."""
        span = self.high - self.low
        return (number - self.low) / span * WIDTH if span else Decimal(0)


def _number(cell: ComparedCell) -> Decimal | None:
    return cell.one.shown if cell.one is not None else None


def _height(group: Group) -> int:
    return NAME + BAR * len(group.bars) + GAP


def _per_cent(number: Decimal) -> str:
    return f"{number:.2f}%"


def _across(year: int, years: Sequence[int]) -> Decimal:
    span = years[-1] - years[0]
    return _EDGE + (100 - 2 * _EDGE) * (year - years[0]) / span if span else Decimal(50)


def _bars(rows: Sequence[ComparedRow], scale: _Scale, years: Sequence[int], top: int) -> Group:
    bars: list[Bar] = []
    for cell in (cell for row in rows for cell in row.cells):
        number = _number(cell)
        if number is None or cell.one is None:
            continue
        start, end = sorted((scale.at(Decimal(0)), scale.at(number)))
        y = top + NAME + BAR * len(bars)
        width = _per_cent(max(end - start, Decimal("0.2")))
        text = written(number)
        bars.append(Bar(cell.report, cell.one, text, _per_cent(start), y, width, _per_cent(end)))
    return _group(rows, tuple(bars), top)


def _points(rows: Sequence[ComparedRow], scale: _Scale, years: Sequence[int], top: int) -> Group:
    points: list[Bar] = []
    lines: list[tuple[Bar, Bar]] = []
    for side in (0, 1):
        last: tuple[int, Bar] | None = None
        for row in rows:
            cell = row.cells[side]
            number = _number(cell)
            if number is None or cell.one is None:
                continue
            y = _TOP + round(HEIGHT * (1 - scale.at(number) / WIDTH))
            x = _per_cent(_across(row.year, years))
            point = Bar(cell.report, cell.one, written(number), x, y)
            # A year without a figure leaves a gap: nothing is known of what lies between.
            if last is not None and last[0] == row.year - 1:
                lines.append((last[1], point))
            last = (row.year, point)
            points.append(point)
    group = _group(rows, tuple(points), top)
    return Group(group.department, group.name, top, group.bars, tuple(lines), group.spoken)


def _group(rows: Sequence[ComparedRow], bars: tuple[Bar, ...], top: int) -> Group:
    name = rows[0].department
    short = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
    said = (f"{bar.figure.document.year}年{bar.report}{bar.text}" for bar in bars)
    return Group(name, short, top, bars, spoken=f"{name}：{'，'.join(said)}")
