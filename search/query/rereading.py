"""A query without hits, its words meant another way: a column, a department, a form, a note."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from search.engines.base import All, Bound, Condition, Figure, Keyword
from search.fields import BY_NAME
from search.query import explanation
from search.query.binder import BoundQuery, Loose
from search.query.departments import Match
from search.query.names import IndexNames, names_other
from search.query.vocabulary import text_condition
from search.results import Piece, QueryWarning

_COMPARES: Final = frozenset("以上下内-~至到—–～")
"""Characters behind or within a figure that make a bound or a range of it."""


def reread(
    query: BoundQuery, names: IndexNames, total: Callable[[Bound], int]
) -> BoundQuery | None:
    """Return the first other reading of `query` that has hits, told as a warning, else None."""
    where = query.bound.where
    parts = where.parts if isinstance(where, All) else (where,)
    loose = [word for word in query.loose if word.condition in parts]
    departments = [_of_department(query, parts, word, names) for word in loose]
    readings = [*(_of_column(query, parts, word, names) for word in loose), *departments]
    money = query.figure is not None and query.figure.kind == "money"  # 满意度 > 95% is none
    if money and query.figure is not None and not total(of_any_size(query, parts, query.figure)):
        readings.append(_of_forms(query, parts, loose))
    if query.figure is not None and loose and money and _is_printed(query):
        meant = (query, *filter(None, departments))
        readings += [_of_other_roles(one, query.figure, loose) for one in meant]
    if query.figure is None and loose:
        meant = (query, *filter(None, departments))
        readings += [_of_asides(one, loose) for one in meant]
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


def _of_department(
    query: BoundQuery, parts: tuple[Condition, ...], word: Loose, names: IndexNames
) -> BoundQuery | None:
    """Return a query to the departments of whose name a word is a part: 科技人才 公务接待费."""
    leading = names.finder.find_part_leading(word.text)
    if leading is None or "department" in query.bound.filters:
        return None
    match, length = leading
    named, rest = word.text[:length], word.text[length:]
    others = tuple(part for part in parts if part != word.condition)
    others += (text_condition(rest),) if rest else ()
    if not others:
        return None
    message = f"没有内容含有全部词语，“{named}”按部门理解；也可写作 部门:{named}"
    where = others[0] if len(others) == 1 else All(others)
    told = _told(query, where, message, [replace(word, text=named)])
    found = Keyword("department", frozenset(match.names))
    return replace(
        told,
        bound=replace(told.bound, filters={**query.bound.filters, "department": found}),
        pieces=tuple(one for piece in query.pieces for one in _pieces(piece, word, named, match)),
    )


def _pieces(piece: Piece, word: Loose, named: str, match: Match) -> Iterator[Piece]:
    """Yield a piece, in place of the word the department that it begins with, and the rest."""
    if piece.kind != "text" or piece.start != word.start:
        yield piece
        return
    label = explanation.names(BY_NAME["department"].label, named, match.names)
    value = match.names[0] if len(match.names) == 1 else named
    end = piece.start + len(named)
    of = {"kind": "department", "text": named, "end": end, "label": label, "value": value}
    yield piece.model_copy(update=of)
    if rest := word.text[len(named) :]:
        yield piece.model_copy(update={"text": rest, "start": end, "label": rest, "value": rest})


def _of_forms(
    query: BoundQuery, parts: tuple[Condition, ...], loose: list[Loose]
) -> BoundQuery | None:
    """Return a query for projects whose forms say the words, beside a comparison."""
    if not loose:
        return None
    message = "没有名称相符的金额，找的是说明里有这些词的项目；金额是整个项目的"
    found = _told(query, All((*parts, Keyword("type", frozenset({"project"})))), message, loose)
    return replace(found, bound=replace(found.bound, remarks=True))


def _is_printed(query: BoundQuery) -> bool:
    """Return whether a figure is asked for as it is printed (60.13万元), without a comparison."""
    figure = query.figure
    typed = [piece.text for piece in query.pieces if piece.kind == "amount"]
    bare = len(typed) == 1 and typed[0][:1].isdigit() and not _COMPARES & set(typed[0])
    return bare and figure is not None and figure.columns is None and figure.direction is None


def _of_other_roles(query: BoundQuery, figure: Figure, loose: list[Loose]) -> BoundQuery | None:
    """Return a query for a printed figure whatever it is: another year's level, a change."""
    where = query.bound.where
    parts = where.parts if isinstance(where, All) else (where,)
    if figure not in parts:
        return None
    whole = replace(figure, named=True)
    others = All(tuple(whole if part == figure else part for part in parts))
    message = "没有这样的当年数，找的是上年数、增减额等印作此数的"
    return replace(_told(query, others, message, loose), figure=whole)


def _of_asides(query: BoundQuery, loose: list[Loose]) -> BoundQuery:
    """Return a query for what is printed aside as well: 本表无数据."""
    message = "正文和表格中没有，找的是表下的注、封面和页眉"
    found = _told(query, query.bound.where, message, loose)
    return replace(found, bound=replace(found.bound, aside=True))


def of_any_size(query: BoundQuery, parts: tuple[Condition, ...], figure: Figure) -> Bound:
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
