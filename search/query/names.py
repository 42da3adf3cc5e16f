"""The names an index knows, and how what people type finds them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from search.analysis import clean
from search.query.departments import Departments, within
from search.query.wordlists import pairs

_OTHER: Final = re.compile(r"上年|上一年|去年|前年|20\d\d|增减|增长|增幅|变动|变化|同比|比较")


def names_other(column: str) -> bool:
    """Return whether a column as asked for names another year or a change (上年预算数, 增减额)."""
    return _OTHER.search(clean(column)) is not None


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
        short = pairs("tables.txt").get(text.removesuffix("表"), ())
        ways = (
            [kind for kind in self.tables if clean(kind) in {text, text + "表"}],
            [kind for kind in self.tables if kind in short],
            [kind for kind in self.tables if text in clean(kind)],
            # 三公经费支出预算表 is a title of the kind 三公经费表.
            sorted((kind for kind in self.tables if within(kind, text)), key=len)[-1:],
        )
        return tuple(next((kinds for kinds in ways if text and kinds), ()))

    def columns_called(self, asked: str) -> frozenset[str]:
        """Return the columns of which one head is just `asked`."""
        text = clean(asked)
        return frozenset(
            column for column in self.columns if text in map(clean, column.split(" / "))
        )

    def columns_named(self, asked: str) -> frozenset[str]:
        """Return the columns whose path contains each of the words of `asked`."""
        parts = [clean(part) for part in asked.replace("/", " ").split()]
        return frozenset(
            column
            for column in self.columns
            if parts and all(part in clean(column) for part in parts)
        )
