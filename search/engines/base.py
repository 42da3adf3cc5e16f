"""The engine port: typed conditions, and the Reader and Writer that every engine provides.

An engine stores records (`search.records.Record`) and answers a `Bound` query over them. It
knows nothing of the query language: words come segmented, names come resolved.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import TracebackType
from typing import Literal, NamedTuple, Protocol, Self

from search.hits import DocumentInfo
from search.model import QuantityKind
from search.organisations.corrections import Corrections
from search.records import RecordKind
from search.results import AmountRange, FacetValue, Hit

Sort = Literal["relevance", "amount", "amount_ascending", "year"]


@dataclass(frozen=True, slots=True)
class Everything:
    """Any record."""


@dataclass(frozen=True, slots=True)
class Text:
    """Records in one of whose text fields all `tokens` stand.

    With `exact`, the normalised text itself must stand there as it is. `alternatives` are
    synonyms, any of which will do as well; several of them are parts, and rank behind.
    """

    tokens: tuple[str, ...]
    exact: str | None = None
    alternatives: tuple["Text", ...] = ()


@dataclass(frozen=True, slots=True)
class Years:
    """Records whose figures are of the fiscal years `first` to `last`."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Keyword:
    """Records whose keyword field is one of `values`."""

    name: Literal["department", "region", "report", "table", "type", "checks"]
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Code:
    """Rows whose account code is `code`, none below it."""

    code: str


@dataclass(frozen=True, slots=True)
class CodeUnder:
    """Rows whose account code is `prefix` or below it."""

    prefix: str


@dataclass(frozen=True, slots=True)
class Figure:
    """Records with a figure from `low` to `high`, bounds in the kind's base unit.

    `unit` is the counting unit where the kind is count. With `columns` the figure must stand
    in one of these columns, else it must be a principal one. With `direction` it must be a
    change of that direction, else a level; in columns that are `named` for what they say
    (上年预算数, 增减额) it may be of another year or a change.
    """

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False
    kind: QuantityKind = "money"
    unit: str = ""
    columns: frozenset[str] | None = None
    direction: Literal["增加", "减少"] | None = None
    named: bool = False

    def admits(self, value: Decimal) -> bool:
        """Return whether `value` (in the base unit) lies within the bounds."""
        if self.low is not None and (value <= self.low if self.low_open else value < self.low):
            return False
        return self.high is None or (value < self.high if self.high_open else value <= self.high)


@dataclass(frozen=True, slots=True)
class All:
    """Records that meet every part."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Records that meet at least one part."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Records that do not meet the part."""

    part: "Condition"


Condition = Everything | Text | Years | Keyword | Code | CodeUnder | Figure | All | Any | Without


@dataclass(frozen=True, slots=True)
class Bound:
    """A query bound to an index.

    `filters` holds the top-level conditions on facet fields by field name (a facet's counts
    respect every filter but its own); `where` holds all else. With `once`, text that many
    documents repeat is one hit. With `meaning`, definitions come first, else last.
    With `aside`, what is printed aside is found as well, behind all else.
    With `remarks`, the words beside a comparison are looked for in all that a record says.
    """

    where: Condition = Everything()
    filters: Mapping[str, Condition] = field(default_factory=dict)
    sort: Sort = "relevance"
    kinds: frozenset[RecordKind] | None = None
    once: bool = True
    meaning: bool = False
    remarks: bool = False
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One page of an engine's answer; `hits` are in order, without highlights.

    `total` records match, which make `shown` hits; at least so many where not `exact`.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    shown: int
    exact: bool = True


class Prepared(NamedTuple):
    """A record as a writer puts it down, of plain values: many pass between processes.

    `keywords` are in the order of `search.engines.columns.KEYWORDS`, `figures` are amount, tag,
    unit and column; `payload` and `text` are the bytes for the heaps, `tokens` the distinct words
    of each text field, with spaces between.
    """

    numbers: tuple[int, ...]
    keywords: tuple[str, ...]
    figures: tuple[tuple[int, int, str, str], ...]
    payload: bytes
    text: bytes
    tokens: dict[str, str]


class Reader(Protocol):
    """One whole commit of an index; later commits do not change it."""

    def search(self, query: Bound, *, offset: int, limit: int, until: float | None = None) -> Found:
        """Return hits `offset` to `offset + limit` of `query`, with exact counts.

        At the time `until` (`time.monotonic`) it stops looking: the counts are lower bounds then.
        """
        ...

    def documents(self) -> tuple[DocumentInfo, ...]:
        """Return every indexed document, by department, year and report."""
        ...

    def values(self, name: str) -> tuple[str, ...]:
        """Return the distinct values of a keyword field (`code`, `column`, `table`, …)."""
        ...

    def terms(self) -> Mapping[str, int]:
        """Return the terms of the records, and how many records bear each."""
        ...

    def count(self, kind: str) -> int:
        """Return how many records of a kind (row, passage, project) there are."""
        ...

    def records(self, query: Bound) -> list[str]:
        """Return the ids of all records that match `query`, in order."""
        ...

    def hits(self, query: Bound) -> Iterator[Hit]:
        """Yield all records that match `query`, by document as listed, in source order."""
        ...

    def amounts(
        self, query: Bound, wanted: Figure, *, until: float | None = None
    ) -> tuple[AmountRange, ...]:
        """Return how the amounts that satisfy `wanted` are spread over what matches `query`.

        No ranges where that is not known at the time `until`: a part of them shows no spread.
        """
        ...

    def correct(self, corrections: Corrections) -> None:
        """Let corrections say whose the documents are; to be given before anything is asked."""
        ...

    def close(self) -> None:
        """Release the files."""
        ...


class Writer(Protocol):
    """The one writer of an index: all that is added becomes visible at once, on leaving.

    Leaving the `with` block by an exception, or being killed, leaves the last commit.
    """

    def add(self, document: str, records: Iterable[Prepared]) -> None:
        """Add a document's records in place of any that it had."""
        ...

    def remove(self, document: str) -> None:
        """Remove a document's records."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...
