"""Query text → syntax tree: recursive descent over the tokens, knowing nothing of an index."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from search.amounts import SHARE
from search.errors import QueryError
from search.query.lexer import COLUMN, Token, tokens
from search.query.tree import And, Comparison, Node, Not, Number, Or, Prefixed, Word, Years
from search.query.wording import (
    AMOUNT,
    DIRECTIONS,
    KIND_OF_CODE,
    KIND_OF_YEAR,
    SHARES,
    asks_meaning,
)
from search.results import QueryWarning
from search.text import normalise, without_surrogates

LONGEST: Final = 2000
"""Characters of a query; no one types more, and reading takes time."""
DEEPEST: Final = 50
"""Brackets within brackets."""
MOST: Final = 64
"""Words, names and figures of a query; each is looked up and has a link on the page."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as read: its `text` as typed, the tree (None where nothing is asked for).

    `meaning` tells that it asks what something means.
    """

    text: str
    tree: Node | None
    warnings: tuple[QueryWarning, ...] = ()
    meaning: bool = False


def parse(text: str) -> Parsed:
    """Return the syntax tree of a query with warnings of what was ignored or assumed.

    Raises QueryError for what cannot be read: a comparison sign without a number, brackets
    nested too deep, too many conditions, a text that is too long.
    """
    text = without_surrogates(text)
    if len(text) > LONGEST:
        raise QueryError(f"查询过长：最多 {LONGEST} 个字", LONGEST, len(text))
    typed = normalise(text)
    parser = _Parser(*tokens(typed))
    tree = parser.tree()
    if tree is None:
        # Nothing but words of a question: then they are what is looked for.
        parser = _Parser(*tokens(typed, keep_asking=True))
        tree = parser.tree()
    _limited(parser.tokens)
    if tree is None and typed.strip() and not parser.warnings:
        parser.warn("没有可检索的文字", 0, len(text))
    return Parsed(text, tree, tuple(parser.warnings), meaning=asks_meaning(typed))


def _limited(found: Sequence[Token]) -> None:
    """Raise QueryError where there are too many conditions."""
    nodes = [token for token in found if token.kind == "node"]
    if len(nodes) > MOST:
        raise QueryError(f"查询的条件过多：最多 {MOST} 个", nodes[MOST].start, nodes[-1].end)


class _Parser:
    def __init__(self, found: Sequence[Token], warnings: Sequence[QueryWarning]) -> None:
        self.tokens = found
        self.at = 0
        self.warnings = list(warnings)

    def tree(self) -> Node | None:
        return self._either(0)

    def warn(self, message: str, start: int, end: int) -> None:
        self.warnings.append(QueryWarning(message=message, start=start, end=end))

    def _either(self, depth: int) -> Node | None:
        """Read parts joined by OR, to the end of the group."""
        parts: list[Node] = []
        joiner: Token | None = None
        while True:
            part = self._all(depth)
            if part is not None:
                parts += part.parts if isinstance(part, Or) else (part,)
            elif joiner is not None:
                self._dangling(joiner)
            if self._kind() != "or":
                break
            if part is None and joiner is None:
                self._dangling(self.tokens[self.at])
            joiner = self.tokens[self.at]
            self.at += 1
        return _group(Or, parts)

    def _all(self, depth: int) -> Node | None:
        """Read parts that must all hold, up to OR or the end of the group."""
        parts: list[Node] = []
        while (kind := self._kind()) not in {"", "or"}:
            if kind == ")":
                if depth:
                    break
                token = self.tokens[self.at]
                self.warn("括号没有配对，已忽略", token.start, token.end)
                self.at += 1
            elif kind == "and":
                self.at += 1
            else:
                part = self._unary(depth)
                if part is not None:
                    parts += part.parts if isinstance(part, And) else (part,)
        return _group(And, _attach(parts))

    def _unary(self, depth: int) -> Node | None:
        first = self.tokens[self.at]
        negated = False
        while self._kind() == "not":
            negated = not negated
            self.at += 1
        part = self._primary(depth) if self._kind() in {"(", "node"} else None
        if part is None or not (negated or first.kind == "not"):
            if part is None and first.kind == "not":
                self._dangling(first)
            return part
        inner = part.part if isinstance(part, Not) else None
        if not negated:
            return part
        return inner or Not(part, start=first.start, end=part.end)

    def _primary(self, depth: int) -> Node | None:
        token = self.tokens[self.at]
        self.at += 1
        if token.kind == "node":
            return token.node
        if depth == DEEPEST:
            raise QueryError(f"括号最多嵌套 {DEEPEST} 层", token.start, token.end)
        part = self._either(depth + 1)
        if self._kind() == ")":
            self.at += 1
        else:
            self.warn("括号没有配对，读到末尾为止", token.start, token.end)
        return part

    def _kind(self) -> str:
        return self.tokens[self.at].kind if self.at < len(self.tokens) else ""

    def _dangling(self, token: Token) -> None:
        missing = "后面没有要排除的内容" if token.kind == "not" else "少了一边"
        self.warn(f"这里{missing}，已忽略", token.start, token.end)


def _group(kind: type[And] | type[Or], parts: Sequence[Node]) -> Node | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return kind(
        tuple(parts),
        start=min(part.start for part in parts),
        end=max(part.end for part in parts),
    )


def _attach(parts: Sequence[Node]) -> list[Node]:
    """Give each comparison the column and the word of change that stand directly before it.

    The second of two bounds shares those of the first: [项目支出] > 5万 < 50万.
    """
    attached: list[Node] = []
    for part in parts:
        joined = _shared(attached[-1], part) if attached else part
        while attached and _names_kind(attached[-1], joined):
            joined = replace(joined, start=min(attached.pop().start, joined.start))
        while attached and isinstance(joined, Comparison):
            before = attached[-1]
            taken = _take(before, joined)
            if taken is None:
                break
            attached.pop()
            joined = replace(taken, start=min(before.start, joined.start))
        attached.append(joined)
    return attached


def _shared(first: Node, second: Node) -> Node:
    """Return a bound on what the bound before it is on, any other node as it is."""
    if not isinstance(first, Comparison) or not isinstance(second, Comparison):
        return second
    own = second.column or second.direction
    if own or {first.op[:1], second.op[:1]} != {"<", ">"}:
        return second
    return replace(second, column=first.column, direction=first.direction)


def _names_kind(before: Node, node: Node) -> bool:
    """Return whether a word only says what the code or year after it is: 科目 2080105."""
    named = KIND_OF_CODE if isinstance(node, Number) else KIND_OF_YEAR
    return isinstance(node, Number | Years) and isinstance(before, Word) and before.text in named


def _take(before: Node, comparison: Comparison) -> Comparison | None:
    match before:
        case Word(text=text) if text in DIRECTIONS and comparison.direction is None:
            return replace(comparison, direction=DIRECTIONS[text])
        case Word(text=text) if text in AMOUNT:
            return comparison
        case Word(text=text) if text in SHARES and comparison.unit in SHARE:
            return comparison
        case Prefixed(prefix=prefix, value=value) if prefix in COLUMN and comparison.column is None:
            return replace(comparison, column=value)
    return None
