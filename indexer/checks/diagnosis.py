"""Groups failed equations by the one mistake that explains them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from indexer.checks.causes import Cause, Hypothesis, hypotheses
from indexer.checks.equation import Equation
from indexer.checks.figures import Figure
from indexer.checks.within import Choices
from search.equation import NO_DATA

MOST: Final = 120
"""So many failed equations are explained; a document with more was not read well."""
BROKEN: Final = 2
"""An equation that a hypothesis breaks speaks so many times as much as one it meets."""
_ORDER: Final[Mapping[Cause, int]] = {"shift": 0, "unit": 1, "digit": 2}
"""Of two causes that explain as much, the one that is one mistake for many figures."""


@dataclass(slots=True)
class Group:
    """Failed equations (by number) with their likely cause and the figures under suspicion."""

    cause: Cause
    printed: str
    suspects: list[Figure]
    failed: list[int]
    other: list[Hypothesis] = field(default_factory=list)
    """Hypotheses that explain as much, so that it cannot be told which figure is wrong."""
    row: str = ""


def grouped(failed: Sequence[Choices], agreed: Sequence[Equation]) -> list[Group]:
    """Return the failed equations in groups of one likely cause, in order of the first."""
    left = dict(enumerate(failed))
    groups = [*_empty(left), *_missing(left)]
    if len(left) <= MOST:
        groups += _explained(left, agreed)
    groups += _related(left)
    return sorted(groups, key=lambda group: min(group.failed))


def _empty(left: dict[int, Choices]) -> list[Group]:
    """Take out what fails for a table that says 本表无数据."""
    groups: dict[str, Group] = {}
    for number, choices in list(left.items()):
        empty = [f for _, f in choices[0].terms if f.text == NO_DATA]
        if empty:
            group = groups.setdefault(empty[0].ref, Group("empty", "", [empty[0]], []))
            group.failed.append(number)
            del left[number]
    return list(groups.values())


def _missing(left: dict[int, Choices]) -> list[Group]:
    """Take out sums that lack just what another table prints for an account not printed here."""
    groups: dict[tuple[str, str], Group] = {}
    for number, choices in list(left.items()):
        equation = choices[0]
        listed = equation.relation.each == "listed"
        absent = equation.terms[1][1] if listed else _absent(equation)
        if absent is not None:
            name = equation.stated.what[1] if listed else absent.what[1]
            key = equation.stated.sheet.table.id if equation.stated.sheet else "", name
            group = groups.setdefault(key, Group("missing", absent.text, [], [], row=name))
            group.suspects.append(equation.stated)
            group.failed.append(number)
            del left[number]
    return list(groups.values())


def _absent(equation: Equation) -> Figure | None:
    """Return the figure of another table for an account that this sum may lack."""
    sheet, difference = equation.stated.sheet, equation.difference()
    if equation.relation.each not in {"children", "top"} or sheet is None or not difference:
        return None
    parent = sheet.rows[equation.stated.row].code or ""
    for other in sheet.others():
        for code, rows in other.codes.items():
            if code in sheet.codes or not code.startswith(parent) or len(code) <= len(parent):
                continue
            for cell in range(len(other.rows[rows[0]].cells)):
                figure = other.figure(rows[0], cell)
                if figure.value and abs(figure.value - difference) <= equation.tolerance:
                    return figure
    return None


class _Trial:
    """A hypothesis with the equations it touches: failed ones by number, and those that agree."""

    def __init__(
        self,
        hypothesis: Hypothesis,
        order: int,
        failed: Mapping[str, Sequence[int]],
        agreed: Mapping[str, Sequence[Equation]],
    ) -> None:
        self.hypothesis = hypothesis
        self.order = order
        refs = hypothesis.instead
        self.failed = {number for ref in refs for number in failed.get(ref, ())}
        self.agreed = {id(e): e for ref in refs for e in agreed.get(ref, ())}
        self.met: set[int] = set()
        self.gain = 0

    def judge(self, left: Mapping[int, Choices], assumed: Mapping[str, Decimal]) -> None:
        """Note which failed equations it would meet, and how many more than it would break."""
        instead = {**assumed, **self.hypothesis.instead}
        self.met = {
            number
            for number in self.failed
            if number in left and any(equation.holds(instead) for equation in left[number])
        }
        broken = sum(not equation.holds(instead) for equation in self.agreed.values())
        self.gain = len(self.met) - BROKEN * broken

    @property
    def rank(self) -> tuple[int, int, int]:
        """Order by gain, then by how far a cause reaches, then by what was thought of first."""
        return -self.gain, _ORDER[self.hypothesis.cause], self.order

    def touches(self, other: "_Trial") -> bool:
        """Return whether two hypotheses speak of the same equations."""
        return not self.failed.isdisjoint(other.failed) or any(
            key in other.agreed for key in self.agreed
        )


def _trials(left: Mapping[int, Choices], agreed: Sequence[Equation]) -> list[_Trial]:
    by_figure: dict[str, list[int]] = {}
    for number, choices in left.items():
        for figure in (figure for equation in choices for _, figure in equation.terms):
            by_figure.setdefault(figure.ref, []).append(number)
    met: dict[str, list[Equation]] = {}
    for equation in agreed:
        for _, figure in equation.terms:
            met.setdefault(figure.ref, []).append(equation)
    thought = (h for choices in left.values() for e in choices for h in hypotheses(e))
    distinct = {(h.cause, *sorted(h.instead.items())): h for h in thought}
    return [_Trial(h, order, by_figure, met) for order, h in enumerate(distinct.values())]


def _explained(left: dict[int, Choices], agreed: Sequence[Equation]) -> list[Group]:
    """Take out equations, the hypothesis that explains most first."""
    trials = _trials(left, agreed)
    groups: dict[tuple[object, ...], Group] = {}
    assumed: dict[str, Decimal] = {}
    stale = trials
    while left:
        for trial in stale:
            trial.judge(left, assumed)
        best = min(trials, key=lambda trial: trial.rank, default=None)
        if best is None or best.gain <= 0:
            break
        hypothesis, met = best.hypothesis, best.met
        equal = [
            trial.hypothesis
            for trial in trials
            if trial.rank[:2] == best.rank[:2]
            and trial.met == met
            and trial.hypothesis.instead.keys().isdisjoint(hypothesis.instead)
        ]
        assumed |= hypothesis.instead
        group = groups.setdefault(
            hypothesis.key, Group(hypothesis.cause, hypothesis.printed, [], [])
        )
        group.suspects += [f for f in hypothesis.suspects if f not in group.suspects]
        group.failed += sorted(met)
        group.other += equal
        for number in met:
            del left[number]
        stale = [trial for trial in trials if trial.touches(best)]
    return list(groups.values())


def _related(left: dict[int, Choices]) -> list[Group]:
    """Return the rest in groups that share a figure or a difference."""
    groups: list[tuple[set[object], Group]] = []
    for number, choices in left.items():
        equation = choices[0]
        marks: set[object] = {figure.ref for _, figure in equation.terms if figure.text}
        difference = equation.difference()
        if equation.shape == "sum" and difference:
            marks.add(abs(difference))
        joined = [item for item in groups if item[0] & marks]
        for item in joined:
            groups.remove(item)
        numbers = sorted({number, *(n for _, group in joined for n in group.failed)})
        known = marks.union(*(item[0] for item in joined))
        groups.append((known, Group("unknown", "", [], numbers)))
    left.clear()
    return [group for _, group in groups]
