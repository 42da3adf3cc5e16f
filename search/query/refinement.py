"""The query with one piece taken out or one filter put in, as query text again."""

import re
from typing import Final

from search.errors import QueryError
from search.query.parser import parse
from search.query.printing import text as spelt
from search.query.tree import And, Node, Prefixed
from search.query.wording import AND, NOT, OR, alternatives
from search.results import PieceKind, Understood
from search.text import normalise

_OPENING: Final = ("", "(", "（")
_CLOSING: Final = ("", ")", "）")
"""Brackets, and the ends of the query."""

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
        added = spelt(Prefixed(prefix, value))
        wanted = _both(parse(text).tree, Prefixed(prefix, normalise(value)))
        for candidate in (f"{text} {added}".strip(), f"({text}) {added}"):
            if parse(candidate).tree == wanted:
                return candidate
        return spelt(wanted)
    except (QueryError, ValueError):
        return None


def _both(tree: Node | None, added: Node) -> Node:
    if tree is None:
        return added
    if isinstance(tree, And):
        return And((*tree.parts, added))
    return And((tree, added))
