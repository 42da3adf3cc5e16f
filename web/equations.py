"""Equations of the checks as pages show them: each figure leads to its place."""

from collections.abc import Iterator
from dataclasses import dataclass

from search.checks import Records
from search.lookup import document_of
from search.model import Disclosure
from search.results import HitAgreement, HitTerm


@dataclass(frozen=True, slots=True)
class Part:
    """A run of an equation; a figure has its term."""

    text: str
    term: HitTerm | None = None

    @property
    def document(self) -> str:
        """The document that prints the figure."""
        return document_of(self.term.record) if self.term else ""


@dataclass(frozen=True, slots=True)
class Contradicted:
    """A contradiction of a document: what is said of it, and its equations."""

    message: str
    equations: tuple[HitAgreement, ...]


def parts(of: HitAgreement) -> tuple[Part, ...]:
    """Return an equation in runs that join to it."""
    return tuple(_parts(of))


def _parts(of: HitAgreement) -> Iterator[Part]:
    at = 0
    for term in of.terms:
        start = of.equation.find(term.text, at)
        if start < 0:
            continue
        if start > at:
            yield Part(of.equation[at:start])
        at = start + len(term.text)
        yield Part(term.text, term)
    if at < len(of.equation):
        yield Part(of.equation[at:])


def contradicted(of: Disclosure) -> tuple[Contradicted, ...]:
    """Return the contradictions of a disclosure with their equations."""
    records = Records(of)
    equations = [
        HitAgreement(
            relation=check.relation,
            name=check.name,
            equation=check.equation,
            cell=None,
            terms=tuple(records.term(term.text, term.ref) for term in check.terms if term.text),
        )
        for check in of.checks.failed
    ]
    return tuple(
        Contradicted(found.message, tuple(equations[number] for number in found.checks))
        for found in of.checks.contradictions
    )


def marked(of: Disclosure) -> frozenset[int]:
    """Return where the figures begin that a contradiction is about."""
    return frozenset(
        term.locator.char_start
        for found in of.checks.contradictions
        for term in (
            *found.suspects, *(found.witnesses if found.cause == "unknown" else ()),
        )
        if term.locator is not None and term.text
    )  # fmt: skip
