"""Reads transposed tables 转置表: the header names the items, the measures stand above or beside.

So the final-account 三公经费表 has 预算数 and 决算数 above the items; others print
a line of figures for each (2023年, 2024年), or the budget's alone.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from indexer.layout import Fragment, Line, Places
from indexer.tables.columns import column
from indexer.tables.columns import is_measure as is_measure_head
from indexer.tables.headers import Header, cell_texts
from indexer.tables.labels import is_sum, is_total, tidy
from indexer.tables.measures import column_roles, is_measure
from indexer.tables.parts import Part
from indexer.tables.rows import Draft, cell_of, fragment_at, is_dash
from search import vocabulary
from search.amounts import parse_cell
from search.model import Path, Role

MIN_ITEMS: Final = 3
"""A table of fewer figures a line does not name items above them."""


def is_transposed(header: Header, texts: Sequence[Sequence[str]]) -> bool:
    """Return whether the header names items and the body holds figures, labelled by measures."""
    if len(header.columns) < MIN_ITEMS or not all(header.columns) or not texts:
        return False
    if _beside(header, texts):
        return True
    figures = all(_is_figure(text) for row in texts for text in row if text)
    if not figures or not any(text for row in texts for text in row):
        return False
    within = all(len(path) >= 2 for path in header.columns) and len(header.columns) > MIN_ITEMS
    if within and (_measured(header, 0) or _measured(header, -1)):
        return True
    plain = Part.LABEL not in header.parts and Part.CODE not in header.parts
    plain = plain and not any(is_measure_head(path[-1]) for path in header.columns)
    return plain and len(texts) == 1 and sum(map(bool, texts[0])) >= MIN_ITEMS


def turned(
    lines: Sequence[Line], header: Header, places: Places, year: int | None
) -> Iterator[Draft]:
    """Yield one row per item, its figures under their measures."""
    if _beside(header, list(map(cell_texts, lines))):
        yield from _by_lines(lines, header, places, year)
        return
    items: dict[Path, list[tuple[Path, Role, Fragment | None]]] = {}
    inner = not _measured(header, 0) and _measured(header, -1)
    roles = column_roles(header.columns, year)
    for line in lines:
        for number, path in enumerate(header.columns):
            measure, item = ((path[-1],), path[:-1]) if inner else _parted(path)
            figure = fragment_at(line.fragments, number)
            items.setdefault(item, []).append((measure, roles[number], figure))
    for item, measured in items.items():
        yield _item(item, measured, places)


def _parted(path: Path) -> tuple[Path, Path]:
    """Return the measure above an item, if one is, and the item."""
    if len(path) > 1 and (is_measure_head(path[0])):
        return path[:1], path[1:]
    return (), path


def _by_lines(
    lines: Sequence[Line], header: Header, places: Places, year: int | None
) -> Iterator[Draft]:
    measures = [(tidy(line.fragments[0].text),) for line in lines]
    roles = column_roles(measures, year)
    for number, path in enumerate(header.columns[1:], 1):
        if header.parts[number] is Part.VALUE:
            figures = [fragment_at(line.fragments, number) for line in lines]
            yield _item(path, list(zip(measures, roles, figures, strict=True)), places)


def _item(
    item: Path, measured: Sequence[tuple[Path, Role, Fragment | None]], places: Places
) -> Draft:
    fragments = [fragment for _, _, fragment in measured if fragment and fragment.text]
    whole = len(item) > 1 and is_sum(item[-1]) and not _over_all(item)
    name, above = (item[-2], item[:-2]) if whole else (item[-1], item[:-1])
    columns = {path: column(path, role, role is Role.LEVEL) for path, role, _ in measured}
    cells = [cell_of(columns[path], fragment, places) for path, _, fragment in measured]
    return Draft(0, fragments, name, 0, None, cells, path=above, columns=columns)


def _over_all(item: Path) -> bool:
    """Return whether an item is the sum of all that the table is about."""
    whole = vocabulary.item(item[-2])
    return is_total(item[-1]) and whole is not None and not whole.above


def _is_figure(text: str) -> bool:
    return parse_cell(text) is not None or is_dash(text)


def _beside(header: Header, texts: Sequence[Sequence[str]]) -> bool:
    """Return whether the first column names the measure (2023年, 2024年; 决算数) of each line."""
    labels = [row[0] if row else "" for row in texts]
    return (
        len(header.columns) > MIN_ITEMS
        and header.parts[0] in {Part.LABEL, Part.VALUE}
        and Part.LABEL not in header.parts[1:]
        and Part.CODE not in header.parts
        and all(is_measure_head(text) or is_measure(text) for text in labels)
        and all(_is_figure(text) for row in texts for text in row[1:] if text)
    )


def _measured(header: Header, level: int) -> bool:
    """Return whether the heads of a level (0 outermost, -1 innermost) all are measures."""
    return all(is_measure_head(path[level]) for path in header.columns if path)
