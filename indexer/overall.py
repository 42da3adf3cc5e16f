"""Reads 部门整体支出绩效目标表: counts of the department and its budget by source and use."""

import re
from collections.abc import Iterator, Sequence

from indexer.headers import cell_texts
from indexer.labels import own_unit, split_label, tidy
from indexer.layout import Fragment, Line, Places
from search.amounts import COUNT, YUAN, find_quantities, parse_cell
from search.model import Cell, CellState, Path, Row
from search.text import without_space

_END = re.compile(r"年度重点任务|年度绩效目标|年度绩效指标")
_AMOUNT = re.compile(r"资金总额|金额|预算(?:资金|金额)")


def overall_rows(lines: Sequence[Line], document: str, places: Places) -> tuple[Row, ...]:
    """Return a row for each label with a figure beside it; 年度预算情况 under its heads."""
    return tuple(_rows(lines, document, places))


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
    text = _text(fragment)
    if parse_cell(text) is not None:
        return True
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
    text = _text(figure)
    parsed = parse_cell(text)
    if parsed is not None:
        value, unit = parsed[0], parsed[1] or own_unit(column)
    else:
        quantity = next(find_quantities(text))
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
