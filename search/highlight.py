"""Marks in a hit what answers the query: the words in label and quote, the figure in its cell."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice
from typing import Final, Literal

from search.amounts import COUNTED, counting_unit, unit_kind
from search.analysis import clean
from search.engines.base import Figure
from search.model import CellState, Role
from search.records import column_name
from search.results import Excerpt, Highlight, Hit, HitCell, IndexedHit
from search.text import normalise

MAX_MARKS: Final = 50
"""More marks on one hit help nobody."""


def marked(hit: Hit, words: Sequence[str], figure: Figure | None) -> Hit:
    """Return the hit with its matched cells, excerpt and highlights set."""
    cells = tuple(
        cell.model_copy(update={"matched": _satisfies(cell, figure, alone=hit.kind == "passage")})
        for cell in hit.cells
    )
    matched = [cell.yuan for cell in cells if cell.matched and cell.yuan is not None]
    excerpt = _excerpt(hit, words)
    spans = chain(
        _spans("label", hit.label, words),
        _spans("quote", hit.quote, words),
        _spans("excerpt", excerpt.quote, words) if excerpt else (),
    )
    kept = {name: getattr(hit, name) for name in Hit.model_fields}
    return Hit.model_construct(
        **kept
        | {
            "cells": cells,
            "excerpt": excerpt,
            "highlights": tuple(islice(spans, MAX_MARKS)),
            "yuan": max(matched) if matched and hit.yuan not in matched else hit.yuan,
        }
    )


def _excerpt(hit: Hit, words: Sequence[str]) -> Excerpt | None:
    """Return the part of a project's form that says most of the words, if more than its row."""
    form = hit.form if isinstance(hit, IndexedHit) else ()
    said = _said(f"{hit.label}\n{hit.quote}", words)
    found = [(_said(f"{one.name}\n{one.quote}", words), one) for one in form]
    most, best = max(found, key=lambda pair: pair[0], default=(0, None))
    return best if most > said else None


def _said(text: str, words: Sequence[str]) -> int:
    """Return how many characters of different words stand in a text."""
    found = clean(text)
    return sum(len(word) for word in set(map(clean, words)) if word in found)


def _satisfies(cell: HitCell, figure: Figure | None, *, alone: bool) -> bool:
    """Return whether a cell holds the figure that a comparison asked for.

    A statement has one figure, `alone`, whose role the engine has already looked at.
    """
    if figure is None or cell.value is None or cell.state in {CellState.BLANK, CellState.DASH}:
        return False
    if alone:
        return True
    if figure.direction is not None:
        return False
    if figure.columns is None and not cell.principal and figure.kind not in COUNTED:
        return False
    if figure.columns is not None and column_name(cell.column) not in figure.columns:
        return False
    if not figure.named and cell.role not in {Role.LEVEL, Role.SHARE}:
        return False
    base = _base(cell, figure)
    return base is not None and figure.admits(base)


def _base(cell: HitCell, figure: Figure) -> Decimal | None:
    if figure.kind == "money":
        return cell.yuan
    if cell.unit is None or cell.value is None or cell.yuan is not None:
        return None
    kind, factor = unit_kind(cell.unit)
    if kind != figure.kind or (figure.unit and counting_unit(cell.unit) != figure.unit):
        return None
    return cell.value * factor


def _spans(
    field: Literal["label", "quote", "excerpt"], text: str, words: Sequence[str]
) -> Iterator[Highlight]:
    """Yield the spans of `text` where a word stands, longest words first, none overlapping.

    A line break within a word does not hide it.
    """
    patterns = [
        r"\s*".join(map(re.escape, word))
        for word in sorted({normalise(w).strip() for w in words}, key=len, reverse=True)
        if word
    ]
    if patterns:
        for match in re.finditer("|".join(patterns), normalise(text), re.IGNORECASE):
            yield Highlight(field=field, start=match.start(), end=match.end())
