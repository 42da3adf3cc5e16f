"""A query without hits, its words meant another way: as a column, or of a project's form."""

from collections.abc import Callable
from dataclasses import replace

from search.engines.base import All, Bound, Condition, Figure, Keyword
from search.query.binder import BoundQuery, Loose
from search.query.names import IndexNames, names_other
from search.results import QueryWarning


def reread(
    query: BoundQuery, names: IndexNames, total: Callable[[Bound], int]
) -> BoundQuery | None:
    """Return the first other reading of `query` that has hits, told as a warning, else None."""
    where = query.bound.where
    parts = where.parts if isinstance(where, All) else (where,)
    loose = [word for word in query.loose if word.condition in parts]
    readings = [_of_column(query, parts, word, names) for word in loose]
    if query.figure is not None and not total(_of_any_size(query, parts, query.figure)):
        readings.append(_of_forms(query, parts, loose))
    return next((one for one in readings if one is not None and total(one.bound)), None)


def _of_column(
    query: BoundQuery, parts: tuple[Condition, ...], word: Loose, names: IndexNames
) -> BoundQuery | None:
    """Return a query whose figure stands in the column that a word names: 行政运行 项目支出."""
    columns = names.columns_called(word.text)
    others = tuple(part for part in parts if part != word.condition)
    asked, named = query.figure, names_other(word.text)
    if not columns or not (others or query.bound.filters) or (asked and asked not in parts):
        return None
    if asked is None:
        figure = Figure(None, None, columns=columns, named=named)
    elif asked.columns is None and asked.direction is None:
        figure = replace(asked, columns=columns, named=named)
    else:
        return None
    where = All((*(part for part in others if part != asked), figure))
    message = f"没有内容含有全部词语，“{word.text}”按列理解；也可写作 [{word.text}]"
    return _told(replace(query, figure=figure), where, message, [word])


def _of_forms(
    query: BoundQuery, parts: tuple[Condition, ...], loose: list[Loose]
) -> BoundQuery | None:
    """Return a query for projects whose forms say the words, beside a comparison."""
    if not loose:
        return None
    message = "没有名称相符的金额，找的是说明里有这些词的项目；金额是整个项目的"
    found = _told(query, All((*parts, Keyword("type", frozenset({"project"})))), message, loose)
    return replace(found, bound=replace(found.bound, remarks=True))


def _of_any_size(query: BoundQuery, parts: tuple[Condition, ...], figure: Figure) -> Bound:
    """Return a query for what is called so, however large: that none is larger is an answer."""
    whole = replace(figure, low=None, high=None, low_open=False, high_open=False)
    where = All(tuple(whole if part == figure else part for part in parts))
    return replace(query.bound, where=where, filters={})


def _told(query: BoundQuery, where: Condition, message: str, of: list[Loose]) -> BoundQuery:
    start, last = of[0].start, of[-1]
    warning = QueryWarning(message=message, start=start, end=last.start + len(last.text))
    return replace(
        query, bound=replace(query.bound, where=where), warnings=(*query.warnings, warning)
    )
