"""The query with one piece taken out or one filter put in, as query text again."""

import re
from typing import Final

from search.errors import QueryError
from search.query.parser import parse
from search.query.printing import text as spelt
from search.query.tree import And, Node, Prefixed
from search.query.wording import AND, NOT, OR, alternatives
from search.results import PieceKind, Understood

_JOINER: Final = rf"(?:{alternatives((*OR, *AND, *NOT))}|[|&]+|-)"
_ENDS_JOINED = re.compile(rf"(?:^|(?<=[\s(（)）])){_JOINER}\s*$", re.IGNORECASE)
_STARTS_JOINED = re.compile(rf"^\s*(?:{alternatives(OR + AND)}|[|&]+)(?![^\W_])", re.IGNORECASE)


def without(text: str, start: int, end: int) -> str:
    """Return query text with a span cut out, and the joining word that this leaves alone."""
    left, right = text[:start].rstrip(), text[end:].lstrip()
    if not right or right[0] in ")）" or _STARTS_JOINED.match(right):
        left = _ENDS_JOINED.sub("", left).rstrip()
    if not left or left[-1] in "(（":
        right = _STARTS_JOINED.sub("", right).lstrip()
    return f"{left} {right}".strip()


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
    added = Prefixed(prefix, value)
    try:
        tree = parse(text).tree
        wanted = _both(tree, added)
        for candidate in (f"{text} {spelt(added)}".strip(), f"({text}) {spelt(added)}"):
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
