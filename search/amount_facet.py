"""The facet of amounts: how the money of what a query finds is spread, whatever bounds it sets."""

from dataclasses import replace

from search.budget import deadline
from search.engines.base import All, Bound, Condition, Everything, Figure
from search.index import Index
from search.results import Amounts
from search.service import understand
from search.text import without_surrogates


def amounts(index: Index, text: str, *, seconds: float | None = None) -> Amounts:
    """Return how the amounts are spread; raise `QueryError` where the query cannot be read.

    There are no ranges where counting takes longer than `seconds`.

    As with every facet, all of the query counts but its own bounds. A query without bounds is
    taken as one that asks for any amount, so that the counts are those of a query with them.
    """
    until = deadline(seconds)
    text = without_surrogates(text)
    bound = understand(index.reader, text).bound
    unbounded = _unbounded(bound)
    if unbounded is None:
        return Amounts(query=text, ranges=())
    query, wanted = unbounded
    return Amounts(query=text, ranges=index.reader.amounts(query, wanted, until=until))


def _unbounded(bound: Bound) -> tuple[Bound, Figure] | None:
    """Return a query for any amount and that amount, None where the query is about no one money."""
    parts = bound.where.parts if isinstance(bound.where, All) else (bound.where,)
    own = [part for part in parts if isinstance(part, Figure)]
    others: list[Condition] = [part for part in parts if not isinstance(part, Figure)]
    if len(own) > 1 or any(figure.kind != "money" for figure in own):
        return None
    like = own[0] if own else Figure(None, None)
    wanted = replace(like, low=None, high=None, low_open=False, high_open=False)
    kept = [part for part in others if not isinstance(part, Everything)]
    return replace(bound, where=All((*kept, wanted)), sort="relevance"), wanted
