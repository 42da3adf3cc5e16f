"""Percentages and words of change in the narrative against the amounts beside them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from indexer.checks.across import cells
from indexer.checks.equation import Equation
from indexer.checks.figures import Book, Figure
from indexer.checks.relation import Relation, Spec
from indexer.checks.said import Saying
from indexer.checks.within import Choices
from search.model import Role, Statement
from search.text import normalise, without_space

NEAR: Final = 8
"""So many wholes before a share are tried: it is a share of one of them."""
_COMPLETED: Final = re.compile(r"预算的?|预算数的?")
_OF: Final = re.compile(r"占(?:比)?(?P<whole>[^0-9占]*?)(?:的)?(?:比重|比例)?(?:为|约)?$")
_PLANNED = re.compile(r"年初|[低高大小]于|超[出过]")
"""What is compared with the year's own budget is no change from the year before."""
_SAME: Final = re.compile(r"持平|相同|一致|无增减|无变化|没有变化")
_WHOLES: Final[Mapping[str, tuple[str, str, str]]] = {
    "本年支出合计": ("收支总表", "本年支出", ""),
    "支出合计": ("收支总表", "本年支出", ""),
    "本年收入合计": ("收支总表", "本年收入", ""),
    "收入合计": ("收支总表", "本年收入", ""),
    "项目支出总额": ("支出总表", "合计", "项目支出"),
}
"""What a share is said to be of, and where that stands."""


def shares(
    relations: Mapping[str, Relation], said: Sequence[Saying], book: Book
) -> Iterator[Choices]:
    """Yield for each share the amounts that it may be the quotient of."""
    for number, saying in enumerate(said):
        if saying.statement.role is not Role.SHARE or saying.statement.unit != "%":
            continue
        words = _words_before(saying)
        before = [s for s in said[:number] if s.section == saying.section and s.level]
        mine = [s for s in before if s.passage == saying.passage and s.subject == saying.subject]
        if not mine:
            continue
        if _COMPLETED.search(words):
            if "completion" in relations:
                yield from _completed(relations["completion"], saying, mine)
            continue
        match = _OF.search(words)
        if match is None or "share" not in relations:
            continue
        yield from _shared(relations["share"], (saying, mine[-1]), before, match["whole"], book)


def _words_before(saying: Saying) -> str:
    """Return the words of a statement up to its figure."""
    start = saying.statement.figure.char_start - saying.statement.locator.char_start
    text = without_space(saying.statement.quote[: max(0, start)])
    return re.split(r"[,;。:]", text)[-1]


def _completed(relation: Relation, saying: Saying, mine: Sequence[Saying]) -> Iterator[Choices]:
    spent = next((s for s in reversed(mine) if s.statement.basis == "决算"), None)
    planned = [s for s in mine if s.statement.basis == "预算"]
    if spent is not None and planned:
        yield tuple(
            Equation(relation, ((1, saying.figure), (1, spent.figure), (1, plan.figure)), "share")
            for plan in reversed(planned)
        )


def _shared(
    relation: Relation,
    of: tuple[Saying, Saying],
    before: Sequence[Saying],
    named: str,
    book: Book,
) -> Iterator[Choices]:
    """Yield the quotients that a share may be: of a part and the whole named, or one before."""
    saying, part = of
    wholes: list[Figure] = []
    doubt = ""
    if named:
        bare = re.sub(r"^(?:部门)?(?:\(?单位\)?)?", "", named)
        place = _WHOLES.get(bare)
        found = cells(relation, book, (Spec(*place, 1, False, False),)) if place else ""
        if not found or isinstance(found, str):
            return
        wholes = [figure for _, figure in found]
    else:
        others = [s for s in before if s is not part and s.figure.value >= part.figure.value]
        inside = [s for s in others if s.passage == saying.passage] or others
        wholes = [s.figure for s in [*inside, *others][:NEAR]]
        doubt = "" if wholes and inside[0].subject != part.subject else "不知是占什么的比重"
        if part is before[0] or not wholes:
            return
    yield tuple(
        Equation(relation, ((1, saying.figure), (1, part.figure), (1, whole)), "share", doubt)
        for whole in dict.fromkeys(wholes)
    )


