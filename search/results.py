"""What a search returns: the JSON contract of command line and API."""

from decimal import Decimal
from typing import Any, Final, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    TypeAdapter,
    model_serializer,
)

from search.model import Cell, Exact, Frozen, Genre, Level, Locator, Report
from search.organisations.model import Organisation

PieceKind = Literal[
    "text", "year", "amount", "quantity", "department", "region", "report", "table", "code", "type",
    "column", "sort", "checks",
]  # fmt: skip

Outcome = Literal["fail", "pass", "unchecked"]
"""What relations between figures (`search.model.Checks`) say of a figure or a record."""

TermKind = Literal["label", "project", "account", "department", "table"]


class Piece(BaseModel):
    """One understood part of the query: where it stands and what it was taken for.

    Only the values that belong to the kind are set: `op` with `yuan` or `value` and `unit`
    (comparisons), `from` and `to` (years and ranges), `value` (names, codes, words).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    kind: PieceKind
    text: str
    start: int
    end: int
    label: str
    """The piece in plain Chinese, as shown on its chip."""
    negated: bool = False
    op: Literal["=", ">", ">=", "<", "<=", "between"] | None = None
    yuan: Exact | None = None
    value: str | None = None
    unit: str | None = None
    from_: int | Exact | None = Field(None, alias="from")
    to: int | Exact | None = None
    phrase: bool | None = None
    column: str | None = None
    direction: Literal["增加", "减少"] | None = None

    @model_serializer(mode="wrap")
    def _only_set(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data: dict[str, Any] = handler(self)
        if "from_" in data:
            data["from"] = data.pop("from_")
        return {key: value for key, value in data.items() if value is not None}


class QueryWarning(Frozen):
    """Something in the query that was ignored or assumed, with its place."""

    message: str
    start: int
    end: int


class Understood(Frozen):
    """The query as it was read."""

    text: str
    pieces: tuple[Piece, ...]
    warnings: tuple[QueryWarning, ...]


class Total(Frozen):
    """How many records match; a lower bound where not exact."""

    value: int
    exact: bool = True


class DocumentRef(Frozen):
    """The document a hit stands in; `organisation` is whose it is, whatever it is called there."""

    id: str
    department: str
    organisation: Organisation | None = None
    year: int | None
    report: Report | None
    level: Level | None
    genre: Genre = "disclosure"
    title: str
    source: str
    sha256: str
    url: str | None = None
    retrieved: str | None = None


class TableRef(Frozen):
    """The table a row stands in."""

    id: str
    kind: str
    title: str
    unit: str | None


class HitCell(Cell):
    """A cell of a hit; `matched` marks the figure that satisfied the comparison.

    `agrees` is how many equations between figures (`search.model.Checks`) it takes part in and
    meets; a cell that meets none and fails none is unchecked.
    """

    matched: bool = False
    agrees: int = 0
    outcome: Outcome = "unchecked"


class HitTerm(Frozen):
    """A figure of an equation as printed, and where it stands: a record and one of its cells."""

    text: str
    record: str
    cell: int | None = None


class HitAgreement(Frozen):
    """An equation that a figure of the hit takes part in and that is met.

    `cell` is the number of the figure's cell, None where a passage has none; `terms` are the
    figures in the order of the equation.
    """

    relation: str
    name: str
    equation: str
    cell: int | None
    terms: tuple[HitTerm, ...] = ()


class HitCheck(HitAgreement):
    """An equation that a figure of the hit takes part in and that is not met.

    `suspect` says whether it is this figure that the likely `cause` is about. `difference` is
    in `unit`.
    """

    difference: Exact | None
    unit: str
    cause: str
    suspect: bool


class Highlight(Frozen):
    """A span of the hit's `label`, `quote` or excerpt that answers the words of the query."""

    field: Literal["label", "quote", "excerpt"]
    start: int
    end: int


class Repeat(Frozen):
    """The same text in another document."""

    id: str
    document: DocumentRef


class Excerpt(Frozen):
    """One field of a project's form, or one of its indicators, as printed."""

    name: str
    quote: str
    locator: Locator


