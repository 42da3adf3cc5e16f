"""What stands before the body of a document: cover and table of contents."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from indexer import lines as kinds
from indexer.layout import Line
from indexer.outline import core, ends_in
from indexer.prose import says_something

MAX_COVER: Final = 4
"""A cover without contents is a title in so many lines."""
MAX_GAP: Final = 3
"""So many lines of a table of contents may have lost their page numbers in a row."""
MAX_CONTENTS: Final = 150
"""No table of contents has more lines."""
MIN_PART: Final = 8
"""A shorter name of a part (概况) may be a line of its own anywhere."""

MIN_SENTENCE: Final = 15
"""Characters of a line of a sentence; covers print shorter ones with a stop."""
MIN_ENTRIES: Final = 3
"""Fewer lines without a title above them are no contents."""

_SENTENCE = re.compile(r"[,;!?]|。.|:.")
_PART = re.compile(r"第[一二三四五六七八九十]+部分(?P<title>.*?)[.…·]*(?:\d{1,4})?$")


def after_contents(printed: Sequence[Line]) -> int:
    """Return the index of the first line after cover and table of contents."""
    title = next((i for i, line in enumerate(printed) if kinds.is_contents_title(line)), None)
    if title is None:
        level_one = (i for i, line in enumerate(printed) if _is_part(line))
        first = next(level_one, _after_cover(printed))
        said = first_sentence(printed[:first])
        return _with_headings(printed, said) if said < first else _untitled(printed, first)
    last = title
    for index in range(title + 1, len(printed)):
        if kinds.is_contents_entry(printed[index]):
            last = index
        elif index - last > MAX_GAP:
            break
    if last > title:
        return last + 1
    return _without_numbers(printed, title)


def _with_headings(printed: Sequence[Line], said: int) -> int:
    """Return the index of the first of the headings right above a line."""
    while said and (
        kinds.heading_level(printed[said - 1]) or kinds.names_section(printed[said - 1])
    ):
        said -= 1
    return said


def _is_part(line: Line) -> bool:
    text = kinds.squeezed(line)
    return text.startswith("第") and kinds.heading_level(line) == 1


def _untitled(printed: Sequence[Line], first: int) -> int:
    """Return the index after contents without a title: parts that are printed again as headings."""
    if first >= len(printed) or not kinds.enumerator_level(kinds.squeezed(printed[first])):
        return first
    end = _without_numbers(printed, first - 1)
    return end if end - first >= MIN_ENTRIES else first


def _after_cover(printed: Sequence[Line]) -> int:
    """Return the index of the first line after a cover that no contents and no part follow."""
    for index, line in enumerate(printed[:MAX_COVER]):
        if line.is_grid or kinds.enumerator_level(kinds.squeezed(line)):
            break
        if kinds.names_document(line):
            return index + 1
    return 0


def _without_numbers(printed: Sequence[Line], title: int) -> int:
    """Return the index after contents that print no page numbers.

    They end where an entry is printed again, as the heading it names, where a numbering begins
    anew, or with their page; without such an end they are no contents.
    """
    numbers: dict[int, int] = {}
    entries: list[str] = []
    for index in range(title + 1, min(len(printed), title + MAX_CONTENTS)):
        line = printed[index]
        text = kinds.squeezed(line)
        level, number = kinds.enumerator_level(text), kinds.enumerator_number(text)
        name = core(text)
        again = not level and any(name == entry or ends_in(name, entry) for entry in entries)
        turned = index > title + 1 and line.page != printed[index - 1].page
        if entries and (again or (turned and not level) or 0 < number <= numbers.get(level, 0)):
            return index
        if entries and not level and _goes_on(printed[index : index + 2], numbers):
            entries[-1] += name
            continue
        if not level or not _is_entry(line):
            return title + 1
        numbers = {above: last for above, last in numbers.items() if above < level}
        numbers[level] = number
        entries.append(name)
    return title + 1


def _goes_on(lines: Sequence[Line], numbers: dict[int, int]) -> bool:
    """Return whether the first line is the rest of an entry: the numbering goes on below it."""
    if len(lines) < 2 or not _is_entry(lines[0]):
        return False
    below = kinds.squeezed(lines[1])
    level = kinds.enumerator_level(below)
    return level > 0 and kinds.enumerator_number(below) == numbers.get(level, 0) + 1


def _is_entry(line: Line) -> bool:
    text = kinds.squeezed(line)
    return not line.is_grid and len(text) <= kinds.MAX_HEADING and not _SENTENCE.search(text)


def first_sentence(cover: Sequence[Line]) -> int:
    """Return the index of the first line of a cover that belongs to a sentence, else its length.

    What stands before the first part or the contents and speaks in sentences is no cover.
    """
    for index, line in enumerate(cover):
        if not line.is_grid and not kinds.heading_level(line) and says_something([line]):
            first = index
            while first and _runs_into(cover[first - 1], cover[first]):
                first -= 1
            return first
    return len(cover)


def _runs_into(above: Line, line: Line) -> bool:
    wide = len(kinds.squeezed(above)) >= MIN_SENTENCE and not kinds.ends_sentence(above)
    return wide and line.number == above.number + 1 and not kinds.names_document(above)


def contents_of(front: Sequence[Line]) -> Sequence[Line]:
    """Return the lines of the table of contents; without its title, from its first number on."""
    titles = (i + 1 for i, line in enumerate(front) if kinds.is_contents_title(line))
    numbered = (i for i, line in enumerate(front) if kinds.enumerator_level(kinds.squeezed(line)))
    first = next(titles, next(numbered, len(front)))
    return front[first:]


def parts_named(front: Sequence[Line], body: Sequence[Line]) -> frozenset[str]:
    """Return what the contents call the parts 第一部分 …, without the number: some print it so.

    What the body prints more than once is the head of its pages.
    """
    named = (_PART.match(kinds.squeezed(line)) for line in front)
    titles = {part["title"] for part in named if part and len(part["title"]) >= MIN_PART}
    often = Counter(text for text in map(kinds.squeezed, body) if text in titles)
    return frozenset(title for title in titles if often[title] == 1)
