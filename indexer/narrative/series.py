"""Figures in a series (甲费和乙费分别为5万元和6万元): each is of what was named in its place.

Where the text before does not name just as many items, nobody can say which is which.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from search.amounts import Quantity

Item = tuple[str, int, int | None]
"""What a figure is of ("" what is spoken of), where that stands, and of which year it is."""
LONGEST: Final = 80
"""Characters before a figure, or before 分别, that are looked at: no list of names is longer."""
UNKNOWN: Final[Item] = ("", -1, None)
"""Stands for the item of a figure that cannot be told."""

_EACH = re.compile(r"分别|各(?=[为是减增下上有约达\d\s(])")
_VERB = re.compile(r"[为是约达有共计\s]*")
_BETWEEN = re.compile(r"[为是约达有共计到至了增减加少长降下上升提高涨低\s、,和与及]*")
_AND = re.compile(r"[、和与及]")
_BEGIN = re.compile(r"[,;。:(]")
_ITEM = re.compile(r".+(?:支出|收入|费用?|经费|资金|拨款|基金|结转|结余)")
_OF_YEAR = re.compile(r"(?P<before>\D*)(?P<year>(?:19|20)\d\d)(?:年度?)?(?P<item>\D*)")
_BARE = re.compile(r"\d[\d.]*\s*[、和与及,~至-]\s*$")


def is_last_of_numbers(text: str, begin: int, at: int) -> bool:
    """Return whether numbers without a unit stand right before a figure at `at`: 3、5万元; 1至3人.

    So the unit stands last; what each of them is of, or whether it is a range, is not told.
    """
    return _BARE.search(text[max(begin, at - LONGEST) : at]) is not None


def items(text: str, figures: Sequence[Quantity]) -> dict[int, Item]:
    """Return for the place of each figure of a series its item, `UNKNOWN` where it is not told."""
    found: dict[int, Item] = {}
    starts = [figure.start for figure in figures]
    for match in _EACH.finditer(text):
        run = list(_run(text, match.end(), figures, bisect_left(starts, match.end())))
        if len(run) < 2:
            continue
        first = max(0, match.start() - LONGEST)
        begins = [cut.end() for cut in _BEGIN.finditer(text, first, match.start())]
        named = list(_named(text, begins[-1] if begins else first, match.start()))
        plain = _VERB.fullmatch(text, match.end(), run[0].start) is not None
        found.update({figure.start: UNKNOWN for figure in run})
        if plain and len(named) == len(run):
            if all(_ITEM.fullmatch(name) for name, _, _ in named):
                found.update({f.start: name for f, name in zip(run, named, strict=True)})
            elif years := _years(named):
                found.update({f.start: name for f, name in zip(run, years, strict=True)})
    return found


def _run(text: str, at: int, figures: Sequence[Quantity], first: int) -> Iterator[Quantity]:
    """Yield the figures of one kind behind `at`, with but signs of a list and verbs between.

    `first` is the number of the first that stands there.
    """
    kind = None
    for number in range(first, len(figures)):
        figure = figures[number]
        if kind not in {None, figure.kind} or not _BETWEEN.fullmatch(text, at, figure.start):
            return
        yield figure
        at, kind = figure.end, figure.kind


def _named(text: str, begin: int, end: int) -> Iterator[Item]:
    at = begin
    for part in _AND.split(text[begin:end]):
        yield part.strip(), at, None
        at += len(part) + 1


def _years(named: Sequence[Item]) -> list[Item]:
    """Return the years that are named, of the one item before or behind them, or none."""
    parts = [_OF_YEAR.fullmatch(name) for name, _, _ in named]
    items = {part["before"] or part["item"] for part in parts if part} - {"", None}
    if not all(parts) or len(items) > 1:
        return []
    item = items.pop() if items else ""
    return [(item, named[0][1], int(part["year"])) for part in parts if part]