class Hit(Frozen):
    """One cell, sentence or project that answers the query, with its place in the source."""

    id: str
    kind: Literal["row", "passage", "project"]
    document: DocumentRef
    table: TableRef | None = None
    section: tuple[str, ...] = ()
    label: str
    label_verbatim: str
    path: tuple[str, ...] = ()
    code: str | None = None
    code_kind: str | None = None
    quote: str
    excerpt: Excerpt | None = None
    """What answers the words in a project's form, where that says more of them than its row."""
    cells: tuple[HitCell, ...] = ()
    locator: Locator
    yuan: Exact | None = None
    """The figure that the hit is about: the matched one, else its principal amount."""
    highlights: tuple[Highlight, ...] = ()
    checks: tuple[HitCheck, ...] = ()
    """The relations that its figures do not meet."""
    outcome: Outcome = "unchecked"
    """fail where a figure takes part in a relation that is not met, else pass where in one."""
    agrees: int = 0
    """How many equations its figures meet; `RecordChecks` tells them."""
    score: float = 0.0
    repeated: int = 0
    """How many more records say the same; the first of them are `repeats`."""
    repeats: tuple[Repeat, ...] = ()

    def amount(self) -> Decimal | None:
        """Return the hit's own amount in yuan."""
        return self.yuan


class IndexedHit(Hit):
    """A hit as an engine keeps it: of a project with all that its `form` says."""

    form: tuple[Excerpt, ...] = ()


class FacetValue(Frozen):
    """One value of a facet and how many hits have it.

    Accounts have their name as `label`, and those below them as `children`.
    """

    value: str
    count: int
    label: str | None = None
    children: tuple["FacetValue", ...] = ()

    @model_serializer(mode="wrap")
    def _only_set(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data: dict[str, Any] = handler(self)
        return {key: value for key, value in data.items() if value not in (None, ())}


FACET_VALUES: Final = TypeAdapter(tuple[FacetValue, ...])
"""Checks many values in one go."""


class AmountRange(Frozen):
    """How many hits have an amount from `low` on and below `high`, in yuan; open where None."""

    low: Exact | None
    high: Exact | None
    count: int


class Amounts(Frozen):
    """How the amounts of what a query finds are spread, its own bounds on them left out."""

    query: str
    ranges: tuple[AmountRange, ...]


class Suggestion(Frozen):
    """A name of the index that completes what is being typed.

    `text` takes the place of the unfinished piece, which gives `query`. `count` is how many
    records bear the name.
    """

    kind: TermKind
    label: str
    text: str
    query: str
    count: int


class Suggestions(Frozen):
    """What may be meant by an unfinished query, best first."""

    query: str
    suggestions: tuple[Suggestion, ...]


class Correction(Frozen):
    """A query with a near term (`text`) in place of a word that stands nowhere, and its hits."""

    text: str
    query: str
    total: int


class Reading(Frozen):
    """The query with one of its words taken for what it names as well: a department, a column."""

    kind: Literal["department", "column"]
    word: str
    query: str


class Removal(Frozen):
    """The query without one of its pieces (by number, from 0), and its hits."""

    piece: int
    query: str
    total: int


class Evidence(Frozen):
    """What the index holds of an item for a department, a year and a report.

    `state` is that of the cell that prints it (value, zero, blank, dash), else why there is none:
    no_data (本表无数据), no_row, no_column, no_table, no_figure, unread (a scan), other_level,
    missing (no such document is indexed), or cut (the time was over). `told` says it in words.
    `document` was looked at.
    """

    department: str
    year: int
    report: Report
    table: str
    item: str
    state: str
    told: str
    text: str = ""
    unit: str | None = None
    document: str | None = None
    record: str | None = None


class Result(Frozen):
    """One page of hits with the query as understood.

    The records that match make `shown` hits: text that many documents repeat is one.
    Only beside hits, on the first page: `readings`, other queries that it may mean. Only where
    there is no hit: `did_you_mean`, `removals` and `absent`, the numbers of the pieces whose words
    stand nowhere in the index.
    """

    query: Understood
    total: Total
    shown: int
    page: int
    pages: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    readings: tuple[Reading, ...] = ()
    did_you_mean: tuple[Correction, ...] = ()
    removals: tuple[Removal, ...] = ()
    absent: tuple[int, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    """Only where there is no hit, and the query names a department and one item."""
    took_ms: float
