"""What stands before the body of a document: cover and table of contents."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from indexer import lines as kinds
from indexer.layout import Line

MAX_COVER: Final = 4
"""A cover without contents is a title in so many lines."""
MAX_GAP: Final = 3
"""So many lines of a table of contents may have lost their page numbers in a row."""
MAX_CONTENTS: Final = 150
"""No table of contents has more lines."""
MIN_PART: Final = 8
"""A shorter name of a part (概况) may be a line of its own anywhere."""

_PART = re.compile(r"第[一二三四五六七八九十]+部分(?P<title>.*?)[.…·]*(?:\d{1,4})?$")


def after_contents(printed: Sequence[Line]) -> int:
    """Return the index of the first line after cover and table of contents."""
    title = next((i for i, line in enumerate(printed) if kinds.is_contents_title(line)), None)
    if title is None:
        level_one = (i for i, line in enumerate(printed) if kinds.heading_level(line) == 1)
        return next(level_one, _after_cover(printed))
    last = title
    for index in range(title + 1, len(printed)):
        if kinds.is_contents_entry(printed[index]):
            last = index
        elif index - last > MAX_GAP:
            break
    return max(last, _without_numbers(printed, title)) + 1


def _after_cover(printed: Sequence[Line]) -> int:
    """Return the index of the first line after a cover that no contents and no part follow."""
    for index, line in enumerate(printed[:MAX_COVER]):
        if line.is_grid or kinds.enumerator_level(kinds.squeezed(line)):
            break
        if kinds.names_document(line):
            return index + 1
    return 0


def _without_numbers(printed: Sequence[Line], title: int) -> int:
    """Return the index of the last line of contents that print no page numbers.

    Such contents end where their first line is printed again, as the heading it names.
    """
    entries = [kinds.squeezed(line) for line in printed[title + 1 : title + MAX_CONTENTS]]
    if not entries or not kinds.enumerator_level(entries[0]) or entries[0] not in entries[1:]:
        return title
    again = entries.index(entries[0], 1)
    between = printed[title + 1 : title + 1 + again]
    if any(line.is_grid or kinds.ends_sentence(line) for line in between):
        return title
    return title + again


def parts_named(front: Sequence[Line], body: Sequence[Line]) -> frozenset[str]:
    """Return what the contents call the parts 第一部分 …, without the number: some print it so.

    What the body prints more than once is the head of its pages.
    """
    named = (_PART.match(kinds.squeezed(line)) for line in front)
    titles = {part["title"] for part in named if part and len(part["title"]) >= MIN_PART}
    often = Counter(text for text in map(kinds.squeezed, body) if text in titles)
    return frozenset(title for title in titles if often[title] == 1)
