"""A result as its page shows it: chips, facets and orders with the links that change the query."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

from search.fields import BY_NAME, FACETS, LABELS
from search.query.refinement import refined, refinements, without
from search.results import FacetValue, Piece, PieceKind, Result

SHOWN: Final = 8
"""Values of a facet that are shown at once; the others unfold."""
MOST: Final = 40
"""Values of a facet on the page at all; each is a query that had to be read."""
LONGEST: Final = 300
"""Characters of a query whose links are made; every link carries the query whole."""

_ANY: Final = {"code": "98765432109876543210", "region": "无此地区"}
"""Values of trees that stand for any other, which is put in their place."""
_TAKEN: Final = frozenset({"report", "code", "department"})
"""Conditions that a bare word or number is taken for."""
_ORDERS: Final = (
    ("relevance", "", "相关"),
    ("amount", "金额", "金额从高到低"),
    ("amount_ascending", "金额升", "金额从低到高"),
    ("year", "年度", "年度"),
)
"""Orders: the value of the piece, what the query says, what the page says."""


@dataclass(frozen=True, slots=True)
class Chip:
    """An understood piece and the query without it, None where the query is too long.

    `as_text` is the query that looks for the words of a piece that was taken for a condition.
    """

    piece: Piece
    without: str | None
    as_text: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be asked for: its query, and whether it is asked for already."""

    label: str
    query: str | None
    count: int | None = None
    chosen: bool = False
    code: str = ""
    below: tuple["Choice", ...] = ()
    """Accounts below an account, where they are few or it is asked for."""


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet with its values, most frequent first; accounts by their codes."""

    label: str
    choices: tuple[Choice, ...]


def chips(result: Result) -> tuple[Chip, ...]:
    """Return the pieces of the query, each with the query that is left without it."""
    text = result.query.text
    short = len(text) <= LONGEST
    return tuple(
        Chip(piece, without(text, piece.start, piece.end) if short else None, _as_text(text, piece))
        for piece in result.query.pieces
    )


def _as_text(text: str, piece: Piece) -> str | None:
    """Return the query with a bare word or number that became a condition in quotes."""
    if piece.kind not in _TAKEN or len(text) > LONGEST or not piece.text.isalnum():
        return None
    return f'{text[: piece.start]}"{piece.text}"{text[piece.end :]}'


def facets(result: Result) -> tuple[FacetView, ...]:
    """Return the facets that have anything to choose."""
    return tuple(
        FacetView(field.label, tuple(_choices(result, cast(PieceKind, field.name))))
        for field in FACETS
        if result.facets.get(field.name)
    )


def orders(result: Result) -> tuple[Choice, ...]:
    """Return the orders that hits can come in."""
    asked = {piece.value for piece in result.query.pieces if piece.kind == "sort"}
    return tuple(
        Choice(
            label,
            _asking(result, "sort", said),
            chosen=name in asked or (not said and not asked),
        )
        for name, said, label in _ORDERS
    )


def _asking(result: Result, name: PieceKind, value: str) -> str | None:
    """Return the query that asks for a value as well, None where there is none to link to."""
    if len(result.query.text) > LONGEST:
        return None
    return refined(result.query, name, BY_NAME[name].prefixes[0], value)


def _choices(result: Result, name: PieceKind) -> Iterator[Choice]:
    if name in _ANY:
        yield from _tree(result, name)
        return
    pieces = [p for p in result.query.pieces if p.kind == name and not p.negated]
    values = result.facets[name][:MOST]
    labels = [LABELS.get(name, {}).get(v.value, v.value) for v in values]
    queries: Sequence[str | None] = [None] * len(labels)
    if len(result.query.text) <= LONGEST:
        queries = refinements(result.query, name, BY_NAME[name].prefixes[0], labels)
    for found, label, query in zip(values, labels, queries, strict=True):
        chosen = any(_names(piece, label) for piece in pieces)
        yield Choice(label, _asking(result, name, "") if chosen else query, found.count, chosen)


def _tree(result: Result, name: PieceKind) -> tuple[Choice, ...]:
    """Return accounts or regions as choices, unfolded to what is asked for."""
    asked = {p.value or "" for p in result.query.pieces if p.kind == name and not p.negated}
    # One query is made and the value put in its place: reading each would take long.
    query = _asking(result, name, _ANY[name])
    all_shown = _size(result.facets[name]) <= MOST

    def choices(values: tuple[FacetValue, ...]) -> Iterator[Choice]:
        for found in values:
            on_the_way = any(value.startswith(found.value) for value in asked)
            chosen = found.value in asked
            narrowed = _asking(result, name, "") if chosen else query
            yield Choice(
                found.label or "",
                narrowed and narrowed.replace(_ANY[name], found.value),
                found.count,
                chosen,
                found.value if name == "code" else "",
                tuple(choices(found.children)) if all_shown or on_the_way else (),
            )

    return tuple(choices(result.facets[name]))


def _size(values: tuple[FacetValue, ...]) -> int:
    return sum(1 + _size(value.children) for value in values)


def _names(piece: Piece, value: str) -> bool:
    if piece.kind == "year" and piece.from_ is not None and piece.to is not None:
        return value.isdigit() and piece.from_ <= int(value) <= piece.to
    return value in {piece.value, LABELS.get(piece.kind, {}).get(piece.value or "")}
