"""The syntax tree of a query: pure values that compare by value.

Spans (`start`, `end`) count characters of the query as typed and take no part in equality.
`search.query.printing` gives the query text of a tree.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Op = Literal["=", ">", ">=", "<", "<=", "between"]
Direction = Literal["增加", "减少"]


@dataclass(frozen=True, slots=True)
class Node:
    """Base of all nodes."""

    start: int = field(default=0, compare=False, kw_only=True)
    end: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Word(Node):
    """A run of text to be segmented; all its parts must match."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase(Node):
    """Text that must stand exactly so."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefixed(Node):
    """`prefix:value`, not yet bound to a field; `value` may have been quoted."""

    prefix: str
    value: str


@dataclass(frozen=True, slots=True)
class Years(Node):
    """Fiscal years `first` to `last`, inclusive."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A bare run of 3, 5 or 7 digits, which may be an account code."""

    text: str


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """A comparison of the figure that belongs to the words.

    `low` and `high` are in `unit`, as typed; a one-sided comparison sets `low` only. `unit` is
    the full form (万元 for 万), empty where none was typed. `column` binds it to one column,
    `direction` asks for a change.
    """

    op: Op
    low: Decimal
    high: Decimal | None = None
    unit: str = ""
    column: str | None = None
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class And(Node):
    """All of the parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """At least one of the parts."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """Without the part."""

    part: Node
