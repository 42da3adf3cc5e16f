"""Tells which figures of scans were recognised without being sure."""

from collections.abc import Iterable, Iterator

from indexer.readers.ocr import DOUBTFUL, percent
from search.model import Locator, Passage, Table, Warning

SHOWN = 5
"""So many figures of a page are named; a worse scan is to be looked at whole."""


def doubtful(tables: Iterable[Table], passages: Iterable[Passage]) -> Iterator[Warning]:
    """Yield a warning for each page with figures below `DOUBTFUL`."""
    pages: dict[int | None, list[tuple[str, Locator]]] = {}
    for text, place in _figures(tables, passages):
        if place.ocr is not None and place.ocr < DOUBTFUL:
            pages.setdefault(place.page, []).append((text, place))
    for _, found in sorted(pages.items(), key=lambda item: item[0] or 0):
        named = "、".join(f"{text}（{percent(place.ocr or 0.0)}）" for text, place in found[:SHOWN])
        yield Warning(
            message=f"{len(found)} 个数字识别把握低于 {percent(DOUBTFUL)}，"
            f"请对照原件：{named}{' 等' if len(found) > SHOWN else ''}",
            line=found[0][1].line_start,
            page=found[0][1].page,
        )


def _figures(tables: Iterable[Table], passages: Iterable[Passage]) -> Iterator[tuple[str, Locator]]:
    for table in tables:
        for row in table.rows:
            for cell in row.cells:
                if cell.value is not None and cell.locator is not None:
                    yield cell.text, cell.locator
    for passage in passages:
        for statement in passage.statements:
            yield f"{statement.value:f}{statement.unit}", statement.figure
