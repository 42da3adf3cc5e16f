"""Syntax tree → query text: `parse(text(tree)).tree == tree` for every tree that parse gives."""

from search.errors import QueryError
from search.query.lexer import COLUMN
from search.query.parser import parse
from search.query.tree import (
    And,
    Comparison,
    Node,
    Not,
    Number,
    Or,
    Phrase,
    Prefixed,
    Word,
    Years,
)


def text(node: Node) -> str:
    """Return query text that reads as `node`, plain where plain text does."""
    plain = _spell(node, " ")
    # AND keeps neighbours apart that would read as one: `> 10` and `人`.
    return plain if _reads_as(plain, node) else _spell(node, " AND ")


def _spell(node: Node, space: str) -> str:
    match node:
        case Phrase(text=found):
            spelt = _quote(found)
        case Prefixed(prefix=prefix, value=value):
            bare = f"{prefix}:{value}"
            spelt = bare if _reads_as(bare, node) else f"{prefix}:{_quote(value)}"
        case Years(first=first, last=last):
            spelt = str(first) if first == last else f"{first}-{last}"
        case Comparison():
            spelt = _spell_comparison(node)
        case Not(part=part):
            spelt = _spell_not(part, space)
        case And(parts=parts):
            spelt = space.join(
                f"({_spell(part, space)})" if isinstance(part, Or) else _spell(part, space)
                for part in parts
            )
        case Or(parts=parts):
            spelt = " OR ".join(_spell(part, space) for part in parts)
        case Word(text=found) | Number(text=found):
            spelt = found
        case _:
            raise TypeError(node)
    return spelt


def _spell_comparison(node: Comparison) -> str:
    value = f"{node.op} {node.low:f}{node.unit}"
    if node.high is not None:
        value = f"{node.low:f}-{node.high:f}{node.unit}"
    change = "" if node.direction is None else f"{node.direction} "
    if node.column is None:
        return f"{change}{value}"
    plain = f"{COLUMN[0]}:{node.column} {change}{value}"
    return plain if _reads_as(plain, node) else f"{COLUMN[0]}:{_quote(node.column)} {change}{value}"


def _spell_not(part: Node, space: str) -> str:
    spelt = _spell(part, space)
    if isinstance(part, Comparison) and part.column is None and part.direction is None:
        return f"NOT {spelt}"
    return f"-({spelt})" if isinstance(part, And | Or | Comparison) else f"-{spelt}"


def _quote(found: str) -> str:
    for opening, closing, others in (('"', '"', "“”″"), ("「", "」", ""), ("『", "』", "")):
        if not any(mark in found for mark in closing + others):
            return f"{opening}{found}{closing}"
    raise ValueError(found)


def _reads_as(spelt: str, node: Node) -> bool:
    try:
        return parse(spelt).tree == node
    except QueryError:
        return False
