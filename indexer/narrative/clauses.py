"""Cuts running text into clauses: at commas, and at 、 where every item has its own figure."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.amounts import Quantity

SENTENCE = re.compile(r"[。;!?]+|(?<=万元)\.(?!\d)")
COMMA = re.compile(r"(?<!\d),|,(?!\d{3}(?!\d))|,(?=\d{4})")
_BRACKETS = re.compile(r"\([^()]*\)")
"""A remark without figures is part of its clause, commas and all."""
_LIST = re.compile(r"、")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause `start:end` with its sentence's number, its figures, and whether it ends that."""

    start: int
    end: int
    sentence: int
    figures: tuple[Quantity, ...]
    close: str = ""
    """The sign that ends the sentence before this clause, where it is the first of its own."""


def clauses(text: str, figures: Sequence[Quantity]) -> Iterator[Clause]:
    """Yield the clauses of text whose figures are known."""
    starts = [figure.start for figure in figures]
    begin, close = 0, "。"
    ends = [*((m.start(), m.end()) for m in SENTENCE.finditer(text)), (len(text), len(text))]
    for number, (end, after) in enumerate(ends):
        for start, stop in _cut(text, begin, end, figures, starts):
            own = figures[bisect_left(starts, start) : bisect_left(starts, stop)]
            yield Clause(start, stop, number, tuple(own), close)
            close = ""
        begin = after
        close = text[end] if end < len(text) else ""


def _cut(
    text: str, begin: int, end: int, figures: Sequence[Quantity], starts: Sequence[int]
) -> Iterator[tuple[int, int]]:
    whole = [
        m.span() for m in _BRACKETS.finditer(text, begin, end)
        if bisect_left(starts, m.start()) == bisect_left(starts, m.end())
    ]  # fmt: skip
    commas = (m.end() for m in COMMA.finditer(text, begin, end))
    edges = [begin, *(at for at in commas if not any(a < at <= b for a, b in whole)), end]
    for start, stop in pairwise(edges):
        signs = [m.end() for m in _LIST.finditer(text, start, stop)]
        parts = list(pairwise([start, *signs, stop]))
        listed = len(parts) > 1 and all(
            bisect_left(starts, a) < bisect_left(starts, b) for a, b in parts
        )
        for a, b in parts if listed else [(start, stop)]:
            if re.search(r"\w", text[a:b]):
                yield a, b
