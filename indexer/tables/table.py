"""Turns table blocks into tables: kind, title, unit, columns, rows in their hierarchy."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from typing import Literal

from indexer import lines as line_kinds
from indexer.blocks import Block
from indexer.forms.form import lists_projects
from indexer.forms.overall import overall_rows
from indexer.layout import Line, Places
from indexer.narrative.passages import running
from indexer.tables.headers import Header, cell_texts, is_header_row, is_ordinal_row, read_header
from indexer.tables.hierarchy import fill_paths
from indexer.tables.kinds import FORMS, OTHER, table_kind
from indexer.tables.labels import tidy
from indexer.tables.measures import counts, other_years
from indexer.tables.rows import Draft, draft_rows, of_role
from indexer.tables.turned import is_transposed, turned
from indexer.tables.units import PROJECTS, Declared, Labels, with_unit
from search.model import (
    Cell,
    CodeKind,
    GridCell,
    GridLine,
    Passage,
    Path,
    Role,
    Row,
    Table,
    Warning,
)
from search.text import normalise

OVERALL = "整体绩效表"
MAX_COLUMNS = 200
"""No printed table has more columns."""
MIN_COUNTING = 4
COUNTING = 0.7
MISFITS = 0.2
"""From this share of misfit rows on, no row of a table is trusted."""
TOTAL = re.compile(r".{0,6}(?:合计|总计|小计)")
_COUNTING = re.compile(r"[0-9]{1,4}")
_UNIT_CODE = re.compile(r"单位(?:编码|代码)|部门(?:编码|代码)")


class TableReader:
    """Reads the table blocks of one document."""

    def __init__(
        self,
        document: str,
        places: Places,
        units: Collection[str],
        year: int | None,
        is_own_name: Callable[[str], bool],
    ) -> None:
        self.document = document
        self.places = places
        self.units = units
        self.year = year
        self.is_own_name = is_own_name
        self.warnings: list[Warning] = []

    def read(
        self, block: Block, section: Path, *, spilled: bool, department: str | None = None
    ) -> Table:
        """Return the table of a block, in a compilation that of a `department`.

        A `spilled` grid, torn off a form, keeps its text but makes no rows.
        """
        texts = [cell_texts(line) for line in block.lines]
        title = tidy(" ".join(line.text for line in block.title))
        kind = table_kind(title) if title else table_kind("")
        if line_kinds.begins_form(block.lines[:4]):
            kind = kind if kind in FORMS else "项目支出绩效表"
        wide = max(map(len, texts)) > MAX_COLUMNS
        if wide:
            message = f"超过 {MAX_COLUMNS} 列，不作表格读取"
            self.warnings.append(Warning(message=message, line=block.lines[0].number))
        form = kind in FORMS and not lists_projects(texts)
        bare = wide or form or (spilled and not title)
        header, first = (Header(0, (), ()), 0) if bare else _header(texts, block.lines)
        heads = range(first, first + header.rows)
        corner = [line_kinds.printed(text) for i in heads for text in texts[i] if text]
        places = (*block.heads, *block.title, *corner, *block.notes)
        unit = next(filter(None, map(line_kinds.unit, places)), None)
        unit = unit or next(filter(None, map(line_kinds.counting_unit, places)), None)
        rows: tuple[Row, ...] = ()
        if kind == OVERALL and self._other_years(block):
            message = f"整体绩效表不是{self.year}年度的，只留原文"
            self.warnings.append(Warning(message=message, line=block.lines[0].number))
        elif kind == OVERALL:
            rows = overall_rows(block.lines, self.document, self.places)
        elif not bare:
            rows = self._rows(block, texts, header, heads, kind=kind, unit=unit)
        return Table(
            id=f"{self.document}-t{block.lines[0].start}",
            kind=kind,
            title=title,
            unit=unit,
            department=department,
            section=section,
            columns=header.columns,
            rows=rows,
            grid=_grid(block.lines, texts, heads),
            no_data=any(map(line_kinds.says_no_data, block.notes)),
            heads=tuple(line.text for line in block.heads),
            notes=tuple(line.text for line in block.notes),
            remarks=tuple(self._remarks(block, (*section, title) if title else section)),
            locator=self.places.spanning(
                [fragment for line in (*block.title, *block.lines) for fragment in line.fragments]
            ),
        )

    def _remarks(self, block: Block, section: Path) -> Iterator[Passage]:
        """Yield the lines above a table, and the notes below, each with what it goes on with."""
        for head in block.heads:
            yield self._remark([head], section, "apparatus")
        notes = block.notes
        starts = [i for i, line in enumerate(notes) if i == 0 or line_kinds.is_note(line)]
        for first, last in zip(starts, [*starts[1:], len(notes)], strict=False):
            yield self._remark(notes[first:last], section, "note")

    def _remark(
        self, lines: Sequence[Line], section: Path, part: Literal["apparatus", "note"]
    ) -> Passage:
        text = running(lines)
        start, end = text.source(0, len(text.text))
        return Passage(
            id=f"{self.document}-p{start}",
            text=text.text,
            section=section,
            part=part,
            quote=self.places.text[start:end],
            locator=self.places.locate(start, end),
        )

    def _rows(
        self,
        block: Block,
        texts: Sequence[list[str]],
        header: Header,
        heads: range,
        *,
        kind: str,
        unit: str | None,
    ) -> tuple[Row, ...]:
        body = [
            i
            for i, row in enumerate(texts)
            if i not in heads and any(row) and not is_ordinal_row(row)
        ]
        if is_transposed(header, [texts[i] for i in body]):
            drafts = list(turned([block.lines[i] for i in body], header, self.places, self.year))
        else:
            drafts = draft_rows(
                block.lines, texts, header, heads, places=self.places, year=self.year
            )
            if kind == PROJECTS:
                drafts = _rejoined(drafts)
            drafts = _unwrapped(drafts)
            fill_paths(drafts)
        self._distrust(drafts)
        declared = self._declared(kind, unit)
        for draft in drafts:
            draft.subtotal = self.is_own_name(draft.name)
            row = Labels(draft.label, draft.name, draft.path, draft.code, draft.stated)
            draft.cells = [
                with_unit(cell, draft.columns[cell.column], row, declared)
                if cell.value is not None else cell
                for cell in draft.cells
            ]  # fmt: skip
            if draft.misfit:
                draft.cells = [_unplaced(cell) for cell in draft.cells]
        self._report_unplaced(drafts)
        self._set_apart(block, drafts)
        figures = (c for draft in drafts for c in draft.cells if c.value is not None)
        bare = any(cell.unit is None for cell in figures if not counts(cell.column))
        if unit is None and kind != OTHER and len(self.units) > 1 and bare:
            message = (
                f"没有注明单位，而各表单位不一（{'、'.join(sorted(self.units))}），数字不带单位"
            )
            self.warnings.append(Warning(message=message, line=block.lines[0].number))
        placed = (draft for draft in drafts if draft.label and draft.fragments)
        return tuple(self._row(draft, header) for draft in placed)

    def _distrust(self, drafts: Sequence[Draft]) -> None:
        """Mark rows whose figures are codes or line numbers that lost their column.

        Where many rows do not fit, the header itself must be damaged, and none is trusted.
        """
        valued = [draft for draft in drafts if draft.has_value]
        codes = {draft.code for draft in drafts if draft.code}
        ordinals = _ordinal_columns(valued)
        for draft in valued:
            draft.misfit |= any(
                cell.text in codes or (cell.column in ordinals and _is_counting(cell))
                for cell in draft.cells
            )
        if sum(draft.misfit for draft in valued) >= max(2, MISFITS * len(valued)):
            for draft in valued:
                draft.misfit = True

    def _other_years(self, block: Block) -> frozenset[int]:
        return other_years((line.text for line in (*block.title, *block.heads)), self.year)

    def _set_apart(self, block: Block, drafts: Sequence[Draft]) -> None:
        """Take the figures of a table of other years for theirs, and tell where none is left."""
        years = self._other_years(block)
        if years:
            for draft in drafts:
                draft.cells = [of_role(cell, Role.PRIOR) for cell in draft.cells]
        roles = {c.role for draft in drafts for c in draft.cells if c.value is not None}
        if Role.PRIOR in roles and Role.LEVEL not in roles:
            named = "、".join(f"{year}年" for year in sorted(years)) or "上年或其他年度"
            message = f"本表是{named}的，不是{self.year}年度，数字只按列名检索"
            self.warnings.append(Warning(message=message, line=block.lines[0].number))

    def _report_unplaced(self, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            if draft.misfit:
                self._warn(draft, "单元格与表头的列对不上，数字未归入任何列")
            elif not draft.label and draft.has_value:
                figures = "、".join(cell.text for cell in draft.cells if cell.value is not None)
                self._warn(draft, f"数字没有对应的名称：{figures}")
            elif draft.unread:
                self._warn(draft, f"没有读作数字，请看原文：{'、'.join(draft.unread)}")

    def _warn(self, draft: Draft, message: str) -> None:
        line = self.places.spanning(draft.fragments).line_start
        self.warnings.append(Warning(message=message, line=line))

    def _declared(self, kind: str, caption: str | None) -> Declared:
        """Return the units declared for a table.

        The document's unit holds for the known kinds of tables only, and where it has only one.
        """
        known = kind != OTHER and len(self.units) == 1
        return Declared(kind, caption, next(iter(self.units)) if known else None)

    def _row(self, draft: Draft, header: Header) -> Row:
        locator = self.places.spanning(draft.fragments)
        return Row(
            id=f"{self.document}-r{locator.char_start}",
            label=draft.name,
            label_verbatim=draft.label,
            path=draft.path,
            code=draft.code,
            code_kind=_code_kind(draft, header) if draft.code else None,
            cells=tuple(draft.cells),
            subtotal=draft.subtotal,
            quote=self.places.text[locator.char_start : locator.char_end],
            locator=locator,
        )


def _ordinal_columns(drafts: Sequence[Draft]) -> set[Path]:
    """Return the columns whose whole numbers mostly count on by one: no amounts but lines."""
    columns: dict[Path, list[int]] = {}
    for draft in drafts:
        for cell in draft.cells:
            if _is_counting(cell):
                columns.setdefault(cell.column, []).append(int(cell.text))
    return {
        column
        for column, numbers in columns.items()
        if len(numbers) >= MIN_COUNTING
        and sum(b - a == 1 for a, b in pairwise(numbers)) >= COUNTING * (len(numbers) - 1)
    }


def _is_counting(cell: Cell) -> bool:
    """Return whether a cell prints a small whole number, as lines are counted by."""
    return cell.value is not None and _COUNTING.fullmatch(cell.text) is not None


def _unplaced(cell: Cell) -> Cell:
    """Return the cell as printed but without a value, where its column is not sure."""
    return cell.model_copy(update={"value": None, "unit": None, "yuan": None})


def _header(texts: Sequence[list[str]], lines: Sequence[Line]) -> tuple[Header, int]:
    """Return the header and the index of its first row; a group's name may stand above it."""
    header = read_header(texts, lines)
    if header.rows == 0 and len(texts) > 1 and is_header_row(texts[1]):
        return read_header(texts[1:], lines[1:]), 1
    return header, 0


