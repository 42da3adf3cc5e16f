"""Text cut into segments, so that a template can mark spans of it without touching the text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from search.results import Hit

Mark = Literal["", "word", "clause", "figure"]

_RANK: Final[dict[Mark, int]] = {"": 0, "clause": 1, "word": 2, "figure": 3}
"""Where spans overlap, the most telling mark shows."""

EXCERPT: Final = 260
"""Characters of a long passage that a hit shows."""
_BEFORE: Final = 60
"""Characters that an excerpt shows before its first mark."""
_STOPS: Final = "。；\n"


@dataclass(frozen=True, slots=True)
class Span:
    """A marked part of a text."""

    start: int
    end: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under one mark."""

    text: str
    mark: Mark = ""


def segments(text: str, spans: Iterable[Span]) -> tuple[Segment, ...]:
    """Return `text` as segments that join to it, marked where the spans lie."""
    clipped = [
        Span(max(0, span.start), min(len(text), span.end), span.mark)
        for span in spans
        if span.end > 0 and span.start < len(text)
    ]
    cuts = sorted({0, len(text), *(s.start for s in clipped), *(s.end for s in clipped)})
    runs: list[Segment] = []
    for start, end in pairwise(cuts):
        over = [span.mark for span in clipped if span.start <= start and end <= span.end]
        mark: Mark = max(over, key=_RANK.__getitem__, default="")
        if runs and runs[-1].mark == mark:
            runs[-1] = Segment(runs[-1].text + text[start:end], mark)
        else:
            runs.append(Segment(text[start:end], mark))
    return tuple(runs)


def label(hit: Hit) -> tuple[Segment, ...]:
    """Return a hit's label with the words of the query marked."""
    spans = [Span(h.start, h.end, "word") for h in hit.highlights if h.field == "label"]
    return segments(shortened(hit.label), spans)


def shortened(text: str) -> str:
    """Return a label or a cell as an answer shows it, for a file may hold a megabyte of it."""
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT]}……"


def excerpt(hit: Hit) -> tuple[Segment, ...]:
    """Return what a project's form says of the words, with them marked; nothing without that."""
    if hit.excerpt is None:
        return ()
    spans = [Span(h.start, h.end, "word") for h in hit.highlights if h.field == "excerpt"]
    return _shortened(hit.excerpt.quote, spans)


def quote(hit: Hit) -> tuple[Segment, ...]:
    """Return a hit's quote with words and figure marked; of a long one the part that answers."""
    spans = [Span(h.start, h.end, "word") for h in hit.highlights if h.field == "quote"]
    for cell in hit.cells:
        if cell.locator is not None and hit.kind == "passage":
            offset = cell.locator.char_start - hit.locator.char_start
            length = cell.locator.char_end - cell.locator.char_start
            spans.append(Span(offset, offset + length, "figure"))
    return _shortened(hit.quote, spans)


def _shortened(text: str, spans: Sequence[Span]) -> tuple[Segment, ...]:
    start, end = _excerpt(text, min((span.start for span in spans), default=0))
    shifted = [Span(s.start - start, s.end - start, s.mark) for s in spans]
    runs = segments(text[start:end], shifted)
    before = (Segment("……"),) if start else ()
    after = (Segment("……"),) if end < len(text) else ()
    return (*before, *runs, *after)


def _excerpt(text: str, first: int) -> tuple[int, int]:
    """Return the span of `text` to show, from the sentence of its first mark on."""
    if len(text) <= EXCERPT:
        return 0, len(text)
    sentence = max(text.rfind(stop, 0, first) for stop in _STOPS) + 1
    start = max(sentence, first - _BEFORE)
    start = min(start, max(0, len(text) - EXCERPT))
    return start, min(len(text), start + EXCERPT)