def growths(relation: Relation, said: Sequence[Saying]) -> Iterator[Choices]:
    """Yield for each rate of change the change beside it and the levels it may start from."""
    for number, saying in enumerate(said):
        change = said[number - 1] if number else None
        if not _is_rate(saying) or change is None or not _is_change(change, saying):
            continue
        sign = 1 if change.statement.direction == "增加" else -1
        levels = _levels(said[:number], saying)
        same = [level for level in levels if _bare(level.subject) == _bare(saying.subject)]
        doubt = "" if same else "不知变动前的数是哪一个"
        choices = tuple(
            Equation(
                relation,
                ((1, saying.figure), (sign, change.figure), (1, level.figure)),
                "growth",
                doubt,
            )
            for level in same or levels
        )
        if choices and change.statement.direction == saying.statement.direction:
            yield choices


def _bare(subject: str) -> str:
    """Return a subject without words that tell budget from final account."""
    return re.sub(r"预算(?!拨款|财政)|决算|合计|总计", "", subject)


def _levels(before: Sequence[Saying], saying: Saying) -> list[Saying]:
    """Return the amounts said before in the passage, nearest first, final accounts before plans."""
    levels = [s for s in reversed(before) if s.passage == saying.passage and s.level]
    return sorted(levels, key=lambda s: s.statement.basis == "预算")[:NEAR]


def _is_rate(saying: Saying) -> bool:
    return saying.statement.role is Role.CHANGE and saying.statement.unit == "%"


def _is_change(change: Saying, rate: Saying) -> bool:
    return (
        change.statement.role is Role.CHANGE
        and change.statement.direction is not None
        and rate.statement.direction is not None
        and change.statement.kind == "money"
        and change.passage == rate.passage
        and change.subject == rate.subject
    )


def changes(relation: Relation, said: Sequence[Saying], year: int | None) -> Iterator[Choices]:
    """Yield: this year's amount is last year's and the change said, which may be none 持平."""
    if year is None:
        return
    last: dict[tuple[int, str], Saying] = {}
    for number, now in enumerate(said):
        of = now.passage, now.subject
        if _is_amount_of(now.statement, year - 1):
            last[of] = now
        if not now.level or now.statement.year not in {None, year} or of not in last:
            continue
        after = said[number + 1] if number + 1 < len(said) else None
        is_change = (
            after is not None
            and after.statement.role is Role.CHANGE
            and after.statement.direction is not None
            and after.statement.kind == "money"
            and not _PLANNED.search(after.statement.text)
            and (after.passage, after.subject) == (now.passage, now.subject)
        )
        if is_change and after is not None:
            sign = 1 if after.statement.direction == "增加" else -1
            terms = ((1, now.figure), (1, last[of].figure), (sign, after.figure))
            yield (Equation(relation, terms),)
        elif _SAME.search(normalise(now.statement.quote)):
            yield (Equation(relation, ((1, now.figure), (1, last[of].figure))),)


def _is_amount_of(statement: Statement, year: int) -> bool:
    """Return whether a statement says how much it was in a year of its own naming."""
    level = statement.role in {Role.LEVEL, Role.PRIOR}
    return level and statement.kind == "money" and statement.year == year


def opposed(relation: Relation, said: Sequence[Saying]) -> Iterator[Choices]:
    """Yield the rates of change with the amount beside them, signed as they are said to go."""
    for change, rate in pairwise(said):
        if _is_rate(rate) and _is_change(change, rate) and change.figure.value:
            sign = 1 if change.statement.direction == rate.statement.direction else -1
            terms = ((1, rate.figure), (sign, change.figure))
            yield (Equation(relation, terms, "direction"),)
