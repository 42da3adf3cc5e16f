"""Puts the outcomes of the relations into the model: `check` is what the indexer calls."""

from collections.abc import Iterator, Sequence
from typing import Final

from indexer.checks.checking import Tried, tried
from indexer.checks.diagnosis import Group, grouped
from indexer.checks.equation import Equation
from indexer.checks.figures import MONEY, Figure
from indexer.checks.within import Choices
from indexer.checks.wording import bare, message, printed
from search.model import (
    Agreement,
    Check,
    Checks,
    Contradiction,
    Disclosure,
    Shape,
    Skipped,
    Term,
    Warning,
)

WITNESSES: Final = 8
"""So many figures that speak against the suspects are kept."""


def checked(of: Disclosure) -> Disclosure:
    """Return a disclosure with its checks; what contradicts itself is among the warnings."""
    checks = check(of)
    told = (
        Warning(message=contradiction.message, line=place.line_start)
        for contradiction in checks.contradictions
        if (place := contradiction.suspects[0].locator) is not None
    )
    return of.model_copy(update={"checks": checks, "warnings": (*of.warnings, *told)})


def check(of: Disclosure) -> Checks:
    """Return what the relations between the figures of a disclosure come to."""
    found = tried(of)
    groups = grouped(found.failed, found.agreed) if found.failed else []
    return Checks(
        contradictions=tuple(_contradiction(group, found) for group in groups),
        failed=tuple(_check(choices[0]) for choices in found.failed),
        unsure=tuple(_check(equation, reason) for equation, reason in found.unsure),
        agreed=tuple(_agreements(found.agreed)),
        skipped=tuple(_once(found.skipped)),
    )


def _once(skipped: Sequence[Skipped]) -> Iterator[Skipped]:
    yield from {item.relation: item for item in reversed(skipped)}.values()


def _agreements(agreed: Sequence[Equation]) -> Iterator[Agreement]:
    alike: dict[tuple[str, Shape], list[Equation]] = {}
    for equation in agreed:
        alike.setdefault((equation.relation.id, equation.shape), []).append(equation)
    for (relation, shape), equations in alike.items():
        yield Agreement(
            relation=relation,
            name=equations[0].relation.name,
            shape=shape,
            equations=tuple(tuple(_refs(equation)) for equation in equations),
        )


def _refs(equation: Equation) -> list[str]:
    """Return what the terms are called; blank parts of a sum are left out."""
    refs = [
        (figure.ref if way > 0 else f"-{figure.ref}") if figure.text else ""
        for way, figure in equation.terms
    ]
    return refs if equation.shape != "sum" or "" not in refs else [refs[0], *filter(None, refs[1:])]


def _check(equation: Equation, reason: str = "") -> Check:
    money = equation.shape == "sum" and equation.stated.unit in {MONEY, ""}
    return Check(
        relation=equation.relation.id,
        name=equation.relation.name,
        outcome="unsure" if reason else "fail",
        equation=printed(equation, met=bool(reason) and equation.holds()),
        reason=reason,
        terms=tuple(_term(figure) for _, figure in equation.terms if figure.text or figure.locator),
        difference=equation.difference(),
        tolerance=equation.tolerance,
        unit=MONEY if money else equation.stated.unit,
    )


def _term(figure: Figure) -> Term:
    what = " › ".join(filter(None, figure.what))
    return Term(ref=figure.ref, what=what, text=figure.text, locator=figure.locator)


def _contradiction(group: Group, found: Tried) -> Contradiction:
    failed = [found.failed[number] for number in group.failed]
    suspects = group.suspects or [failed[0][0].stated]
    witnesses = _witnesses(group, suspects, failed)
    return Contradiction(
        cause=group.cause,
        message=message(group, failed, witnesses),
        suspects=tuple(map(_term, suspects)),
        witnesses=tuple(map(_term, witnesses)),
        checks=tuple(group.failed),
    )


def _witnesses(group: Group, suspects: Sequence[Figure], failed: Sequence[Choices]) -> list[Figure]:
    """Return the figures that speak against the suspects: those that print what was expected."""
    known = {figure.ref for figure in suspects}
    others = {
        figure.ref: figure
        for choices in failed
        for _, figure in choices[0].terms
        if figure.text and figure.ref not in known
    }
    said = {"digit": group.printed, "shift": suspects[0].text}.get(group.cause, "")
    same = [figure for figure in others.values() if said and bare(figure.text) == bare(said)]
    return (same or list(others.values()))[:WITNESSES]
