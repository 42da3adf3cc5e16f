"""Which lines head the sections of a document, and how deep: told by all that is printed.

A heading is numbered, marked, or a title that stands alone: named as sections are, named in the
contents, or printed larger than the text or at the top of a page, in the middle.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from indexer import lines as kinds
from indexer.layout import Line

LARGER: Final = 1.08
"""Times the size of the text that a title is printed in at least."""
SHORTER: Final = 0.8
"""Of the line below that a title takes at most, where no blank line parts them."""
LIST: Final = 3
"""So many numbered lines with nothing between them are a list."""
MIN_NAME: Final = 4
"""Characters of a contents entry that a longer title may end in: …主要职能."""

_DEFINITIONS = re.compile(r"名词解释|名词说明|专业性?名词|术语解释|专业词汇解释")
_DENIES = re.compile(
    r"^(?:本表|其中)|无|没有|未|详见|附后|如下|以下|包括|反映|主要[是为]|20\d\d年度?$"
)
"""What titles do not say: these lines are sentences without a stop, or pieces of a cover."""
_OWN = re.compile(r"^(?:20\d\d年度?)?本?(?:部门|单位)?(?=.{4})")


def names_definitions(title: str) -> bool:
    """Return whether a heading is that of 名词解释."""
    return _DEFINITIONS.search(title) is not None


def core(text: str) -> str:
    """Return squeezed `text` without enumerator, closing stop, leader and page number."""
    return re.sub(r"[。:.…·]*\d{0,4}$", "", kinds.without_enumerator(text))


def ends_in(title: str, entry: str) -> bool:
    """Return whether a title ends in what an entry of the contents calls the section."""
    end = _OWN.sub("", entry)
    return len(end) >= MIN_NAME and title.endswith(end)


@dataclass(frozen=True, slots=True)
class Outline:
    """The level of each line that heads a section, and the lines that go on with a heading."""

    levels: dict[int, int]
    rests: frozenset[int]


def outline(printed: Sequence[Line], contents: Sequence[Line]) -> Outline:
    """Return the outline of the printed lines of a body; keys are the numbers of lines."""
    return _Reading(printed, [kinds.squeezed(line) for line in contents]).outline()


@dataclass(slots=True)
class _Definitions:
    """The 名词解释 that is read: its level and number, and how far its own list has come."""

    level: int
    number: int
    last: int = 0


@dataclass(slots=True)
class _Reading:
    printed: Sequence[Line]
    entries: list[str]
    texts: list[str] = field(init=False)
    size: float = field(init=False)
    named: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.texts = [kinds.squeezed(line) for line in self.printed]
        sizes = Counter[float]()
        for line, text in zip(self.printed, self.texts, strict=True):
            if line.size and not line.is_grid:
                sizes[line.size] += len(text)
        self.size = max(sizes, key=lambda size: sizes[size], default=0.0)
        self.named = {core(text): kinds.enumerator_level(text) for text in self.entries}
        self.named.pop("", None)

    def outline(self) -> Outline:
        numbered = self._without_lists([kinds.heading_level(line) for line in self.printed])
        marked = self._marked(numbered)
        rests = self._rests(marked)
        found = self._titles(marked, rests)
        kept = self._siblings(self._outside_definitions(found))
        numbers = [line.number for line in self.printed]
        levels = {number: level for number, level in zip(numbers, kept, strict=True) if level}
        return Outline(levels, frozenset(numbers[index] for index in rests))

    def _without_lists(self, levels: list[int]) -> list[int]:
        """Drop the levels of numbered lines that follow one another: items of a list."""
        printed = [kinds.enumerator_level(text) for text in self.texts]
        kept = list(levels)
        for start, stop in _runs(levels):
            if stop - start >= LIST and not self.printed[start].heading:
                kept[start:stop] = [0] * (stop - start)
        for index, level in enumerate(levels):
            if level < kinds.ITEM_LEVEL or self.printed[index].heading:
                continue
            beside = printed[max(0, index - 1) : index] + printed[index + 1 : index + 2]
            if level in beside:
                kept[index] = 0
        return kept

    def _marked(self, levels: list[int]) -> list[int]:
        """Place marked headings without number: above the numbered where their mark is higher."""
        marks = [
            line.heading
            for line, level in zip(self.printed, levels, strict=True)
            if line.heading and kinds.TITLE_LEVEL < level < kinds.MARKED_LEVEL
        ]
        highest = min(marks, default=0)
        return [
            level
            if level != kinds.MARKED_LEVEL
            else kinds.TITLE_LEVEL
            if line.heading < highest
            else kinds.MARKED_LEVEL + line.heading
            for line, level in zip(self.printed, levels, strict=True)
        ]

    def _rests(self, levels: Sequence[int]) -> set[int]:
        """Return the lines that complete the heading above them to what the contents name."""
        return {
            index
            for index in range(1, len(self.printed))
            if levels[index - 1]
            and not levels[index]
            and not self.printed[index].is_grid
            and core(self.texts[index - 1]) not in self.named
            and core(self.texts[index - 1] + self.texts[index]) in self.named
        }

    def _titles(self, levels: Sequence[int], rests: set[int]) -> list[int]:
        found = list(levels)
        for index, line in enumerate(self.printed):
            if not found[index] and index not in rests and kinds.is_title(line):
                found[index] = self._title(index, found)
        for index in range(1, len(self.printed)):
            if found[index] == found[index - 1] == kinds.TITLE_LEVEL and self._wraps(index):
                rests.add(index)
                found[index] = 0
        return found

    def _title(self, index: int, levels: Sequence[int]) -> int:
        """Return the level of a title without number, 0 where the line is none."""
        line, text = self.printed[index], self.texts[index]
        if _DENIES.search(text) or self._heads_table(index) or not self._is_alone(index, levels):
            return 0
        level = self.named.get(core(text))
        if level is not None:
            return level if level == 1 or level > kinds.ITEM_LEVEL else kinds.TITLE_LEVEL
        first = index == 0 or self.printed[index - 1].page != line.page
        large = line.size >= LARGER * self.size > 0
        middle = line.centred and (large or (first and line.page is not None))
        if (
            middle
            or kinds.names_section(line)
            or (line.centred and any(ends_in(text, name) for name in self.named))
        ):
            return kinds.TITLE_LEVEL
        return 0

    def _heads_table(self, index: int) -> bool:
        """Return whether nothing but heads stands between the line and a grid below it."""
        if self.texts[index].endswith(("表", "目录", "图")):
            return True
        for line in self.printed[index + 1 : index + 5]:
            if line.is_grid:
                return not kinds.names_section(self.printed[index])
            if not (kinds.is_apparatus(line) or kinds.is_title(line)):
                return False
        return False

    def _is_alone(self, index: int, levels: Sequence[int]) -> bool:
        """Return whether a line is a paragraph of its own: no part of a sentence that wraps."""
        line, text = self.printed[index], self.texts[index]
        if index:
            above = self.printed[index - 1]
            parted = above.number < line.number - 1 or above.is_grid or above.loose
            heads = bool(levels[index - 1]) and line.page is None  # on a page the line goes on
            if not (parted or heads or kinds.ends_sentence(above)):
                return False
            if not parted and above.text.rstrip()[-1:] in ":：;；":
                return False  # the first of what a sentence lists
        if index + 1 == len(self.printed):
            return False
        below = self.printed[index + 1]
        if below.number > line.number + 1 or kinds.enumerator_level(self.texts[index + 1]):
            return True
        return len(text) <= SHORTER * len(self.texts[index + 1])

    def _wraps(self, index: int) -> bool:
        above, line = self.printed[index - 1], self.printed[index]
        return (
            line.centred
            and above.centred
            and above.page == line.page
            and abs(above.size - line.size) < (LARGER - 1) * line.size
            and not kinds.names_section(above)
        )

    def _outside_definitions(self, levels: Sequence[int]) -> list[int]:
        """Drop the numbered terms of 名词解释, which head no section."""
        kept = list(levels)
        within: _Definitions | None = None
        for index, text in enumerate(self.texts):
            number, level = kinds.enumerator_number(text), levels[index]
            if within is None or not level:
                if within and kinds.enumerator_level(text) == within.level:
                    within.last = number
            elif self.printed[index].heading or level < within.level:
                within = None
            elif level > within.level or number == within.last + 1:
                within.last = number if level == within.level else within.last
                kept[index] = 0
                continue
            else:
                within = None
            if level and names_definitions(text):
                within = _Definitions(level, number)
        return kept

    def _siblings(self, levels: Sequence[int]) -> list[int]:
        """Drop low numbers that begin with no first: 2. where 1. heads no section."""
        kept = list(levels)
        open_levels: dict[int, int] = {}
        for index, level in enumerate(levels):
            if not level:
                continue
            number = kinds.enumerator_number(self.texts[index])
            item = (
                kinds.ITEM_LEVEL <= level < kinds.MARKED_LEVEL and not self.printed[index].heading
            )
            if item and number > 1 and not 0 < open_levels.get(level, 0) < number:
                kept[index] = 0
                continue
            open_levels = {above: last for above, last in open_levels.items() if above < level}
            open_levels[level] = number
        return kept


def _runs(levels: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield where headings of one level follow each other, from the part level down not."""
    start = 0
    for index in range(1, len(levels) + 1):
        if index == len(levels) or levels[index] != levels[start]:
            if levels[start] > kinds.TITLE_LEVEL:
                yield start, index
            start = index
