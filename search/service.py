"""One search, from the text a person typed to a page of marked hits."""

import math
import time
from collections.abc import Callable
from functools import partial
from typing import Final

from search import highlight
from search.budget import deadline, left, spent
from search.engines.base import Bound, Reader
from search.evidence import evidence
from search.index import Index
from search.naming import names
from search.query.binder import BoundQuery, bind
from search.query.parser import parse
from search.query.readings import readings
from search.query.relaxation import general, relaxed
from search.query.rereading import reread
from search.results import Piece, Reading, Result, Total, Understood
from search.suggest.nohits import NoHits, explained
from search.suggest.vocabulary import vocabulary
from search.text import without_surrogates

PER_PAGE: Final = 20
MAX_PER_PAGE: Final = 200


def search(
    index: Index, text: str, *, page: int = 1, limit: int = PER_PAGE, seconds: float | None = None
) -> Result:
    """Return one page of the answer to `text`; raise `QueryError` where it cannot be read.

    `page` counts from 1; `limit` is the number of hits on a page, at most `MAX_PER_PAGE`. After
    `seconds` no more is looked for: counts are lower bounds, and no other query is tried.
    """
    started = time.perf_counter()
    until = deadline(seconds)
    limit = min(max(1, limit), MAX_PER_PAGE)
    page = max(1, page)
    text = without_surrogates(text)
    reader = index.reader
    asked = query = understand(reader, text)
    found = reader.search(query.bound, offset=(page - 1) * limit, limit=limit, until=until)
    told = NoHits()
    if not found.total and found.exact and not spent(until):
        other = otherwise(reader, text, query, until)
        if isinstance(other, NoHits):
            told = other
        else:
            query = other
            found = reader.search(query.bound, offset=(page - 1) * limit, limit=limit, until=until)
    offered: tuple[Reading, ...] = ()
    if found.total and page == 1 and (query is asked or query.bound.aside):
        aside = query.bound.aside
        offered = tuple(readings(text, query.pieces, names(reader), parts=aside))
    return Result(
        query=Understood(text=text, pieces=query.pieces, warnings=query.warnings),
        total=Total(value=found.total, exact=found.exact),
        shown=found.shown,
        page=page,
        pages=math.ceil(found.shown / limit),
        hits=tuple(highlight.marked(hit, query.words, query.figure) for hit in found.hits),
        facets=found.facets,
        readings=offered,
        did_you_mean=told.did_you_mean,
        removals=told.removals,
        absent=told.absent,
        evidence=() if found.total else evidence(index, query, seconds=left(until)),
        took_ms=round((time.perf_counter() - started) * 1000, 2),
    )


def understand(reader: Reader, text: str) -> BoundQuery:
    """Return the query bound to an index; raise `QueryError` where it is too long or unreadable."""
    return bind(parse(text), names(reader))


def answered(reader: Reader, text: str, *, seconds: float | None = None) -> BoundQuery:
    """Return the query that is answered: `text` or, without hits, what is asked in its place.

    Raises `QueryError` where it cannot be read.
    """
    until = deadline(seconds)
    query = understand(reader, text)
    if spent(until) or _total(reader, until, query.bound):
        return query
    other = otherwise(reader, text, query, until)
    return query if isinstance(other, NoHits) else other


def _total(reader: Reader, until: float | None, query: Bound) -> int:
    return 0 if spent(until) else reader.search(query, offset=0, limit=0, until=until).total


def as_it_is(query: BoundQuery) -> BoundQuery:
    """Return a query that nothing narrows."""
    return query


def otherwise(
    reader: Reader,
    text: str,
    query: BoundQuery,
    until: float | None = None,
    narrowed: Callable[[BoundQuery], BoundQuery] = as_it_is,
) -> BoundQuery | NoHits:
    """Return what is answered in place of a query without hits, else why it has none.

    A near spelling that has hits goes before leaving a word out. At the time `until`
    (`time.monotonic`) nothing more is tried. `narrowed` gives a query the conditions beside its
    text, which `query` has already.
    """
    total = partial(_total, reader, until)
    other = reread(query, names(reader), total)
    fewer = None if other else relaxed(query, total)
    told = NoHits()
    if other is None and (fewer is None or _leaves_out(fewer, query, text)):
        told = _told(reader, text, query, until, narrowed)
    if spent(until):
        return NoHits()  # what was not tried in time is not known to have no hits
    return other or (told if fewer is None or told.did_you_mean else fewer)


def _leaves_out(fewer: BoundQuery, query: BoundQuery, text: str) -> bool:
    """Return whether a query was asked again without a word that says something by itself."""
    left = fewer.warnings[len(query.warnings) :]
    words = (text[warning.start : warning.end] for warning in left)
    return any(len(word) > 1 and word not in general() for word in words)


def _told(
    reader: Reader,
    text: str,
    query: BoundQuery,
    until: float | None,
    narrowed: Callable[[BoundQuery], BoundQuery],
) -> NoHits:
    """Return why a query has no hits and which near it have."""

    def ask(other: str) -> tuple[tuple[Piece, ...], int]:
        asked = narrowed(understand(reader, other))
        return asked.pieces, _total(reader, until, asked.bound)

    known = names(reader)
    meant = [one.query for one in readings(text, query.pieces, known, parts=True)]
    return explained(text, query.pieces, ask, lambda: vocabulary(reader, known), meant)
