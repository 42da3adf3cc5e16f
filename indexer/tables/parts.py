"""What each column of a table holds: told by its head, and where that says little by its cells."""

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from search import vocabulary
from search.model import Path
from search.vocabulary.values import MONEY

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_ACCOUNT_CODE: Final = re.compile(r"\d{3}(?:\d\d){0,2}")
_MEASURED: Final = re.compile(r"[\d,.]+(?P<unit>\D{1,4})")
_AMOUNT: Final = re.compile(r"[-−]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)")
"""What is printed as money is: with thousands or decimals parted."""
_MONTH: Final = re.compile(r"(?:19|20)\d\d\.(?:0[1-9]|1[0-2])")
"""A month is no amount: 2024.03."""


class Part(Enum):
    """What a column holds."""

    CODE = auto()
    LABEL = auto()
    ORDINAL = auto()
    REMARK = auto()
    WORDS = auto()
    UNIT = auto()
    VALUE = auto()
    EMPTY = auto()


_SAID: Final = {
    "code": Part.CODE,
    "label": Part.LABEL,
    "ordinal": Part.ORDINAL,
    "remark": Part.REMARK,
    "unit": Part.UNIT,
    "value": Part.VALUE,
}


def parts(columns: Sequence[Path], body: Sequence[Sequence[str]]) -> tuple[Part, ...]:
    """Return what each column holds by its head, and where that tells little by its cells.

    A column of words under a head that speaks of no money is a remark (资金来源), the first such
    one the label where none stands before the figures (支出内容).
    """
    found = list(map(_part, columns))
    aligned = all(len(row) == len(columns) for row in body)
    for column, (path, part) in enumerate(zip(columns, found, strict=True)):
        texts = [row[column] for row in body if column < len(row) and row[column]]
        words = [text for text in texts if re.search(r"\w", text)]
        if path and words and _may_be_units(path[-1]) and all(map(vocabulary.unit, words)):
            found[column] = Part.UNIT
        elif part is Part.LABEL and texts and all(map(_ACCOUNT_CODE.fullmatch, texts)):
            found[column] = Part.REMARK  # a code in place of the account's name
        elif _may_be_figures(path, part) and texts and all(map(_is_amount, texts)):
            found[column] = Part.VALUE
        elif not path and not texts:
            found[column] = Part.EMPTY
        elif not path and column == 0:
            found[column] = _headless(texts)
        elif not path and words and all(map(_HAN.search, words)):
            found[column] = Part.WORDS
        elif (
            part is Part.VALUE
            and path
            and (aligned or not _is_money(path[-1]))
            and texts
            and all(_is_text(path[-1], text) for text in texts)
        ):
            found[column] = Part.LABEL if _heads_a_side(column, columns, found) else Part.WORDS
    _name_rows(found, body)
    first = next((c for c, part in enumerate(found) if part is Part.VALUE), len(found))
    if Part.LABEL not in found[:first]:
        wordy = (c for c, part in enumerate(found[:first]) if part in {Part.WORDS, Part.REMARK})
        if (label := next(wordy, None)) is not None:
            found[label] = Part.LABEL
    _only_first_codes(found)
    codes = [column for column, part in enumerate(found) if part is Part.CODE]
    units = [column for column in codes if _is_unit_code(columns[column][-1])]
    if len(units) < len(codes):
        for column in units:
            found[column] = Part.REMARK
    return tuple(found)


def _name_rows(found: list[Part], body: Sequence[Sequence[str]]) -> None:
    """Make labels of the words in the first column where no column before the figures has any.

    A head such as 工程 or 服务 may be of money or name things: the cells tell.
    """
    first = next((c for c, part in enumerate(found) if part is Part.VALUE), None)
    if first is None or any(part is not Part.ORDINAL for part in found[:first]):
        return
    texts = [row[first] for row in body if first < len(row) and row[first]]
    aligned = all(len(row) == len(found) for row in body)
    if aligned and texts and all(map(_HAN.search, texts)):
        found[first] = Part.LABEL


def _headless(texts: Sequence[str]) -> Part:
    """Return what the first column holds where it has no head."""
    if all(map(_HAN.search, texts)):
        return Part.LABEL
    counted = [str(number) for number in range(1, len(texts) + 1)]
    return Part.ORDINAL if list(texts) == counted and len(texts) > 1 else Part.VALUE


def _heads_a_side(column: int, columns: Sequence[Path], found: Sequence[Part]) -> bool:
    """Return whether a column of words is the label of figures like those to its left."""
    left = {path[-1] for path, part in zip(columns[:column], found, strict=False)
            if part is Part.VALUE and path}  # fmt: skip
    after = next((path[-1] for path in columns[column + 1 :] if path), "")
    return after in left


def _only_first_codes(found: list[Part]) -> None:
    """Make remarks of codes behind the label of others: 政府 beside 部门预算支出经济分类."""
    coded = labelled = False
    for column, part in enumerate(found):
        if part is Part.VALUE:
            coded = labelled = False
        elif part is Part.CODE and coded and labelled:
            found[column] = Part.REMARK
        coded |= part is Part.CODE
        labelled |= coded and part is Part.LABEL


def is_measured(text: str) -> bool:
    """Return whether a cell prints a figure with its unit, whatever it counts: 10台."""
    match = _MEASURED.fullmatch(text)
    return match is not None and vocabulary.unit(match["unit"]) is not None


def _is_text(head: str, text: str) -> bool:
    if is_measured(text):
        return False
    return re.search(r"[\u3400-\u9fffA-Za-z]", text) is not None or (
        "科目" in head and _ACCOUNT_CODE.fullmatch(text) is not None
    )


def _part(path: Path) -> Part:
    said = vocabulary.head(path[-1]) if path else None
    if said is None or (said.part == "unit"):
        return Part.VALUE
    return _SAID[said.part]


def _may_be_figures(path: Path, part: Part) -> bool:
    """Return whether a head that is usually one of words may stand over figures: 收入, 标准."""
    said = vocabulary.head(path[-1]) if path else None
    sort = said is not None and said.naming == "sort"
    return part is Part.LABEL or (part is Part.REMARK and sort)


def _is_amount(text: str) -> bool:
    return _AMOUNT.fullmatch(text) is not None and _MONTH.fullmatch(text) is None


def _may_be_units(head: str) -> bool:
    """Return whether a column under this head may print units: 计量单位, 单位."""
    said = vocabulary.head(head)
    return vocabulary.organisation(head) is not None or (said is not None and said.part == "unit")


def _is_money(head: str) -> bool:
    """Return whether words are out of place under a head."""
    said = vocabulary.head(head)
    return said is not None and (
        said.quantity in MONEY or said.quantity == "share" or said.sum is not None
    )


def _is_unit_code(head: str) -> bool:
    said = vocabulary.organisation(head)
    return said is not None and said.code
