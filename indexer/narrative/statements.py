"""Finds the statements of a passage: each figure bound to the item that it is of.

A sentence is cut into clauses at commas (and at 、 where every item has its own figure). The words
of a clause before a figure are items, periods, measures, comparisons, verbs (`words`); an item
stays what is spoken of until the next (`frames`). A figure of which no item can be told makes no
statement and is told.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from indexer.layout import Places
from indexer.narrative.binding import Binder
from indexer.narrative.frames import Frames, Item
from indexer.narrative.passages import Running
from indexer.narrative.sections import section_item
from indexer.narrative.untold import Untold
from search.analysis import clean
from search.model import Statement
from search.text import normalise

LONGEST_HEADING: Final = 40
"""A paragraph of more characters is no heading."""
_DIGITS: Final = re.compile(r"[\d.,]\s+\d|[A-Za-z]\s[A-Za-z]")
"""Where a space is kept: torn digits are never joined, nor are words run together."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a passage states, what could not be told, and the item that it ends with."""

    statements: tuple[Statement, ...]
    untold: tuple[Untold, ...]
    item: str


def find_statements(
    of: Running,
    document: str,
    places: Places,
    names: Sequence[str] = (),
    *,
    year: int | None = None,
    section: Sequence[str] = (),
    item: str = "",
) -> Reading:
    """Return the statements of running text, in order; `quote` equals the source.

    `names` are the names of the document's own department, which say nothing of a subject; `year`
    is the document's; `section` the headings above; `item` is what the paragraph before, below
    the same heading, ended with.
    """
    close = _close(of)
    own = sorted({clean(name) for name in names if name}, key=lambda name: (-len(name), name))
    named = section_item(section, own)
    frames = Frames(section=Item(named) if named else None, carried=Item(item) if item else None)
    binder = Binder(close, document, places, own, year=year, frames=frames)
    said = tuple(binder.statements())
    untold = tuple(sorted(binder.untold, key=lambda one: one.start))
    if binder.clauses:
        return Reading(said, untold, binder.frames.last)
    heads = section_item((close.text,), own) if len(close.text) <= LONGEST_HEADING else ""
    return Reading(said, untold, heads or item)


def _close(of: Running) -> Running:
    """Return running text normalised and without spaces, but for those between digits."""
    text = normalise(of.text)
    keep = [
        at
        for at, char in enumerate(text)
        if not char.isspace() or _DIGITS.match(text, max(0, at - 1))
    ]
    if len(keep) == len(text):
        return Running(text, of.positions)
    return Running("".join(text[at] for at in keep), tuple(of.positions[at] for at in keep))
