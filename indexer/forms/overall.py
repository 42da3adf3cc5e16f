"""Reads 部门整体支出绩效目标表: counts, the budget by source and use, tasks, goals, indicators."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from indexer.forms.indicators import read_indicators
from indexer.layout import Fragment, Line, Places
from indexer.tables.headers import cell_texts
from indexer.tables.labels import own_unit, split_label, tidy
from search.amounts import COUNT, YUAN, find_quantities, read_cell
from search.model import Cell, CellState, Indicator, Path, Row
from search.text import normalise, without_space

TASKS: Final = "年度重点任务"
INDICATORS: Final = "年度绩效指标"
VALUE: Final = "指标值"
_IN_WORDS = re.compile(r"部门职责|(?:部门)?(?:中长期|战略)目标|年度(?:总体|绩效)目标")
"""Labels of what is told in words in the cell beside."""
_END = re.compile(r"年度重点任务|年度绩效目标|年度绩效指标")
_AMOUNT = re.compile(r"资金总额|金额|预算(?:资金|金额)")


def overall_rows(lines: Sequence[Line], document: str, places: Places) -> tuple[Row, ...]:
    """Return a row for each label with a figure beside it; 年度预算情况 under its heads.

    What is told in words (duties, tasks, goals, indicators) makes rows without a figure.
    """
    found = (*_rows(lines, document, places), *_told(lines, document, places))
    return tuple(sorted(found, key=lambda row: row.locator.char_start))


def _told(lines: Sequence[Line], document: str, places: Places) -> Iterator[Row]:
    """Yield a row for each duty, goal and task, and one for each indicator."""
    tasks: tuple[str, ...] | None = None
    for line in lines:
        printed = [fragment for fragment in line.fragments if fragment.text]
        heads = tuple(map(_text, printed))
        if heads[:1] == (TASKS,):
            tasks = heads
        elif len(printed) == 2 and _IN_WORDS.fullmatch(heads[0]):
            tasks = None
            yield _in_words(printed, (), heads[0], document, places)
        elif len(printed) == 2 and tasks is not None and not _END.match(heads[0]):
            yield _in_words(printed, (TASKS,), tasks[-1], document, places)
        elif printed:
            tasks = None
    for indicator in read_indicators(lines, places)[0]:
        yield _indicator(indicator, document, places)


def _in_words(
    printed: Sequence[Fragment], path: Path, column: str, document: str, places: Places
) -> Row:
    label, said = printed
    locator = places.locate(label.start, said.end)
    cell = Cell(
        column=(column,),
        text=tidy(said.text),
        state=CellState.VALUE,
        principal=True,
        locator=places.locate(said.start, said.end),
    )
    return Row(
        id=f"{document}-r{locator.char_start}",
        label=tidy(label.text),
        label_verbatim=label.text,
        path=path,
        cells=(cell,),
        quote=places.text[locator.char_start : locator.char_end],
        locator=locator,
    )


def _indicator(of: Indicator, document: str, places: Places) -> Row:
    return Row(
        id=f"{document}-r{of.locator.char_start}",
        label=of.name,
        label_verbatim=of.name,
        path=(INDICATORS, *of.level),
        cells=tuple(
            cell.model_copy(update={"column": (VALUE,), "principal": True})
            if len(of.cells) == 1
            else cell
            for cell in of.cells
        ),
        quote=places.text[of.locator.char_start : of.locator.char_end],
        locator=of.locator,
    )


def _rows(lines: Sequence[Line], document: str, places: Places) -> Iterator[Row]:
    part = ""
    heads: list[tuple[str, str]] = []
    listed = ""
    for line in lines:
        texts = cell_texts(line)
        printed = [fragment for fragment in line.fragments if fragment.text]
        if printed and _END.match(_text(printed[0])):
            return
        if texts and texts[0] and len([t for t in texts if t]) > 2:
            part, heads, listed = texts[0], [], ""
        amounts = [text for text in texts if _AMOUNT.match(text)]
        if amounts and not any(map(_is_figure, printed)):
            columns = [text for text in texts[1:] if text]
            listed = "" if all(map(_AMOUNT.match, columns[1::2])) else amounts[0]
            heads = [(a, b) for a, b in zip(columns[::2], columns[1::2], strict=False)]
            continue
        if listed:  # a task a line: its name, what it is, the amounts
            label = next((one for one in printed if not _is_figure(one)), None)
            figure = next((one for one in printed if _is_figure(one)), None)
            if label is not None and figure is not None:
                yield _row(label, figure, (part,), listed, document=document, places=places)
            continue
        pairs = [pair for pair in _pairs(printed) if pair[1] is not None]
        for side, (label, figure) in enumerate(pairs):
            if figure is not None:
                above, column = heads[side] if side < len(heads) else ("", "")
                path = tuple(filter(None, (part, above)))
                yield _row(label, figure, path, column, document=document, places=places)


def _pairs(printed: Sequence[Fragment]) -> Iterator[tuple[Fragment, Fragment | None]]:
    """Yield each label with the figure right behind it."""
    for index, fragment in enumerate(printed[:-1]):
        if not _is_figure(fragment):
            following = printed[index + 1]
            yield fragment, following if _is_figure(following) else None


def _text(fragment: Fragment) -> str:
    return without_space(fragment.text)


def _is_figure(fragment: Fragment) -> bool:
    if read_cell(fragment.text) is not None:
        return True
    text = normalise(fragment.text).strip()
    found = list(find_quantities(text))
    return len(found) == 1 and (found[0].start, found[0].end) == (0, len(text))


def _row(
    label: Fragment, figure: Fragment, path: Path, column: str, *, document: str, places: Places
) -> Row:
    name = split_label(label.text)[1]
    locator = places.locate(label.start, figure.end)
    return Row(
        id=f"{document}-r{locator.char_start}",
        label=name,
        label_verbatim=label.text,
        path=path,
        cells=(_cell(figure, column, places),),
        quote=places.text[locator.char_start : locator.char_end],
        locator=locator,
    )


def _cell(figure: Fragment, column: str, places: Places) -> Cell:
    parsed = read_cell(figure.text)
    if parsed is not None:
        value, unit = parsed[0], parsed[1] or own_unit(column)
    else:
        quantity = next(find_quantities(normalise(figure.text)))
        value, unit = quantity.value, quantity.unit
    known = unit if unit in YUAN or unit in COUNT else None
    return Cell(
        column=(column,) if column else (),
        text=tidy(figure.text),
        value=value,
        unit=known,
        yuan=value * YUAN[known] if known in YUAN else None,
        state=CellState.VALUE if value else CellState.ZERO,
        principal=True,
        locator=places.locate(figure.start, figure.end),
    )
