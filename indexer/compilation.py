"""Tells the departments of a compilation 汇编, one file with the disclosures of several.

A name that is misread or cut short heads other tables than the whole one does; a department of
its own heads the same tables once more, and so does a unit 单位 of the department.
"""

import re
from collections.abc import Mapping, Sequence, Set
from difflib import SequenceMatcher
from itertools import combinations
from typing import Final

from indexer import lines as kinds
from indexer.block import Block
from indexer.layout import Line
from indexer.tables.kinds import FORMS, OTHER, table_kind
from search.analysis import clean

SAME: Final = 2
"""Two names that head so many tables of the same kinds are two departments."""
SAME_ALIKE: Final = 3
"""So many where the names are alike: a document may print two tables of one kind."""
ALIKE: Final = 0.75
"""From this likeness on, one name may be the other misread."""

_TITLED = re.compile(
    r"(?:第[一二三四五六七八九十]+部分)?(?!第)(?P<name>.{4,50}?)20\d\d年?度?(?:部门|单位)?(?:预算|决算)"
)


def head_name(block: Block) -> str:
    """Return the department that a table's heads name, empty where they name none."""
    for index, line in enumerate(block.heads):
        name = kinds.department_name(line)
        if name is not None and not kinds.unit(line):
            rest = rest_of_name(block.heads[index + 1 :])
            return clean(name + "".join(map(kinds.squeezed, rest)))
    return ""


def rest_of_name(heads: Sequence[Line]) -> list[Line]:
    """Return the lines below a department's name in a table's heads that go on with it."""
    rest: list[Line] = []
    for line in heads:
        if kinds.is_apparatus(line) or kinds.is_running_head(line):
            break
        rest.append(line)
    return rest


def table_departments(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return whose each table block is: as its heads say, else as the title last printed does."""
    titled = ""
    found: list[str] = []
    for block in blocks:
        for line in block.title if block.kind == "table" else block.lines:
            if kinds.names_document(line) and (match := _TITLED.match(kinds.squeezed(line))):
                titled = clean(match["name"])
        if block.kind == "table":
            found.append(head_name(block) or titled)
    return tuple(found)


def kinds_headed(blocks: Sequence[Block]) -> dict[str, set[str]]:
    """Return which kinds of tables each name heads."""
    headed: dict[str, set[str]] = {}
    tables = (block for block in blocks if block.kind == "table")
    for block, name in zip(tables, table_departments(blocks), strict=True):
        kind = table_kind("".join(map(kinds.squeezed, block.title)))
        if name and kind != OTHER and kind not in FORMS:
            headed.setdefault(name, set()).add(kind)
    return headed


def departments(headed: Mapping[str, Set[str]]) -> tuple[str, ...]:
    """Return the departments whose disclosures a file holds, empty unless they are several."""
    several = {
        name
        for pair in combinations(headed, 2)
        if not _is_unit(*pair)
        and len(headed[pair[0]] & headed[pair[1]]) >= (SAME_ALIKE if _alike(*pair) else SAME)
        for name in pair
    }
    return tuple(name for name in headed if name in several)


def units(headed: Mapping[str, Set[str]], department: str) -> tuple[str, ...]:
    """Return the units 单位 that print tables of their own beside those of their department.

    They are called as it is and more (本级, 机关, 所属…), and head the same tables once more.
    """
    whole = clean(department)
    own = headed.get(whole, frozenset())
    return tuple(
        name
        for name, found in headed.items()
        if name.startswith(whole) and name != whole and len(found & own) >= SAME
    )


def _is_unit(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= ALIKE
