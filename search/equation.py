"""Equations between printed figures, in words as they are shown."""

from collections.abc import Sequence
from typing import Final

from search.model import Shape

SHOWN: Final = 8
"""So many parts of a sum are printed in an equation."""
NOTHING: Final = "（空）"
NO_DATA: Final = "本表无数据"
"""What a table without data prints, where it is a term."""

Printed = tuple[int, str]
"""A term: whether it is added (1) or taken away (-1), and its figure as printed, "" if blank."""


def told(shape: Shape, terms: Sequence[Printed], *, met: bool) -> str:
    """Return an equation in the figures as printed, the stated one first; see `Shape`."""
    stated = terms[0][1] or NOTHING
    sign = "=" if met else "≠"
    if shape == "sum":
        parts = [(" + " if way > 0 else " − ") + text for way, text in terms[1:] if text]
        more = f" + …（共 {len(parts)} 项）" if len(parts) > SHOWN else ""
        text = "".join(parts[:SHOWN]).removeprefix(" + ").lstrip() or NOTHING
        return f"{stated} {sign} {text}{more}"
    (way, first), *rest = [(way, text or NOTHING) for way, text in terms[1:]]
    if shape == "share":
        return f"{stated} {sign} {first} ÷ {rest[0][1]}"
    if shape == "growth":
        return f"{stated} {sign} {first} ÷ ({rest[0][1]} {'−' if way > 0 else '+'} {first})"
    return f"{stated} 与 {first} 的增减方向{'相同' if met else '相反'}"
