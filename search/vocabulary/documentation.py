"""Writes docs/vocabulary.md from the entries: `python -m search.vocabulary --document`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from search.vocabulary.entries import FIELDS, Entry
from search.vocabulary.loading import shipped

PAGE: Final = Path(__file__).parents[2] / "docs" / "vocabulary.md"
_HEAD: Final = Path(__file__).parent / "vocabulary.md"
"""What stands above the entries."""
_TITLES: Final[Mapping[str, str]] = {
    "units": "Units 计量单位",
    "scales": "Scales before counting units",
    "declarations": "Words that declare a unit",
    "columns": "Columns 列名",
    "sums": "Sums 合计",
    "labels": "Labels 行名",
    "tables": "Kinds of tables 表的种类",
    "items": "Items 事项",
    "periods": "Periods 期间",
    "changes": "Changes 增减",
    "funds": "Funds 资金来源",
    "blanks": "Blanks 空白",
    "organisations": "Organisations 部门和单位",
}
_SHOWN: Final = frozenset({"name", "pattern", "reason", "samples", "not_", "before", "yields"})
"""What each entry has; the others are told as its properties."""


def page() -> str:
    """Return the page."""
    parts = [_HEAD.read_text(encoding="utf-8")]
    for field, kind in FIELDS.items():
        rows = "\n".join(_row(entry) for entry in shipped(kind, field))
        parts.append(
            f"## {_TITLES[field]}: `{field}`\n\n"
            f"| entry | says | samples | reason |\n| --- | --- | --- | --- |\n{rows}\n"
        )
    return "\n".join(parts)


def _row(entry: Entry) -> str:
    samples = "、".join((*entry.samples, *(f"not {text}" for text in entry.not_)))
    cells = (f"{entry.name}", ", ".join(_properties(entry)), samples, entry.reason)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _properties(entry: Entry) -> Iterator[str]:
    """Yield what an entry says beyond its name, in the words of its file."""
    for name, field in type(entry).model_fields.items():
        value = getattr(entry, name)
        if name not in _SHOWN and value != field.default:
            yield f"{name} {'、'.join(value) if isinstance(value, tuple) else value}"
    if entry.before:
        yield f"before {'、'.join(entry.before)}"
    if entry.yields:
        yield "yields"
