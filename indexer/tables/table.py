"""Turns table blocks into tables: kind, title, unit, columns, rows in their hierarchy."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Literal

from indexer import lines as line_kinds
from indexer.block import Block
from indexer.forms.form import lists_projects
from indexer.forms.overall import overall_rows
from indexer.layout import Line, Places
from indexer.narrative.passages import running
from indexer.tables.headers import Header, cell_texts, is_ordinal_row
from indexer.tables.kinds import FORMS, OTHER, table_kind
from indexer.tables.labels import tidy
from indexer.tables.measures import counts, other_years
from indexer.tables.reading import Grid, Reading, read_grid
from indexer.tables.rows import Draft, of_role
from indexer.tables.units import Declared, Labels, with_unit
from search import vocabulary
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

OVERALL = "整体绩效表"
MAX_COLUMNS = 200
"""No printed table has more columns."""
NOTHING = Reading(Header(0, (), ()), 0, ())
"""Of a grid that is not read as rows."""
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
        self._tell_unknown(block)
        if line_kinds.begins_form(block.lines[:4]):
            kind = kind if kind in FORMS else "项目支出绩效表"
        wide = max(map(len, texts)) > MAX_COLUMNS
        if wide:
            message = f"超过 {MAX_COLUMNS} 列，不作表格读取"
            self.warnings.append(Warning(message=message, line=block.lines[0].number))
        form = kind in FORMS and not lists_projects(texts)
        bare = wide or form or (spilled and not title)
        grid = Grid(block.lines, texts, kind, self.places, self.year)
        reading = NOTHING if bare else read_grid(grid)
        heads = reading.heads
        if reading.arbitrated:
            message = f"表头按{len(heads)}行读，表内合计才相符"
            self.warnings.append(Warning(message=message, line=block.lines[0].number))
        corner = [line_kinds.printed(text) for i in heads for text in texts[i] if text]
        places = (*block.heads, *block.title, *corner, *block.notes)
        unit = next(filter(None, map(line_kinds.unit, places)), None)
        unit = unit or next(filter(None, map(line_kinds.counting_unit, places)), None)
        unit = unit or next(filter(None, map(_unit_alone, block.heads)), None)
        rows: tuple[Row, ...] = ()
        if kind == OVERALL and self._other_years(block):
            message = f"整体绩效表不是{self.year}年度的，只留原文"
            self.warnings.append(Warning(message=message, line=block.lines[0].number))
        elif kind == OVERALL:
            rows = overall_rows(block.lines, self.document, self.places)
        elif not bare:
            rows = self._rows(block, reading, kind=kind, unit=unit)
        return Table(
            id=f"{self.document}-t{block.lines[0].start}",
            kind=kind,
            title=title,
            unit=unit,
            department=department,
            section=section,
            columns=reading.header.columns,
            rows=rows,
            grid=_grid(block.lines, texts, heads),
            arbitrated=reading.arbitrated,
            no_data=_says_no_data(block, rows),
            heads=tuple(line.text for line in block.heads),
            notes=tuple(line.text for line in block.notes),
            remarks=tuple(self._remarks(block, (*section, title) if title else section)),
            locator=self.places.spanning(
                [fragment for line in (*block.title, *block.lines) for fragment in line.fragments]
            ),
        )

    def _tell_unknown(self, block: Block) -> None:
        """Tell a declared unit that is not known: figures in it have no yuan."""
        for line in (*block.heads, *block.title, *block.notes):
            of = line_kinds.declared(line)
            if of is not None and of.unit is None:
                message = f"不认识单位“{of.printed}”，数字不折合成元"
                self.warnings.append(Warning(message=message, line=line.number))

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
        self, block: Block, reading: Reading, *, kind: str, unit: str | None
    ) -> tuple[Row, ...]:
        drafts = reading.drafts
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
            lost = [cell for cell in draft.cells if _is_headless(cell, draft)]
            if lost:
                draft.unread += tuple(cell.text for cell in lost)
                draft.cells = [_unplaced(c) if c in lost else c for c in draft.cells]
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
        return tuple(self._row(draft, reading.header) for draft in placed)

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


def _unit_alone(line: Line) -> str | None:
    """Return the unit of money that a line above a table prints alone."""
    found = vocabulary.unit(line.text)
    return found.name if found is not None and found.kind == "money" else None


def _says_no_data(block: Block, rows: Sequence[Row]) -> bool:
    """Return whether a note below a table says that it is empty, or a cell of one that is."""
    if any(map(line_kinds.says_no_data, block.notes)):
        return True
    said = (vocabulary.blank(cell.text) for line in block.lines for cell in line.fragments)
    return not any(row.has_value for row in rows) and any(of.says_so for of in said if of)


def _is_headless(cell: Cell, draft: Draft) -> bool:
    """Return whether a figure stands in a column whose head is lost: nobody knows what it is."""
    return cell.value is not None and draft.columns[cell.column].headless


def _unplaced(cell: Cell) -> Cell:
    """Return the cell as printed but without a value, where its column is not sure."""
    return cell.model_copy(update={"value": None, "unit": None, "yuan": None})


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