def _rejoined(drafts: Sequence[Draft]) -> list[Draft]:
    """Join the wrapped rest of a name to the row right above: a project always has a figure."""
    joined: list[Draft] = []
    for draft in drafts:
        last = joined[-1] if joined else None
        if last and last.has_value and not draft.has_value and _continues(last, draft):
            last.label += draft.label
            last.fragments.extend(draft.fragments)
            last.last_line = draft.line
        else:
            joined.append(draft)
    return joined


def _unwrapped(drafts: Sequence[Draft]) -> list[Draft]:
    """Join a coded row without figures to the rest of its name below, which has them."""
    joined: list[Draft] = []
    for draft in drafts:
        last = joined[-1] if joined else None
        if (
            last
            and last.code
            and last.side == draft.side
            and not (last.has_value or draft.code or draft.depth)
            and draft.has_value
            and not TOTAL.fullmatch(normalise(draft.name))
            and draft.line == last.last_line + 1
            and last.depth == 0
        ):
            last.label += draft.label
            last.take_figures(draft)
            last.last_line = draft.line
            last.misfit |= draft.misfit
        else:
            joined.append(draft)
    return joined


def _continues(last: Draft, draft: Draft) -> bool:
    return draft.line == last.last_line + 1 and not line_kinds.enumerator_level(
        normalise(draft.label)
    )


def _code_kind(draft: Draft, header: Header) -> CodeKind:
    heads = "".join(head for path in header.columns for head in path)
    if "目录" in heads:
        return "purchase"
    if _UNIT_CODE.search(heads):
        return "unit"
    assert draft.code is not None
    if draft.code.startswith("1"):
        return "revenue"
    return "economic" if draft.code.startswith(("3", "5")) else "functional"


def _grid(
    lines: Sequence[Line], texts: Sequence[Sequence[str]], heads: range
) -> tuple[GridLine, ...]:
    return tuple(
        GridLine(
            line=line.number,
            cells=tuple(
                GridCell(tidy(fragment.text), fragment.start, fragment.end)
                for fragment in line.fragments
            ),
            header=index in heads or is_ordinal_row(row),
        )
        for index, (line, row) in enumerate(zip(lines, texts, strict=True))
    )
