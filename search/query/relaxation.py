"""A query without hits → one with fewer words: people ask in more words than documents print."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from search.analysis import words
from search.engines.base import All, Bound, Condition
from search.query.binder import BoundQuery, Loose
from search.query.rereading import of_any_size
from search.query.vocabulary import synonyms, text_condition
from search.query.wording import DIRECTIONS
from search.query.wordlists import pairs
from search.results import QueryWarning

GRADED: Final = "等级"
MOST: Final = 8
"""Words of a query that is asked again with fewer; each takes two searches."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word that may be left out, with its place in the query."""

    text: str
    start: int
    condition: Condition


def relaxed(query: BoundQuery, total: Callable[[Bound], int]) -> BoundQuery | None:
    """Return `query` without the words that keep it from having hits, told as warnings, else None.

    The rarest words are kept, and at least half of them. Conditions, phrases and exclusions stay;
    beside a comparison only words that name no spending are left out, and none where any figure
    is called so, because no figure is an answer; and so is a word that stands nowhere.
    """
    parts = query.bound.where.parts if isinstance(query.bound.where, All) else (query.bound.where,)
    loose = [word for word in query.loose if word.condition in parts]
    units = [unit for word in loose for unit in _units(word)]
    if not 1 < len(units) <= MOST:
        return None
    kept: list[Condition] = [p for p in parts if p not in {word.condition for word in loose}]
    light = _spoken() if query.figure is None else general()
    spoken = [unit for unit in units if unit.text in light or _is_grade(unit.text, query)]
    often = {unit: total(Bound(unit.condition)) for unit in units if unit not in spoken}
    if not often or not all(often.values()):
        return None
    rarest = sorted(often, key=lambda unit: often[unit])
    if query.figure is not None:
        kept += [unit.condition for unit in rarest]
        called = total(of_any_size(query, parts, query.figure))
        if called or not total(replace(query.bound, where=All(tuple(kept)))):
            return None
        rarest = []
    left: list[_Unit] = []
    for unit in (*rarest, *spoken):
        wanted = replace(query.bound, where=All((*kept, unit.condition)))
        if total(wanted):
            kept.append(unit.condition)
        else:
            left.append(unit)
    if 2 * len(often.keys() - set(left)) < len(often):
        return None
    where = kept[0] if len(kept) == 1 else All(tuple(kept))
    return replace(
        query,
        bound=replace(query.bound, where=where),
        warnings=(*query.warnings, *map(_told, sorted(left, key=lambda unit: unit.start))),
    )


def _units(word: Loose) -> Iterator[_Unit]:
    """Yield the parts of a word, or the word where a part says nothing by itself."""
    cut = words(word.text)
    light = (*_spoken(), *(_grades() if GRADED in word.text else ()))
    if len(cut) < 2 or any(len(part) == 1 and part not in light for part in cut):
        yield _Unit(word.text, word.start, word.condition)
        return
    at = 0
    for part in cut:
        at = word.text.lower().find(part, at)
        if at < 0:
            return
        alternatives = tuple(map(text_condition, synonyms(part)))
        found = replace(text_condition(part), alternatives=alternatives)
        if len(part) == 1 and part in _grades():
            found = word.condition  # 优 alone stands in many words
        yield _Unit(part, word.start + at, found)
        at += len(part)


def _spoken() -> tuple[str, ...]:
    """Return words that say little by themselves: how people speak, and that something changed."""
    return (*general(), *DIRECTIONS)


def _grades() -> tuple[str, ...]:
    return pairs("asking.txt")["grades"]


def _is_grade(text: str, query: BoundQuery) -> bool:
    """Return whether a word is the grade that is asked for."""
    return text in _grades() and any(GRADED in word.text for word in query.loose)


def general() -> tuple[str, ...]:
    """Return the words that name no spending by themselves."""
    asking = pairs("asking.txt")
    return (*asking["spoken"], *asking["general"])


def _told(unit: _Unit) -> QueryWarning:
    return QueryWarning(
        message=f"没有内容含有全部词语，已略去“{unit.text}”",
        start=unit.start,
        end=unit.start + len(unit.text),
    )
