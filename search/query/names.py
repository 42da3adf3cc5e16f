"""The names an index knows, and how what people type finds them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Final

from search import vocabulary
from search.analysis import clean
from search.query.departments import Departments, within
from search.vocabulary import ANOTHER

NEAREST: Final = 3
"""Columns that are named where none is called as asked."""
LIKENESS: Final = 0.4
"""How much of two heads must be the same for one to be near the other (difflib's ratio)."""
_YEAR: Final = re.compile(r"20\d\d")
_PARTS: Final = re.compile(r"[\s/]+")


def names_other(column: str) -> bool:
    """Return whether a column as asked for names another year or a change (上年预算数, 增减额)."""
    return _YEAR.search(column) is not None or any(map(_is_other, _PARTS.split(column)))


def _is_other(head: str) -> bool:
    when = vocabulary.period(head)
    return vocabulary.change(head) is not None or (when is not None and when.when in ANOTHER)


@dataclass(frozen=True)
class IndexNames:
    """What one commit of an index calls things.

    `departments` maps each department to the variants of its name, `columns` are column paths
    as `search.records.column_name` gives them.
    """

    departments: Mapping[str, tuple[str, ...]]
    codes: frozenset[str]
    tables: tuple[str, ...]
    columns: tuple[str, ...]

    @cached_property
    def finder(self) -> Departments:
        """The departments, made ready for finding."""
        return Departments(self.departments)

    def has_code(self, code: str) -> bool:
        """Return whether the index has this account code or one below it."""
        return code in self.codes or any(known.startswith(code) for known in self.codes)

    def tables_named(self, asked: str) -> tuple[str, ...]:
        """Return the table kinds that `asked` means: by name, short name, part or whole title."""
        text = clean(asked)
        short = vocabulary.kinds_called(text.removesuffix("表"))
        ways = (
            [kind for kind in self.tables if clean(kind) in {text, text + "表"}],
            [kind for kind in self.tables if kind in short],
            [kind for kind in self.tables if text in clean(kind)],
            # 三公经费支出预算表 is a title of the kind 三公经费表.
            sorted((kind for kind in self.tables if within(kind, text)), key=len)[-1:],
        )
        return tuple(next((kinds for kinds in ways if text and kinds), ()))

    @cached_property
    def _heads(self) -> Mapping[str, frozenset[str]]:
        """The columns that each head stands over."""
        columns: dict[str, set[str]] = {}
        for column in self.columns:
            for head in column.split(" / "):
                columns.setdefault(clean(head), set()).add(column)
        return {head: frozenset(below) for head, below in columns.items() if head}

    def columns_called(self, asked: str) -> frozenset[str]:
        """Return the columns of which one head is just `asked`."""
        return self._heads.get(clean(asked), frozenset())

    def heads_near(self, asked: str) -> list[str]:
        """Return a few heads of columns, those nearest to `asked`, else those of most columns."""
        near = get_close_matches(clean(asked), self._heads, NEAREST, LIKENESS)
        return near or sorted(self._heads, key=lambda head: -len(self._heads[head]))[:NEAREST]

    def columns_named(self, asked: str) -> frozenset[str]:
        """Return the columns whose path contains each of the words of `asked`."""
        parts = [clean(part) for part in asked.replace("/", " ").split()]
        return frozenset(
            column
            for column in self.columns
            if parts and all(part in clean(column) for part in parts)
        )
