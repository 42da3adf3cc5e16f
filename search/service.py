"""One search, from the text a person typed to a page of marked hits."""

import math
import time
from functools import partial
from typing import Final
from weakref import WeakKeyDictionary

from search import highlight
from search.engines.base import Bound, Reader
from search.index import Index
from search.query.binder import BoundQuery, bind
from search.query.names import IndexNames
from search.query.parser import parse
from search.query.relaxation import relaxed
from search.results import Piece, Result, Total, Understood
from search.suggest.nohits import NoHits, explained
from search.suggest.vocabulary import vocabulary
from search.text import without_surrogates

PER_PAGE: Final = 20
MAX_PER_PAGE: Final = 200

_NAMES: WeakKeyDictionary[Reader, IndexNames] = WeakKeyDictionary()


def search(index: Index, text: str, *, page: int = 1, limit: int = PER_PAGE) -> Result:
    """Return one page of the answer to `text`; raise `QueryError` where it cannot be read.

    `page` counts from 1; `limit` is the number of hits on a page, at most `MAX_PER_PAGE`.
    """
    started = time.perf_counter()
    limit = min(max(1, limit), MAX_PER_PAGE)
    page = max(1, page)
    text = without_surrogates(text)
    reader = index.reader
    query = understand(reader, text)
    found = reader.search(query.bound, offset=(page - 1) * limit, limit=limit)
    told = NoHits()
    if not found.total:
        fewer = relaxed(query, partial(_total, reader))
        if fewer is not None:
            query = fewer
            found = reader.search(query.bound, offset=(page - 1) * limit, limit=limit)
        else:
            told = _told(reader, text, query)
    return Result(
        query=Understood(text=text, pieces=query.pieces, warnings=query.warnings),
        total=Total(value=found.total),
        shown=found.shown,
        page=page,
        pages=math.ceil(found.shown / limit),
        hits=tuple(highlight.marked(hit, query.words, query.figure) for hit in found.hits),
        facets=found.facets,
        did_you_mean=told.did_you_mean,
        removals=told.removals,
        absent=told.absent,
        took_ms=round((time.perf_counter() - started) * 1000, 2),
    )


def understand(reader: Reader, text: str) -> BoundQuery:
    """Return the query bound to an index; raise `QueryError` where it is too long or unreadable."""
    return bind(parse(text), names(reader))


def _total(reader: Reader, query: Bound) -> int:
    return reader.search(query, offset=0, limit=0).total


def _told(reader: Reader, text: str, query: BoundQuery) -> NoHits:
    """Return why a query has no hits and which near it have."""

    def ask(other: str) -> tuple[tuple[Piece, ...], int]:
        asked = understand(reader, other)
        return asked.pieces, _total(reader, asked.bound)

    return explained(text, query.pieces, ask, lambda: vocabulary(reader, names(reader)))


def names(reader: Reader) -> IndexNames:
    """Return the names that a commit knows and a query may use; gathered once a commit."""
    known = _NAMES.get(reader)
    if known is None:
        variants: dict[str, tuple[str, ...]] = {}
        for document in reader.documents():
            before = variants.get(document.department, ())
            variants[document.department] = (*before, *document.department_variants)
        known = IndexNames(
            departments=variants,
            codes=frozenset(reader.values("code")),
            tables=reader.values("table"),
            columns=reader.values("column"),
        )
        _NAMES[reader] = known
    return known
