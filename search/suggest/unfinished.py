"""The piece of a query that is still being typed: where it begins and what it may become."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from search.errors import QueryError
from search.fields import BY_NAME, PREFIXES
from search.query.lexer import Token, tokens
from search.query.tree import Number, Phrase, Prefixed, Word, Years
from search.query.wording import alternatives
from search.results import TermKind
from search.text import normalise

KINDS: Final[tuple[TermKind, ...]] = ("label", "project", "account", "department", "table")
LEAST_DIGITS: Final = 2
"""Digits from which an account code is guessed at."""

_FIELDS: Final[dict[str, TermKind]] = {
    "department": "department", "table": "table", "code": "account",
}  # fmt: skip
_SUGGESTED: Final = [prefix for name in _FIELDS for prefix in BY_NAME[name].prefixes]
_EMPTY = re.compile(rf"(?<![^\s(|&-])(?P<prefix>{alternatives(_SUGGESTED)})\s*:\s*$", re.IGNORECASE)
_OPENING: Final = '"“″「『'


@dataclass(frozen=True, slots=True)
class Typed:
    """The unfinished piece: `value` from `start` on, after `prefix:` or an open quote."""

    start: int
    value: str
    kinds: tuple[TermKind, ...] = KINDS
    prefix: str | None = None
    quoted: bool = False


def unfinished(head: str) -> Typed | None:
    """Return the piece that the typed text `head` ends in, None where nothing completes it."""
    text = normalise(head)
    empty = _EMPTY.search(text)
    if empty is not None:
        prefix = empty["prefix"]
        return Typed(empty.start(), "", (_FIELDS[PREFIXES[prefix.lower()].name],), prefix)
    try:
        found = tokens(text)[0] or tokens(text, keep_asking=True)[0]
    except QueryError:
        return None
    if not found or found[-1].end != len(text):
        return None
    token = found[-1]
    typed = text[token.start :]
    match token.node:
        case Word(text=value):
            if value.isdecimal():
                return _code(token.start, value)
            quoted = _quoted(text, found)
            return Typed(token.start - quoted, value, quoted=quoted)
        case Number() | Years() if typed.isdecimal():
            return _code(token.start, typed)
        case Prefixed(prefix=prefix, value=value) if PREFIXES[prefix].name in _FIELDS:
            if text[-1] not in value:
                return None  # a closing quote or bracket: the piece is finished
            return Typed(token.start, value, (_FIELDS[PREFIXES[prefix].name],), prefix)
    return None


def _code(start: int, digits: str) -> Typed | None:
    return Typed(start, digits, ("account",)) if len(digits) >= LEAST_DIGITS else None


def _quoted(text: str, found: Sequence[Token]) -> bool:
    """Return whether the last token stands right after a quotation mark that opens."""
    start = found[-1].start
    if start == 0 or text[start - 1] not in _OPENING:
        return False
    before = found[-2] if len(found) > 1 else None
    return before is None or before.end < start or not isinstance(before.node, Phrase)
