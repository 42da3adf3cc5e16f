"""The checks of one disclosure with citations."""

from search.budget import deadline, spent
from search.checks import CheckMarks, Records
from search.citation import line, place
from search.hits import HitMaker
from search.lookup import several, within
from search.model import Contradiction, Disclosure, Term
from search.results import Hit
from search.review.model import (
    DocumentChecks,
    Finding,
    FoundEquation,
    FoundTerm,
    RecordChecks,
)


def document_checks(of: Disclosure, *, seconds: float | None = None) -> DocumentChecks:
    """Return what checking a disclosure came to, each place cited.

    After `seconds` the findings that are left are only counted: it is not `exact` then.
    """
    until = deadline(seconds)
    contradictions = of.checks.contradictions
    records = Records(of)
    terms = (term for c in contradictions for term in (*c.suspects, *c.witnesses))
    hits = several(of, {records.place(term.ref)[0] for term in terms})
    findings: list[Finding] = []
    for contradiction in contradictions:
        if spent(until):
            break
        findings.append(_finding(of, contradiction, records, hits))
    return DocumentChecks(
        document=HitMaker(of).reference,
        agreed=sum(len(agreement.equations) for agreement in of.checks.agreed),
        failed=len(of.checks.failed),
        unsure=len(of.checks.unsure),
        findings=tuple(findings),
        exact=len(findings) == len(contradictions),
    )


def record_checks(of: Disclosure, record: str) -> RecordChecks | None:
    """Return every equation of a record of a disclosure, None where there is no such record."""
    hit = within(of, record)
    if hit is None:
        return None
    rows = {project.id: project.row_id for project in of.projects}
    said = {passage.id: passage.statements for passage in of.passages}
    return RecordChecks(
        id=record,
        document=hit.document,
        outcome=hit.outcome,
        failed=hit.checks,
        agreed=CheckMarks(of).agreed(
            rows.get(record) or record, len(hit.cells), (s.id for s in said.get(record, ()))
        ),
    )


def _finding(
    of: Disclosure, found: Contradiction, records: Records, hits: dict[str, Hit]
) -> Finding:
    failed = (of.checks.failed[number] for number in found.checks)
    return Finding(
        cause=found.cause,
        message=found.message,
        suspects=tuple(_term(of, term, records, hits) for term in found.suspects),
        witnesses=tuple(_term(of, term, records, hits) for term in found.witnesses),
        equations=tuple(
            FoundEquation(
                relation=check.relation,
                name=check.name,
                equation=check.equation,
                difference=check.difference,
                unit=check.unit,
            )
            for check in failed
        ),
    )


def _term(of: Disclosure, term: Term, records: Records, hits: dict[str, Hit]) -> FoundTerm:
    record, cell = records.place(term.ref)
    hit = hits.get(record)
    return FoundTerm(
        what=term.what,
        text=term.text,
        record=record,
        cell=cell,
        locator=term.locator,
        citation=_citation(of, term, hit, cell),
    )


def _citation(of: Disclosure, term: Term, hit: Hit | None, cell: int | None) -> str:
    """Return the citation of the cell that prints a term; of none where another is printed."""
    figure = hit.cells[cell or 0] if hit and (cell or 0) < len(hit.cells) else None
    if hit is not None and figure is not None and figure.locator == term.locator:
        return line(hit, figure)
    where = f"，{place(term.locator)}" if term.locator else ""
    what = f"{term.what}：{term.text}" if term.text else term.what
    return f"《{of.title}》，{what}（{of.sources[0]}{where}）"
