"""The JSON contract of `gongkai check` and of the endpoints of checks."""

from typing import Literal

from search.compare.model import Absence
from search.model import Exact, Frozen, Locator
from search.results import DocumentRef, HitAgreement, HitCheck, Outcome


class FoundTerm(Frozen):
    """A figure of a contradiction: where it stands in words and in the source, and its citation.

    `record` is its table where no record prints it (a missing row, a table without data).
    """

    what: str
    text: str
    record: str
    cell: int | None
    locator: Locator | None
    citation: str


class FoundEquation(Frozen):
    """An equation that is not met; `difference` is in `unit`."""

    relation: str
    name: str
    equation: str
    difference: Exact | None
    unit: str


class Finding(Frozen):
    """One contradiction: the figures that may be wrong, those that speak against them, and why.

    `suspects` all print what the message says; what they should print is said, never applied.
    """

    cause: Literal["digit", "shift", "unit", "missing", "empty", "unknown"]
    message: str
    suspects: tuple[FoundTerm, ...]
    witnesses: tuple[FoundTerm, ...]
    equations: tuple[FoundEquation, ...]


class DocumentChecks(Frozen):
    """What checking one document came to; counts are of equations.

    Where it is not `exact`, the time was over before all findings were told.
    """

    document: DocumentRef
    agreed: int
    failed: int
    unsure: int
    findings: tuple[Finding, ...]
    exact: bool = True


class RecordChecks(Frozen):
    """Every equation that the figures of a record take part in."""

    id: str
    document: DocumentRef
    outcome: Outcome
    failed: tuple[HitCheck, ...]
    agreed: tuple[HitAgreement, ...]


class Quoted(Frozen):
    """A figure of the year before as a document quotes it, and as that year's document prints it.

    A difference may also come from a changed scope or a later adjustment.
    """

    subject: str
    year: int
    agrees: bool
    quoted: FoundTerm
    printed: FoundTerm


class Executed(Frozen):
    """Budget and final account of one item in one year, as information and no error.

    `absences` tell why a side has no figure; `difference` is final less budget in `unit`, None
    where the two are not of the same money.
    """

    department: str
    year: int
    table: str
    item: str
    budget: FoundTerm | None
    final: FoundTerm | None
    absences: tuple[Absence, ...] = ()
    difference: Exact | None = None
    unit: str | None = None


class Review(Frozen):
    """The checks of all current documents: those with findings, and what stands between years."""

    checked: int
    agreed: int
    contradicted: int
    documents: tuple[DocumentChecks, ...]
    quoted: tuple[Quoted, ...]
    executed: tuple[Executed, ...]

    @property
    def fails(self) -> bool:
        """Whether anything contradicts anything."""
        return self.contradicted > 0 or any(not of.agrees for of in self.quoted)
