"""Tells figures that are filled into sentences, with blanks around them, from cells of a row."""

import re
from collections.abc import Sequence

from indexer.readers.pdf.glyphs import PrintedLine
from search.amounts import find_quantities
from search.text import normalise

_SENTENCE = re.compile("[，。；]|(?<=[\u3400-\u9fff])[,;]")
"""Signs of a sentence; cells of a row have none, but for remarks."""


def parted(line: PrintedLine, gap: float) -> list[PrintedLine]:
    """Return the pieces of a line that are parted by at least `gap` ems.

    A figure filled into a sentence is no piece of its own: it has its unit beside it, and the
    blanks are those of the form, often underlined.
    """
    pieces = line.segments(gap)
    if len(pieces) == 1 or not _SENTENCE.search(line.text):
        return pieces
    joined: list[list[PrintedLine]] = []
    texts = [normalise(piece.text) for piece in pieces]
    for number, piece in enumerate(pieces):
        if joined and _is_filled_in(texts[number - 1], " ".join(texts[number : number + 2])):
            joined[-1].append(piece)
        else:
            joined.append([piece])
    return [_whole(run) for run in joined]


def _is_filled_in(before: str, text: str) -> bool:
    """Return whether a figure with its unit stands beside the blank between texts, or spans it."""
    found = find_quantities(f"{before} {text}")
    return any(q.start <= len(before) + 1 < q.end or q.end == len(before) for q in found)


def _whole(run: Sequence[PrintedLine]) -> PrintedLine:
    return PrintedLine(tuple(glyph for piece in run for glyph in piece.glyphs))
