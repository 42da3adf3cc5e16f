"""Statements as they are stored: with their quote, which equals the source, and their places."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from indexer.layout import Places
from indexer.narrative.clauses import Clause
from indexer.narrative.frames import Item
from indexer.narrative.passages import Running
from indexer.narrative.regions import SIGNS, Regions, lead_words
from indexer.narrative.words import Words
from search.model import Role, Statement

MAX_QUOTE: Final = 240
"""A quote that would run longer is cut to the figure's own clause."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What a figure turned out to be of, and where its own words begin."""

    item: Item
    year: int | None
    role: Role
    start: int


@dataclass(frozen=True, slots=True)
class Quotes:
    """Makes the statements of one running text."""

    of: Running
    document: str
    places: Places
    clauses: Sequence[Clause]
    regions: Regions

    def statement(self, index: int, number: int, bound: Bound, words: Words) -> Statement:
        """Return the statement of a figure, by the numbers of its clause and in it."""
        text, clause = self.of.text, self.clauses[index]
        figure = clause.figures[number]
        at, start = bound.item.at, bound.start
        begin, end = min(at, start) if at >= 0 else start, self._end(index, number)
        if end - begin > MAX_QUOTE:
            begin = start
        begin += len(text[begin:end]) - len(text[begin:end].lstrip(SIGNS))
        span = self.of.source(begin, end)
        place = self.of.source(figure.start, figure.end)
        last = number + 1 == len(clause.figures)
        said = self.regions.without_names(start, clause.end if last else figure.end)
        subject = bound.item.subject
        return Statement(
            id=f"{self.document}-s{place[0]}",
            subject=subject,
            text=said if subject in said else f"{subject} {said}",
            value=figure.value,
            unit=figure.unit,
            kind=figure.kind,
            yuan=figure.base if figure.kind == "money" else None,
            year=bound.year,
            role=bound.role,
            direction=words.direction if bound.role is Role.CHANGE else None,
            basis=words.basis,
            quote=self.places.text[span[0] : span[1]],
            locator=self.places.locate(*span),
            figure=self.places.locate(*place),
        )

    def _end(self, index: int, number: int) -> int:
        """Return where the quote ends: before the next figure's clause, commas left outside."""
        clause = self.clauses[index]
        if number + 1 < len(clause.figures):
            return clause.figures[number].end
        last = clause
        for behind in self.clauses[index + 1 :]:
            runs_on = not behind.figures and behind.sentence == clause.sentence
            leads = lead_words().match(self.of.text, behind.start) is not None
            if not runs_on or leads or behind.end - clause.start > MAX_QUOTE:
                break
            last = behind
        return last.start + len(self.of.text[last.start : last.end].rstrip(SIGNS))
