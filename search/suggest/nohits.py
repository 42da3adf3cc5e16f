"""Explains an answer without hits: which words stand nowhere, what removes all, what was meant."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from search.errors import QueryError
from search.fields import BY_NAME
from search.query.parser import parse
from search.query.printing import text as spelt
from search.query.refinement import without
from search.query.tree import Phrase, Prefixed, Word
from search.results import Correction, Piece, PieceKind, Removal, TermKind
from search.suggest.near import KINDS, near
from search.suggest.vocabulary import Vocabulary

LONGEST: Final = 300
"""Characters of a query that is explained; every other query repeats most of it."""
MOST_SECONDS: Final = 0.5
"""For asking the index about words and removals, and as long again about corrections."""
MOST: Final = 3
"""Corrections that are offered."""

_SPELT: Final[dict[PieceKind, tuple[TermKind, ...]]] = {
    "text": KINDS, "department": ("department",),
}  # fmt: skip
"""Pieces that may be misspelt, and where what is near them is looked for."""

Asked = tuple[Sequence[Piece], int]
"""The pieces of a query and the number of its hits."""


@dataclass(frozen=True, slots=True)
class NoHits:
    """What is told where there is no hit; see `search.results.Result`."""

    did_you_mean: tuple[Correction, ...] = ()
    removals: tuple[Removal, ...] = ()
    absent: tuple[int, ...] = ()


def explained(
    text: str,
    pieces: Sequence[Piece],
    ask: Callable[[str], Asked],
    known: Callable[[], Vocabulary],
    readings: Sequence[str] = (),
) -> NoHits:
    """Return why the query `text` finds nothing; `ask` gives the pieces and hits of another.

    `readings` are queries in which its words name something else; those that have hits are meant
    before any near term.
    """
    if len(text) > LONGEST:
        return NoHits()
    asking = _Asking(text, pieces, ask, time.monotonic() + MOST_SECONDS)
    unknown = tuple(
        number
        for number, piece in enumerate(pieces)
        if piece.kind in _SPELT and not piece.negated and asking.total(piece.text) == 0
    )
    absent = tuple(number for number in unknown if pieces[number].kind == "text")
    removals = asking.removals()
    meant = [
        Correction(text=query, query=query, total=total)
        for query in readings
        if (total := asking.total(query))
    ]
    if unknown:
        vocabulary = known()  # which may have to be gathered first
        asking.until = time.monotonic() + MOST_SECONDS
        meant += asking.corrections(unknown, vocabulary)
    return NoHits(tuple(meant[:MOST]), tuple(removals), absent)


@dataclass(slots=True)
class _Asking:
    """Asks for other queries in place of one without hits, until it is too late."""

    text: str
    pieces: Sequence[Piece]
    ask: Callable[[str], Asked]
    until: float

    def total(self, query: str, labels: Sequence[str] | None = None) -> int | None:
        """Return the hits of a query; None where it cannot be read, or not as pieces of `labels`.

        None also where there is no time left.
        """
        if not query or time.monotonic() > self.until:
            return None
        try:
            pieces, total = self.ask(query)
        except QueryError:
            return None
        if labels is not None and [piece.label for piece in pieces] != list(labels):
            return None
        return total

    def removals(self) -> list[Removal]:
        """Return the queries with one piece less that have hits, the piece with most first."""
        found = []
        labels = [piece.label for piece in self.pieces]
        for number, piece in enumerate(self.pieces):
            others = [other for other in self.pieces if other is not piece]
            if piece.kind == "sort" or all(other.kind == "sort" for other in others):
                continue
            query = without(self.text, piece.start, piece.end)
            total = self.total(query, labels[:number] + labels[number + 1 :])
            if total:
                found.append(Removal(piece=number, query=query, total=total))
        return sorted(found, key=lambda removal: -removal.total)

    def corrections(self, absent: Sequence[int], known: Vocabulary) -> list[Correction]:
        """Return the queries with hits that have near terms in place of all absent words."""
        pieces = [self.pieces[number] for number in absent]
        terms = [near(known, piece.value or "", _SPELT[piece.kind]) for piece in pieces]
        if not all(terms):
            return []
        found: dict[str, Correction] = {}
        for rank in range(max(map(len, terms))):
            chosen = [of[min(rank, len(of) - 1)] for of in terms]
            query = self._corrected(dict(zip(absent, chosen, strict=True)))
            total = self.total(query)
            if total:
                meant = Correction(text=" ".join(chosen), query=query, total=total)
                found.setdefault(query, meant)
            if len(found) == MOST:
                break
        return list(found.values())

    def _corrected(self, terms: dict[int, str]) -> str:
        query = self.text
        for number in sorted(terms, reverse=True):
            piece = self.pieces[number]
            query = query[: piece.start] + _spelt(terms[number], piece) + query[piece.end :]
        return query


def _spelt(term: str, piece: Piece) -> str:
    """Return a term as query text: as it is where it reads as one word, else in quotes."""
    try:
        if piece.kind == "department":
            return spelt(Prefixed(BY_NAME["department"].prefixes[0], term))
        plain = not piece.phrase and parse(term).tree == Word(term)
        return spelt(Word(term) if plain else Phrase(term))
    except (QueryError, ValueError):
        return ""
