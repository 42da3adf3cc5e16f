"""What is narrative by what it says, and where numbered paragraphs stand in the outline."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from indexer import lines as kinds
from indexer.layout import Line
from search.amounts import find_quantities

MIN_SENTENCE: Final = 10
"""Characters of a sentence that is one by its closing stop alone."""

_STOP = re.compile("[。;!?]")
_CLAUSE = re.compile("[,:、。;]")

Levels = tuple[tuple[int, str], ...]


def says_something(lines: Sequence[Line]) -> bool:
    """Return whether lines are a sentence, or an item with a figure; else they are a caption."""
    text = "".join(kinds.squeezed(line) for line in lines)
    if _STOP.search(text) and len(text) >= MIN_SENTENCE:
        return True
    if not any(quantity.kind == "money" for quantity in find_quantities(text)):
        return False
    return kinds.enumerator_level(text) > 0 or _CLAUSE.search(text) is not None


@dataclass(slots=True)
class Place:
    """How far the numbered paragraphs below a heading have come, by their level."""

    listed: dict[int, int] = field(default_factory=dict)

    def below(self, path: Levels, text: str) -> Levels:
        """Return the path that a paragraph stands under.

        One that goes on with the number of a heading stands beside it (二、 below 一、), unless it
        goes on with a list that began below the heading.
        """
        level, number = kinds.enumerator_level(text), kinds.enumerator_number(text)
        heads = [kinds.enumerator_number(title) for known, title in path if known == level]
        if not level or not heads:
            return path
        if number <= heads[0] or self.listed.get(level) == number - 1:
            self.listed[level] = number
            return path
        return tuple(part for part in path if part[0] < level)
