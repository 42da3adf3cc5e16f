"""What else a word of a query may name: departments that it is a part of, or a column."""

from collections.abc import Iterator, Sequence
from typing import Final

from search.errors import QueryError
from search.fields import BY_NAME
from search.query.names import IndexNames
from search.query.parser import parse
from search.query.printing import text as spelt
from search.query.refinement import without
from search.query.tree import Prefixed
from search.results import Piece, Reading

LONGEST: Final = 300
"""Characters of a query whose readings are made; every reading repeats most of it."""
_DEPARTMENT: Final = BY_NAME["department"].prefixes[0]


def readings(
    text: str, pieces: Sequence[Piece], names: IndexNames, *, parts: bool = False
) -> Iterator[Reading]:
    """Yield the queries in which one of the words of the query `text` names something.

    With `parts` a word may be a part of a column's name: 资金总额 of 年度资金总额.
    """
    if len(text) > LONGEST:
        return
    asked = any(piece.kind == "department" for piece in pieces)
    measured = any(piece.kind == "quantity" for piece in pieces)
    for piece in pieces:
        word = piece.value or ""
        if piece.kind != "text" or piece.negated or piece.phrase:
            continue
        if not asked and names.finder.find_part(word) is not None:
            named = spelt(Prefixed(_DEPARTMENT, word))
            query = text[: piece.start] + named + text[piece.end :]
            yield Reading(kind="department", word=word, query=query)
        columns = names.columns_named(word) if parts else names.columns_called(word)
        if columns and not measured and _readable(query := _in_column(text, piece, pieces)):
            yield Reading(kind="column", word=word, query=query)


def _in_column(text: str, word: Piece, pieces: Sequence[Piece]) -> str:
    """Return the query whose comparison, or any figure, stands in the column that a word names."""
    column = f"[{word.value}]"
    compared = [of for of in pieces if of.kind == "amount" and not of.negated]
    if len(compared) != 1 or compared[0].column or compared[0].direction:
        return text[: word.start] + column + text[word.end :]
    at = compared[0].start
    if word.start < at:
        return without(f"{text[:at]}{column} {text[at:]}", word.start, word.end)
    rest = without(text, word.start, word.end)
    return f"{rest[:at]}{column} {rest[at:]}"


def _readable(query: str) -> bool:
    try:
        parse(query)
    except QueryError:
        return False
    return True
