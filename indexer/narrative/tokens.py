"""Cuts the words of a clause into tokens: periods, words of the lexicon, and the text between."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from indexer.narrative.lexicon import Entry, Kind, Senses, lexicon

_YEAR: Final = (
    r"(?P<asof>截[至止]到?)?(?<!\d)(?P<year>(?:19|20)\d\d)年"
    r"(?:(?P<end>末|底)|度|初|\d{1,2}月(?P<day>\d{1,2}日|底|末)?)?"
)
_SPEAKS = re.compile(r"[\u4e00-\u9fffA-Za-z]")
NONE: Final[Senses] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Token:
    """Text at `start:end` and what it may be; text that is nothing else has no senses."""

    start: int
    end: int
    text: str
    senses: Senses
    year: int | None = None
    state: bool = False
    """Whether a year is that of a date at which something stands: 截至2023年8月31日."""

    def of(self, kind: Kind) -> Entry | None:
        """Return what the word is as one of a kind."""
        return self.senses.get(kind)

    def has(self, kind: Kind, flag: str) -> bool:
        """Return whether the word is one of a kind of which a flag is said."""
        entry = self.senses.get(kind)
        return entry is not None and flag in entry.flags

    @property
    def is_period(self) -> bool:
        """Whether it names a year."""
        return self.year is not None or "period" in self.senses

    @property
    def is_item(self) -> bool:
        """Whether it can be of what an item is called."""
        if self.year is not None:
            return False
        return "name" in self.senses or (not self.senses and _SPEAKS.search(self.text) is not None)

    @property
    def is_sign(self) -> bool:
        """Whether it is punctuation only."""
        return not self.senses and self.year is None and _SPEAKS.search(self.text) is None

    @property
    def is_bare(self) -> bool:
        """Whether it leaves open what is counted: 本部门下属, 年初预算, 减少."""
        kinds = ("link", "pronoun", "comparison", "measure", "change")
        return self.is_period or any(kind in self.senses for kind in kinds)


def tokens(text: str, start: int, end: int) -> tuple[Token, ...]:
    """Return the tokens of `text[start:end]`, placed in `text`."""
    return tuple(
        token if not start else
        Token(token.start + start, token.end + start, token.text, token.senses, token.year,
              token.state)
        for token in _tokens(text[start:end])
    )  # fmt: skip


@lru_cache(maxsize=1 << 12)  # places word their clauses alike, year by year
def _tokens(text: str) -> tuple[Token, ...]:
    return tuple(_cut(text))


def _cut(text: str) -> Iterator[Token]:
    words, at = lexicon(), 0
    for match in _pattern().finditer(text):
        if at < match.start():
            yield Token(at, match.start(), text[at : match.start()], NONE)
        at = match.end()
        if match["year"] is None:
            yield Token(match.start(), at, match[0], words.senses[match[0]])
            continue
        state = bool(match["asof"] or match["end"] or match["day"])
        yield Token(match.start(), at, match[0], NONE, int(match["year"]), state)
    if at < len(text):
        yield Token(at, len(text), text[at:], NONE)


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(f"{_YEAR}|{lexicon().pattern}")
