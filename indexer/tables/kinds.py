"""Names the canonical kind of a table from its title."""

import re
from functools import cache
from importlib.resources import files
from typing import Final

from search.text import normalise

OTHER: Final = "其他"
FORMS: Final = frozenset({"项目支出绩效表", "整体绩效表"})
"""Kinds whose cells are fields of a form, not rows of figures."""

_QUOTES = re.compile(r"[“”\"'‘’「」\s]")
_YEAR = re.compile(r"20\d\d年?度?")


def table_kind(title: str) -> str:
    """Return the canonical kind of a table by its title, 其他 where none fits."""
    text = _YEAR.sub("", _QUOTES.sub("", normalise(title)))
    return next((kind for kind, pattern in _kinds() if pattern.search(text)), OTHER)


def known_kinds() -> tuple[str, ...]:
    """Return every canonical kind, in the order of the data file, 其他 last."""
    return (*(kind for kind, _ in _kinds()), OTHER)


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = files("indexer.tables").joinpath("data/table_kinds.txt").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((kind, re.compile(pattern)) for kind, pattern in lines)
