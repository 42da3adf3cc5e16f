"""The pieces of a query in plain Chinese, as their chips show them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from search.engines.base import Figure, Sort
from search.model import QuantityKind
from search.query.tree import Comparison

_NAMES: Final[dict[QuantityKind, str]] = {
    "money": "金额", "count": "数量", "area": "面积", "share": "比率", "rate": "标准",
}  # fmt: skip
_OPS: Final = {">": ">", ">=": "≥", "<": "<", "<=": "≤", "=": "="}
_SORTS: Final[dict[Sort, str]] = {
    "amount": "按金额从高到低", "amount_ascending": "按金额从低到高",
    "year": "按年度", "relevance": "按相关程度",
}  # fmt: skip


def years(first: int, last: int) -> str:
    """Return the label of a range of years: 年度 2023–2024."""
    return f"年度 {first}" if first == last else f"年度 {first}–{last}"


def names(field: str, asked: str, found: Sequence[str]) -> str:
    """Return the label of a field that must be one of the names found: 部门 泽州县…局."""
    if len(found) == 1:
        return f"{field} {found[0]}"
    return f"{field} 含“{asked}”（{len(found)} 个）"


def code(prefix: str) -> str:
    """Return the label of an account code: 科目 20805 及其下级."""
    return f"科目 {prefix} 及其下级"


def word(text: str, synonyms: Sequence[str] = ()) -> str:
    """Return the label of a word, with the synonyms that are looked for as well."""
    return f"{text}（也找 {'、'.join(synonyms)}）" if synonyms else text


def place(text: str, departments: Sequence[str]) -> str:
    """Return the label of a place named in short: its name, or any of its departments."""
    return f"{text}（或部门 {names('', text, departments).strip()}）"


def phrase(text: str) -> str:
    """Return the label of an exact phrase."""
    return f"“{text}”"


def sort(order: Sort) -> str:
    """Return the label of an order."""
    return _SORTS[order]


def column(name: str) -> str:
    """Return the label of a column that must hold an amount."""
    return f"列 {name}"


def comparison(node: Comparison, unit: str, figure: Figure) -> str:
    """Return the label of a comparison: 金额 > 10 万元（100,000 元）; `unit` may be assumed."""
    name = f"列 {node.column} 的{_NAMES[figure.kind]}" if node.column else _NAMES[figure.kind]
    name += node.direction or ""
    if node.high is not None:
        stated = f"{plain(node.low)}–{plain(node.high)} {unit}"
    else:
        stated = f"{_OPS[node.op]} {plain(node.low)} {unit}"
    return f"{name} {stated}{_in_yuan(node, unit, figure)}"


def plain(number: Decimal) -> str:
    """Return a number with thousands separators and the decimals it was written with."""
    return f"{number:,f}"


def _in_yuan(node: Comparison, unit: str, figure: Figure) -> str:
    low, high = figure.low, figure.high
    if figure.kind != "money" or (node.high is None and not node.low):
        return ""
    if node.op == "=" and low is not None and high is not None and low != high:
        return f"（{_yuan(low)} 元起，不到 {_yuan(high)} 元）"
    if unit == "元":
        return ""
    if low is not None and high is not None and low != high:
        return f"（{_yuan(low)}–{_yuan(high)} 元）"
    bound = high if low is None else low
    return "" if bound is None else f"（{_yuan(bound)} 元）"


def _yuan(value: Decimal) -> str:
    whole = value.to_integral_value()
    return plain(whole if whole == value else value)
