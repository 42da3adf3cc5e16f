"""The query with one piece taken out or one filter put in, as query text again."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from search.errors import QueryError
from search.query.parser import parse
from search.query.printing import text as spelt
from search.query.tree import And, Comparison, Node, Prefixed
from search.query.wording import AND, NOT, OR, alternatives
from search.results import PieceKind, Understood
from search.text import normalise

_OPENING: Final = ("", "(", "（")
_CLOSING: Final = ("", ")", "）")
"""Brackets, and the ends of the query."""

_ANY: Final = "某"
"""Stands for a value that is put in later."""

_ENDS_JOINED = re.compile(
    rf"(?:(?:^|(?<=[\s(（)）]))(?:{alternatives((*OR, *AND, *NOT))}|-)|[|&]+)\s*$", re.IGNORECASE
)
_STARTS_JOINED = re.compile(rf"^\s*(?:{alternatives(OR + AND)}|[|&]+)(?![^\W_])", re.IGNORECASE)


def without(text: str, start: int, end: int) -> str:
    """Return query text with a span cut out, and the joining word that this leaves alone."""
    left, right = text[:start].rstrip(), text[end:].lstrip()
    if right[:1] in _CLOSING or _STARTS_JOINED.match(right):
        left = _ENDS_JOINED.sub("", left).rstrip()
    if left[-1:] in _OPENING:
        right = _STARTS_JOINED.sub("", right).lstrip()
    space = "" if left[-1:] in _OPENING or right[:1] in _CLOSING else " "
    rest = f"{left}{space}{right}"
    return rest if any(map(str.isalnum, rest)) else ""


def refined(query: Understood, kind: PieceKind, prefix: str, value: str) -> str | None:
    """Return query text that asks for `prefix:value` as well, in place of others of its kind.

    An empty value only takes out the others. None where no query text can say so.
    """
    text = query.text
    for piece in sorted(query.pieces, key=lambda piece: -piece.start):
        if piece.kind == kind and not piece.negated:
            text = without(text, piece.start, piece.end)
    if not value:
        return text
    try:
        return _joined(text, spelt(Prefixed(prefix, value)), Prefixed(prefix, normalise(value)))
    except (QueryError, ValueError):
        return None


def refinements(
    query: Understood, kind: PieceKind, prefix: str, values: Sequence[str]
) -> tuple[str | None, ...]:
    """Return what `refined` does for each of many values, at the cost of one.

    What is added stands at the end behind its prefix, so that its value changes no other piece.
    """
    like = refined(query, kind, prefix, _ANY)
    end = f"{prefix}:{_ANY}"
    if like is None or not like.endswith(end):
        return tuple(refined(query, kind, prefix, value) for value in values)
    before = like.removesuffix(end)
    added = (_added(prefix, value) for value in values)
    return tuple(None if text is None else before + text for text in added)


@lru_cache(maxsize=10_000)
def _added(prefix: str, value: str) -> str | None:
    try:
        return spelt(Prefixed(prefix, value))
    except ValueError:
        return None


def compared(query: Understood, comparisons: Sequence[Comparison]) -> str | None:
    """Return query text with these comparisons of money in place of those that it has.

    They keep the column and the direction of the first. None where no query text can say so.
    """
    text = query.text
    replaced = [piece for piece in query.pieces if piece.kind == "amount" and not piece.negated]
    for piece in reversed(replaced):
        text = without(text, piece.start, piece.end)
    added = tuple(comparisons)
    for like in replaced[:1]:
        added = tuple(
            replace(one, column=like.column, direction=like.direction) for one in comparisons
        )
    if not added:
        return text
    wanted: Node = added[0] if len(added) == 1 else And(added)
    try:
        return _joined(text, spelt(wanted), wanted)
    except (QueryError, ValueError):
        return None


def _joined(text: str, added: str, node: Node) -> str:
    """Return query text that asks for `node` as well, which `added` spells."""
    wanted = _both(parse(text).tree, node)
    for candidate in (f"{text} {added}".strip(), f"({text}) {added}"):
        if parse(candidate).tree == wanted:
            return candidate
    return spelt(wanted)


def _both(tree: Node | None, added: Node) -> Node:
    if tree is None:
        return added
    return And((*_parts(tree), *_parts(added)))


def _parts(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, And) else (node,)
