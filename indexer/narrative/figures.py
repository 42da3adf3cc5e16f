"""The figures of running text that say how much: no conditions, codes, ordinals or torn digits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from indexer.narrative.clauses import COMMA, SENTENCE
from indexer.narrative.lexicon import lexicon
from search.amounts import NUMBER, SPOKEN, YUAN, Quantity, doubtful_figures, find_quantities

_CONDITION = re.compile(r"(?:\((?:原值|含)\))?\(?含?\)?(?:以上|以下|以内|以外)")
"""Behind a figure that bounds what is counted: 100万元以上的设备."""
_CODE = re.compile(r"\(\d*$")
"""Before the letters of a code: (01项)."""
_CODED = re.compile(r"[类款项]\)")
_ORDINAL = re.compile(r"第$")
_TORN = re.compile(r"\d[.,]?\s+$")
"""Digits before a space before the figure: 1 200元 may be 1200 or 200."""
_BARE = re.compile(rf"(?<![\d.,A-Za-z-])(?P<number>{NUMBER})(?P<unit>[万亿])(?=[,;。、:()!?\s]|$)")
"""万 and 亿 at the end of a clause, which count money where money is spoken of."""


@dataclass(frozen=True, slots=True)
class Found:
    """The figures of a text, and where those stand whose digits or sign are not sure."""

    figures: tuple[Quantity, ...]
    torn: tuple[tuple[int, int], ...]


def figures(text: str) -> Found:
    """Return the figures of text that has no spaces but between digits."""
    found: list[Quantity] = []
    for figure in (*_quantities(text), *_bare(text)):
        before = text[max(0, figure.start - 8) : figure.start]
        if _CONDITION.match(text, figure.end) or _ORDINAL.search(before):
            continue
        if _CODE.search(before) and _CODED.match(text, figure.end - 1):
            continue
        if not _TORN.search(before):
            found.append(figure)
    found.sort(key=lambda figure: figure.start)
    known = [(figure.start, figure.end) for figure in found]
    torn = (of for of in doubtful_figures(text) if not any(_meet(of, other) for other in known))
    return Found(tuple(found), tuple(torn))


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _quantities(text: str) -> Iterator[Quantity]:
    """Yield the quantities between commas that part no thousands: 26批次,130人次."""
    edges = [0, *(m.end() for m in COMMA.finditer(text)), len(text)]
    for start, end in pairwise(edges):
        for q in find_quantities(text[start:end]):
            yield Quantity(q.start + start, q.end + start, q.value, q.unit, q.kind, q.base)


def _bare(text: str) -> Iterator[Quantity]:
    if "万" not in text and "亿" not in text:
        return
    for match in _BARE.finditer(text):
        ends = [m.end() for m in SENTENCE.finditer(text, 0, match.start())]
        if _money().search(text, ends[-1] if ends else 0, match.start()):
            value = Decimal(match["number"].replace(",", ""))
            factor = YUAN[SPOKEN[match["unit"]]]
            yield Quantity(
                match.start(), match.end(), value, match["unit"], "money", value * factor
            )


def _money() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, lexicon().nouns["money"])))


LONGEST_NOUN: Final = 24


def noun_behind(text: str, at: int, *, money: bool = False) -> str:
    """Return the noun behind a figure that a verb leads to: 12个内设机构.

    Money is of 财政拨款, which is no part of what is counted.
    """
    match = _NOUN.match(text, at)
    if match is None:
        return ""
    noun = match[0][:LONGEST_NOUN]
    words = lexicon().nouns
    ends = words["end"] if money else (*words["end"], *words["funded"])
    places = [i for word in ends if (i := noun.find(word, 1)) > 0]
    return noun[: min(places)] if places else noun


_NOUN = re.compile(r"[“\"]?[\u4e00-\u9fff]+[”\"]?[\u4e00-\u9fff]*")
