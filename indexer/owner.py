"""Which department a document is of: readings of one name put together, the best borne out kept.

A name may be cut short, misread, or called otherwise; each way of printing it speaks for the
same department, and what speaks for another lowers how sure the reading is.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from indexer.attribution import WEIGHTS, Named
from indexer.organ_names import is_placed, is_region
from search.analysis import clean
from search.model import Warning
from search.organisations.called import same_organisation
from search.organisations.organs import is_organ

COVER: Final = WEIGHTS["title"]
MIN_CUT: Final = 6
"""A shorter beginning of a name is too common to speak for the whole."""
MIN_END: Final = 4
"""A shorter end of a name is what many departments are called."""
MAX_NAMES: Final = 40
"""No disclosure reads its department in more ways; beyond, comparing all takes too long."""
MAX_NAME: Final = 100
"""A longer text is no department's name."""
NEAR: Final = 0.75
"""From this likeness on, two names are readings of the same one."""
COPIED: Final = 2.5
"""So much count all places of one kind together against another name: one hand copied them."""
LONE: Final = 0.75
"""How sure a name is that stands in one place alone; below what counts as sure (0.8)."""
ONE_KIND: Final = 0.85
"""How sure a name is that only places of one kind print, however many."""

_LONE = "部门名称只见于一处，没有别处可以印证：{}"
_OFFICE = re.compile(r"\(?(?:本级|机关)\)?$")


def own_places(named: list[Named]) -> list[Named]:
    """Return the places that name the department: the superior's name only where none else does."""
    sure = [n for n in named if n.source in {"title", "label"} and not is_region(clean(n.name))]
    if not sure:
        return named
    own = [clean(n.name) for n in sure]
    return [n for n in named if n.source != "superior" or clean(n.name) in own]


def department_said(
    named: Sequence[Named], texts: Sequence[tuple[int, str]]
) -> tuple[str, tuple[str, ...], float]:
    """Return the name that most evidence supports, the other readings, and how sure it is."""
    weights: defaultdict[str, float] = defaultdict(float)
    for item in named:
        if len(item.name) <= MAX_NAME:
            weights[clean(item.name)] += item.weight
    if not weights:
        return "", (), 0.0
    kept = sorted(weights, key=lambda name: -weights[name])[:MAX_NAMES]
    groups = _groups(kept)
    counted = {group: _counted(named, group) for group in groups}
    best_group = max(groups, key=lambda group: (counted[group], len(group[0])))
    weights = defaultdict(float, {name: weights[name] for name in best_group})
    best = _best(named, weights)
    readings = sorted((n for n in best_group if n != best), key=lambda name: -weights[name])
    against = [group for group in groups if group != best_group and not is_region(group[0])]
    share = counted[best_group] / (counted[best_group] + sum(counted[group] for group in against))
    whole = {clean(item.name): item.name for item in reversed(named)}
    confidence = share * _earned(named, best_group, best, texts)
    return printed(whole[best]), tuple(printed(whole[n]) for n in readings), confidence


def _groups(names: Sequence[str]) -> list[tuple[str, ...]]:
    """Return names in groups of readings of one: cut short, misread, or called otherwise."""
    groups: list[list[str]] = []
    for name in names:
        meant = [group for group in groups if any(are_one(name, other) for other in group)]
        merged = [other for group in meant for other in group] + [name]
        groups = [group for group in groups if group not in meant] + [merged]
    return [tuple(group) for group in groups]


def are_one(one: str, other: str) -> bool:
    """Return whether two names in one document are readings of one department's."""
    if is_region(one) != is_region(other):
        return False
    return (
        speaks_for(one, other)
        or speaks_for(other, one)
        or near(one, other)
        or _ends(one, other)
        or _ends(other, one)
        or same_organisation(one, other)
    )


def _ends(short: str, whole: str) -> bool:
    """Return whether a name is another without the place or body in front: 人力资源部."""
    return len(short) >= MIN_END and whole.endswith(short)


def _counted(named: Sequence[Named], group: Sequence[str]) -> float:
    """Return what the places that name one department count; copies of one another are limited."""
    by_source: defaultdict[str, float] = defaultdict(float)
    for item in named:
        if clean(item.name) in group:
            by_source[item.source] += item.weight
    return sum(
        weight if source in {"title", "label"} else min(weight, COPIED)
        for source, weight in by_source.items()
    )


def _best(named: Sequence[Named], weights: Mapping[str, float]) -> str:
    """Return the best supported reading of a department's name."""
    support = {
        name: sum(weight for other, weight in weights.items() if speaks_for(other, name))
        for name in weights
    }
    best = max(weights, key=lambda name: (support[name], weights[name], len(name)))
    whole = _OFFICE.sub("", best)
    if weights.get(whole, 0.0) >= COVER:  # a table of its own office, in the department's document
        best = whole
    covers = [
        name
        for item in named
        if item.source in {"title", "label"} and (name := clean(item.name)) in weights
    ]
    if best not in covers:  # one of its units, in some tables of the department's document
        best = max((name for name in covers if _is_whole(name, best)), key=len, default=best)
    if not is_placed(best):  # one title says where it is, others leave that out
        longer = [name for name in covers if name.endswith(best) and is_placed(name)]
        best = max(longer, key=len, default=best)
    if best not in covers:  # heads call it otherwise (省法院) than the cover does
        called = [name for name in covers if not speaks_for(name, best) and not near(name, best)]
        best = max(called, key=lambda name: (weights[name], len(name)), default=best)
    return best


def _earned(
    named: Sequence[Named], group: Sequence[str], best: str, texts: Sequence[tuple[int, str]]
) -> float:
    """Return how sure a name is by the places that bear it out: one, one kind, or several."""
    mine = [item for item in named if clean(item.name) in group]
    lines = {line.start for item in mine for line in item.lines}
    again = any(best in text and start not in lines for start, text in texts)
    # Name, year and kind in one title bear each other out.
    title = any(item.whole for item in mine) and is_placed(best) and is_organ(best)
    if len({item.source for item in mine}) > 1 or (title and again):
        return 1.0
    return ONE_KIND if title or again or len(mine) > 1 else LONE


def lone(named: Sequence[Named], names: Sequence[str], confidence: float) -> Warning | None:
    """Return the warning that a name stands in one place alone, None where it does not."""
    meant = set(map(clean, names))
    mine = [item for item in named if clean(item.name) in meant]
    if confidence > LONE or len(mine) != 1:
        return None
    return Warning(message=_LONE.format(names[0]), line=mine[0].lines[0].number)


def printed(name: str) -> str:
    """Return a name as Chinese text prints it, with full-width brackets."""
    return name.replace("(", "（").replace(")", "）")


def _is_whole(name: str, longer: str) -> bool:
    """Return whether a name that a longer one begins with ends as names of organs do."""
    return longer.startswith(name) and is_organ(name)


def speaks_for(cut: str, whole: str) -> bool:
    """Return whether a name is another one or its beginning, long enough to mean it."""
    return cut == whole or (len(cut) >= MIN_CUT and whole.startswith(cut))


def near(one: str, other: str) -> bool:
    """Return whether one name may be the other misread."""
    return likeness(one, other) >= NEAR


@lru_cache(maxsize=4096)
def likeness(one: str, other: str) -> float:
    """Return how much of two names is the same, 0 where it is less than `NEAR`."""
    matcher = SequenceMatcher(None, one, other)
    return matcher.ratio() if matcher.quick_ratio() >= NEAR else 0.0
