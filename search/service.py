"""One search, from the text a person typed to a page of marked hits."""

import math
import time
from functools import partial
from typing import Final

from search import highlight
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
    until = None if seconds is None else time.monotonic() + seconds
    limit = min(max(1, limit), MAX_PER_PAGE)
    page = max(1, page)
    text = without_surrogates(text)
    reader = index.reader
    asked = query = understand(reader, text)
    found = reader.search(query.bound, offset=(page - 1) * limit, limit=limit, until=until)
    told = NoHits()
    if not found.total and found.exact and (until is None or time.monotonic() < until):
        other = otherwise(reader, text, query)
        if isinstance(other, NoHits):
            told = other
        else:
            query = other
            found = reader.search(query.bound, offset=(page - 1) * limit, limit=limit)
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
        evidence=() if found.total else evidence(index, query),
        took_ms=round((time.perf_counter() - started) * 1000, 2),
    )


def understand(reader: Reader, text: str) -> BoundQuery:
    """Return the query bound to an index; raise `QueryError` where it is too long or unreadable."""
    return bind(parse(text), names(reader))


def _total(reader: Reader, query: Bound) -> int:
    return reader.search(query, offset=0, limit=0).total


def otherwise(reader: Reader, text: str, query: BoundQuery) -> BoundQuery | NoHits:
    """Return what is answered in place of a query without hits, else why it has none.

    A near spelling that has hits goes before leaving a word out.
    """
    total = partial(_total, reader)
    other = reread(query, names(reader), total)
    if other is not None:
        return other
    fewer = relaxed(query, total)
    if fewer is not None and not _leaves_out(fewer, query, text):
        return fewer
    told = _told(reader, text, query)
    return told if fewer is None or told.did_you_mean else fewer


def _leaves_out(fewer: BoundQuery, query: BoundQuery, text: str) -> bool:
    """Return whether a query was asked again without a word that says something by itself."""
    left = fewer.warnings[len(query.warnings) :]
    words = (text[warning.start : warning.end] for warning in left)
    return any(len(word) > 1 and word not in general() for word in words)


def _told(reader: Reader, text: str, query: BoundQuery) -> NoHits:
    """Return why a query has no hits and which near it have."""

    def ask(other: str) -> tuple[tuple[Piece, ...], int]:
        asked = understand(reader, other)
        return asked.pieces, _total(reader, asked.bound)

    known = names(reader)
    meant = [one.query for one in readings(text, query.pieces, known, parts=True)]
    return explained(text, query.pieces, ask, lambda: vocabulary(reader, known), meant)
