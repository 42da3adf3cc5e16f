"""Completes the piece of a query that is being typed with names of the index."""

from collections.abc import Iterator
from typing import Final

from search.engines.base import Reader
from search.errors import QueryError
from search.fields import BY_NAME
from search.index import Index
from search.naming import names
from search.query.parser import parse
from search.query.printing import text as spelt
from search.query.tree import And, Node, Not, Number, Or, Phrase, Prefixed, Word
from search.results import Suggestion, Suggestions, TermKind
from search.service import understand
from search.suggest.terms import Term
from search.suggest.unfinished import Typed, unfinished
from search.suggest.vocabulary import Ranked, Vocabulary, vocabulary
from search.text import without_surrogates

MOST: Final = 8
"""Suggestions at once; more are not read."""
OF_A_KIND: Final = 4
"""Suggestions of one kind, unless there is room left."""
LONGEST: Final = 200
"""Characters of a query that is completed; a longer one was not typed."""

_PREFIXES: Final[dict[TermKind, str]] = {
    "department": BY_NAME["department"].prefixes[0],
    "table": BY_NAME["table"].prefixes[0],
    "account": BY_NAME["code"].prefixes[0],
}
_ENDS: Final = frozenset(" \u3000\t)）")
"""What may stand after the piece that is completed."""


def suggest(index: Index, text: str, *, at: int | None = None) -> Suggestions:
    """Return what the piece before the caret `at` (by default the end) of `text` may become.

    Each suggested query reads as `text` does with that piece replaced by the name.
    """
    text = without_surrogates(text)
    caret = len(text) if at is None else min(max(0, at), len(text))
    head, rest = text[:caret], text[caret:]
    typed = unfinished(head) if len(text) <= LONGEST and (not rest or rest[0] in _ENDS) else None
    if typed is None:
        return Suggestions(query=text, suggestions=())
    reader = index.reader
    known = vocabulary(reader, names(reader))
    found: dict[str, Suggestion] = {}
    for ranked in _mixed(_candidates(known, typed)):
        term = ranked.term
        plain = typed.prefix is None and not typed.quoted and _is_plain(known, reader, term)
        made = _completed(head, typed, _node(term, typed, plain=plain))
        if made is None or made[1] == head:
            continue
        label = f"{term.code} {term.text}" if term.code else term.text
        found.setdefault(made[1], Suggestion(
            kind=term.kind, label=label, text=made[0], query=made[1] + rest, count=ranked.count
        ))  # fmt: skip
        if len(found) == MOST:
            break
    return Suggestions(query=text, suggestions=tuple(found.values()))


def _candidates(known: Vocabulary, typed: Typed) -> list[Ranked]:
    return known.find(typed.value, typed.kinds, 2 * MOST)


def _mixed(found: list[Ranked]) -> Iterator[Ranked]:
    """Yield what was found, what exceeds its kind's share last."""
    taken: dict[TermKind, int] = {}
    left: list[Ranked] = []
    for one in found:
        taken[one.term.kind] = taken.get(one.term.kind, 0) + 1
        if taken[one.term.kind] > OF_A_KIND:
            left.append(one)
        else:
            yield one
    yield from left


def _node(term: Term, typed: Typed, *, plain: bool) -> Node:
    """Return what a query must hold to ask for a term."""
    if term.kind == "account":
        whole = len(term.code) in {3, 5, 7} and term.code.isdecimal() and typed.prefix is None
        return (
            Number(term.code)
            if whole
            else Prefixed(typed.prefix or _PREFIXES["account"], term.code)
        )
    if term.kind in _PREFIXES:
        return Prefixed((typed.prefix or _PREFIXES[term.kind]).lower(), term.text)
    return Word(term.text) if plain else Phrase(term.text)


def _is_plain(known: Vocabulary, reader: Reader, term: Term) -> bool:
    """Return whether a name typed as it is asks for nothing but its words.

    It is remembered: a name that may be a department's is compared with every department.
    """
    if term.kind not in {"label", "project"}:
        return False
    plain = known.plain.get(term)
    if plain is None:
        plain = known.plain[term] = _reads_as_words(reader, term.text)
    return plain


def _reads_as_words(reader: Reader, name: str) -> bool:
    try:
        pieces = understand(reader, name).pieces
        return parse(name).tree == Word(name) and [piece.kind for piece in pieces] == ["text"]
    except QueryError:
        return False


def _completed(head: str, typed: Typed, node: Node) -> tuple[str, str] | None:
    """Return the text of a node and the query it completes, None where none reads so."""
    try:
        piece = spelt(node)
        for space in ("", " "):
            query = f"{head[: typed.start]}{space}{piece}"
            tree = parse(query).tree
            if tree is not None and _last(tree) == node:
                return piece, query
    except (QueryError, ValueError):
        pass
    return None


def _last(node: Node) -> Node:
    match node:
        case And(parts=parts) | Or(parts=parts):
            return _last(parts[-1])
        case Not(part=part):
            return _last(part)
    return node
