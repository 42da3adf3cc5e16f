"""Figures that a passage prints and of which it does not say what they are, put in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from indexer.layout import Places
from search.model import Warning

Reason = Literal["item", "direction", "digits", "series"]
_TOLD: Final[Mapping[Reason, str]] = {
    "item": "没有写明是什么的，未读入",
    "direction": "没有划去“增加”或“减少”，方向不明",
    "digits": "的数字被空格隔断，未读入",
    "series": "没有写明各是什么的，未读入",
}
SHOWN: Final = 5
"""So many figures of one paragraph and reason are named."""


@dataclass(frozen=True, slots=True)
class Untold:
    """A figure that makes no statement, or one without direction, with its place and the reason."""

    text: str
    start: int
    reason: Reason


def untold(of: Sequence[Untold], places: Places) -> Iterator[Warning]:
    """Yield a warning for each reason for which figures of a passage could not be told."""
    ordered = sorted(of, key=lambda one: (one.reason, one.start))
    for reason, group in groupby(ordered, key=lambda one: one.reason):
        figures = list(group)
        more = f"等 {len(figures)} 个数" if len(figures) > SHOWN else ""
        named = "、".join(one.text for one in figures[:SHOWN]) + more
        start = figures[0].start
        line = places.locate(start, start + 1).line_start
        yield Warning(message=f"句中的 {named} {_TOLD[reason]}", line=line)
