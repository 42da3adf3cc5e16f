"""Equations and contradictions in words."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from indexer.checks.diagnosis import Group
from indexer.checks.equation import Equation
from indexer.checks.figures import MONEY, Figure
from indexer.checks.within import Choices
from search.equation import told

PLACES: Final = 3
"""So many places of one mistake are named."""
_WAN: Final = Decimal(10_000)


def printed(equation: Equation, *, met: bool) -> str:
    """Return an equation in the figures as printed."""
    return told(equation.shape, [(way, figure.text) for way, figure in equation.terms], met=met)


def message(group: Group, failed: Sequence[Choices], witnesses: Sequence[Figure]) -> str:
    """Return what a reader is told of a contradiction: where, what, and what it likely is."""
    many = f"（共 {len(failed)} 个关系）" if len(failed) > 1 else ""
    return _told(group, failed[0][0], witnesses) + many


def _told(group: Group, equation: Equation, witnesses: Sequence[Figure]) -> str:
    first = group.suspects[0] if group.suspects else equation.stated
    named = list(dict.fromkeys(map(place, group.suspects)))
    more = f"等 {len(named)} 处" if len(named) > PLACES else ""
    places = "、".join(named[:PLACES]) + more
    match group.cause:
        case "digit" if group.other:
            second = group.other[0].suspects[0]
            said = f"{places}印作 {first.text}，{place(second)}印作 {second.text}"
            return f"{said}，只差一个数字"
        case "digit":
            said = f"{places}印作 {first.text}，按其他数字应为 {group.printed}，只差一个数字"
            return said + _elsewhere(witnesses, group.printed)
        case "shift":
            said = f"{places}（{first.text}）像是错了一列"
            return f"{said}，按其他数字应在“{group.printed}”" + _elsewhere(witnesses, first.text)
        case "unit":
            said = f"{places}印作 {first.text}，与其他数字相比{group.printed}"
            return f"{said}，像是单位或小数点有误"
        case "missing":
            name = first.sheet.name if first.sheet else ""
            return f"{name}像是缺“{group.row}”一行（别处印作 {group.printed}）"
        case "empty":
            against = "、".join(f"{place(figure)} {figure.text}" for figure in witnesses[:2])
            return f"{first.what[0]}注明“本表无数据”，但{against}"
        case _:
            said = f"{equation.relation.name}不符：{place(equation.stated)}"
            return f"{said}，{printed(equation, met=False)}{_gap(equation)}"


def _elsewhere(witnesses: Sequence[Figure], text: str) -> str:
    """Return where else a text is printed that speaks against the suspects."""
    same = list(dict.fromkeys(place(w) for w in witnesses if bare(w.text) == bare(text)))
    more = f"等 {len(same)} 处" if len(same) > 1 else ""
    return f"；{same[0]}{more}印作 {text}" if same else ""


def bare(text: str) -> str:
    """Return a printed number without unit, signs and closing zeros."""
    return "".join(char for char in text if char.isdigit() or char == ".").rstrip("0").rstrip(".")


def place(figure: Figure) -> str:
    """Return where a figure stands, in words."""
    table, *names = (part for part in figure.what if part)
    return f"{table}“{' › '.join(names)}”" if names else table


def _gap(equation: Equation) -> str:
    difference = equation.difference()
    if equation.shape != "sum" or difference is None or equation.stated.unit not in {MONEY, ""}:
        return ""
    return f"，相差 {(abs(difference) / _WAN).normalize():f} 万元"
