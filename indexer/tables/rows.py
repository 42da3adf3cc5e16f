"""Builds the rows of a table from its grid: one per line and side, cells under their columns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from indexer.layout import Fragment, Line, Places
from indexer.tables.codes import Codes
from indexer.tables.columns import Column, judged
from indexer.tables.headers import Header, is_ordinal_row
from indexer.tables.labels import name, split_code, split_label, tidy
from indexer.tables.levels import Naming
from indexer.tables.measures import line_role
from indexer.tables.parts import is_measured
from indexer.tables.sides import (
    Side,
    best_shift,
    misplaced,
    shifted,
    split_sides,
)
from search import vocabulary
from search.amounts import COUNTED, find_quantities, read_cell
from search.model import Cell, CellState, Path, Role
from search.text import normalise

_HAN = re.compile(r"[\u3400-\u9fff]")
_DECREASE = re.compile(r"\(\s*[-−]?(\d[\d,.]*%?)\s*\)|[↓▼▽]\s*(\d[\d,.]*%?)|(\d[\d,.]*%?)\s*[↓▼▽]")
"""A decrease as accountants print it; elsewhere a figure in brackets may be an 'of which'."""
_INCREASE = re.compile(r"↑\s*(\d[\d,.]*%?)|(\d[\d,.]*%?)\s*↑")


_DIGITS = re.compile(r"[^\u3400-\u9fff]*\d[^\u3400-\u9fff]*")
_TWO = re.compile(r"[\d,]+\.\d+\s*[/ ]\s*[\d,]+\.\d+")
"""Two figures one below the other in a cell: the row may be two, and nothing in it is sure."""


@dataclass(slots=True)
class Draft:
    """A row being built: its verbatim label may still grow, its path is not yet known."""

    side: int
    fragments: list[Fragment]
    label: str
    depth: int
    code: str | None
    cells: list[Cell]
    line: int = 0
    last_line: int = 0
    attributes: tuple[str, ...] = ()
    group: bool = False
    """True where the row heads those below it (a repeated header follows)."""
    misfit: bool = False
    """True where words stand under a figure's head, or cells under none: columns are unsure."""
    path: Path = ()
    subtotal: bool = False
    columns: dict[Path, Column] = field(default_factory=dict)
    """The columns of its figures by their heads."""
    stated: str | None = None
    """The unit that its cell of units prints."""
    unread: tuple[str, ...] = ()
    """What stands under the heads of figures and has digits, but is none that is sure."""

    @property
    def name(self) -> str:
        """The label without its enumerator or code."""
        return name(self.label)

    @property
    def has_value(self) -> bool:
        """Whether any cell carries a number."""
        return any(cell.value is not None for cell in self.cells)

    def take_figures(self, other: "Draft") -> None:
        """Take the figures of another draft, which belong to this one's label."""
        self.cells, self.columns, self.stated = other.cells, other.columns, other.stated
        self.fragments.extend(other.fragments)


def draft_rows(
    lines: Sequence[Line],
    texts: Sequence[Sequence[str]],
    header: Header,
    skip: range,
    *,
    places: Places,
    year: int | None,
) -> list[Draft]:
    """Return the drafts of all body rows; repeated heads and column numbers are dropped.

    `skip` are the indices of the header's own lines, `year` is the document's. A draft without
    label holds a figure that no label could be found for.
    """
    body = [
        row
        for index, row in enumerate(texts)
        if index not in skip and not _is_repeated_header(row, header)
    ]
    sides = split_sides(header.parts, header.columns, body)
    judgements = [
        judged({c: header.columns[c] for c in side.values}, year, _texts(side, body))
        for side in sides
    ]
    codes = [Codes([header.columns[c][-1] for c in side.codes]) for side in sides]
    namings = [Naming(side.levels) for side in sides]
    drafts: list[Draft] = []
    for index, (line, row) in enumerate(zip(lines, texts, strict=True)):
        if index in skip or _is_repeated_header(row, header):
            continue
        shift = best_shift(row, header.parts)
        cells = shifted(row, shift) or []
        fragments = _shifted_fragments(line, shift)
        # A page break repeats the heads too, and they group nothing then.
        goes_on = index + 1 < len(texts) and _page(lines[index + 1]) == _page(line)
        below = texts[index + 1] if goes_on else ()
        across: list[Draft] = []
        for number, side in enumerate(sides):
            draft = _draft(
                number, side, cells, fragments,
                header=header, columns=judgements[number], codes=codes[number],
                naming=namings[number], places=places,
            )  # fmt: skip
            if draft is not None:
                draft.group = not draft.has_value and (
                    _is_over_all(line) or _is_repeated_header(below, header)
                )
                draft.line = draft.last_line = line.number
                draft.misfit = draft.has_value and (
                    misplaced(cells, header.parts) > 0
                    or any(_TWO.fullmatch(normalise(cell.text)) for cell in draft.cells)
                )
                if (role := line_role(draft.label, year)) is not Role.LEVEL:
                    draft.cells = [of_role(cell, role) for cell in draft.cells]
                across.append(draft)
        drafts.extend(_spanned(across))
    return drafts


def _texts(side: Side, body: Sequence[Sequence[str]]) -> dict[int, list[str]]:
    """Return what each column of figures prints."""
    return {c: [row[c] for row in body if c < len(row) and row[c]] for c in side.values}


def _is_over_all(line: Line) -> bool:
    """Return whether the line prints one cell over all columns: what it says heads those below."""
    printed = [fragment for fragment in line.fragments if fragment.text]
    return len(printed) == 1 and 1 < len(line.fragments) <= printed[0].across


def _page(line: Line) -> int | None:
    return next((fragment.page for fragment in line.fragments if fragment.page), None)


def _spanned(across: list[Draft]) -> list[Draft]:
    """Give a figure without label to the label left of it that has no figure.

    So a total stands under the last column of figures when its label spans several groups.
    """
    joined: list[Draft] = []
    for draft in across:
        last = joined[-1] if joined else None
        if last and not draft.label and draft.has_value and last.label and not last.has_value:
            last.take_figures(draft)
        elif draft.label or draft.has_value:
            joined.append(draft)
    return joined


def _is_repeated_header(row: Sequence[str], header: Header) -> bool:
    """Return whether a body row prints the heads again, as it does after a page break."""
    if is_ordinal_row(row):
        return True
    heads = {head for path in header.columns for head in path}
    printed = [text for text in row if text]
    return len(printed) > 1 and all(text in heads for text in printed)


def _shifted_fragments(line: Line, shift: int) -> list[Fragment]:
    if shift >= 0:
        return list(line.fragments[shift:])
    return [Fragment("", line.start, line.start)] * -shift + list(line.fragments)


def _draft(
    number: int,
    side: Side,
    cells: Sequence[str],
    fragments: Sequence[Fragment],
    *,
    header: Header,
    columns: Mapping[int, Column],
    codes: Codes,
    naming: Naming,
    places: Places,
) -> Draft | None:
    def text(column: int) -> str:
        printed = cells[column] if column < len(cells) else ""
        is_head = column in side.codes and header.columns[column][-1:] == (printed,)
        return "" if is_head else printed

    printed = [column for column in side.columns if text(column)]
    if not printed:
        return None
    code = codes.read([text(column) for column in side.codes])
    named = naming.read(
        lambda column: tidy(fragments[column].text) if text(column) else "",
        merged=_goes_on(side, fragments, printed)
        and not any(vocabulary.sum_of(text) for text in cells),
    )
    labels: list[int] = []
    if named is not None and named.column is not None:
        labels = [named.column, *named.beside]
    coded = [c for c in side.codes if text(c) and code is None and _HAN.search(text(c))]
    identifiers = [c for c in side.codes if text(c) and code is None and c not in coded]
    labels = [*coded, *labels]
    if not labels and named is None:
        before = range(side.values[0]) if number == 0 and side.values else side.remarks
        labels = [c for c in before if vocabulary.sum_of(text(c)) is not None][:1]
    label = fragments[labels[0]].text if labels else named.inherited if named else ""
    attributes = tuple(labels[1:])
    stated = next((text(column) for column in side.units if text(column)), None)
    figures = [
        cell_of(columns[column], fragment_at(fragments, column), places) for column in side.values
    ]
    extra = [
        Cell(
            column=header.columns[column],
            text=tidy(fragments[column].text),
            state=CellState.VALUE,
            locator=places.locate(fragments[column].start, fragments[column].end),
        )
        for column in (
            *attributes,
            *identifiers,
            *(c for c in sorted((*side.remarks, *side.units)) if text(c) and c not in labels),
        )
    ]
    return Draft(
        side=number,
        fragments=[fragments[column] for column in sorted({*printed, *labels})],
        label=label,
        depth=split_label(label)[0] if label else 0,
        code=code or split_code(label)[0],
        cells=[*extra, *figures],
        columns={column.path: column for column in columns.values()},
        stated=stated,
        unread=tuple(cell.text for cell in figures if _is_unread(cell)),
        attributes=tuple(fragments[column].text for column in attributes),
        path=named.path if named and not coded else (),
    )


def _goes_on(side: Side, fragments: Sequence[Fragment], printed: Sequence[int]) -> bool:
    """Return whether a row without a label goes on with the row above: their label is merged.

    A page break cuts merged cells: then words beside the label tell that the row is no total.
    """
    if any(_covered_from_above(fragments, column) for column in side.labels):
        return True
    cells = any(fragment.cell is not None for fragment in fragments)
    beside = [c for c in side.remarks if side.labels and c > side.labels[-1]]
    return cells and any(column in printed for column in beside)


def _covered_from_above(fragments: Sequence[Fragment], column: int) -> bool:
    """Return whether a cell covers a place that is none of the cells to its left in the line."""
    if column >= len(fragments) or not fragments[column].covered:
        return False
    return not any(at + left.across > column for at, left in enumerate(fragments[:column]))


def is_dash(text: str) -> bool:
    """Return whether a text is printed in place of a figure: —, 无."""
    said = vocabulary.blank(text)
    return said is not None and said.absence == "dash"


def of_role(cell: Cell, role: Role) -> Cell:
    """Return the cell of a row or table that is about another year, or about what changed."""
    return cell.model_copy(update={"principal": False, "role": role})


def _is_unread(cell: Cell) -> bool:
    return (
        cell.state is CellState.VALUE
        and cell.value is None
        and (_DIGITS.fullmatch(normalise(cell.text)) is not None or is_measured(cell.text))
    )


def fragment_at(fragments: Sequence[Fragment], column: int) -> Fragment | None:
    """Return the fragment in a column, None where the line ends before it."""
    return fragments[column] if column < len(fragments) else None


def cell_of(column: Column, fragment: Fragment | None, places: Places) -> Cell:
    """Return the cell of a figure column as printed; of units it has its own alone."""
    if fragment is None or not fragment.text:
        return Cell(column=column.path, text="", principal=column.principal, role=column.role)
    text = normalise(fragment.text)
    if is_dash("".join(text.split())):
        state, value, unit = CellState.DASH, None, None
    else:
        signed = _change(text) if column.role is Role.CHANGE else text
        value, unit = read_cell(signed) or _counted(signed) or (None, None)
        state = CellState.ZERO if value is not None and not value else CellState.VALUE
    return Cell(
        column=column.path,
        text=fragment.text,
        value=value,
        unit=unit,
        state=state,
        principal=column.principal,
        role=column.role,
        locator=places.locate(fragment.start, fragment.end),
    )


def _counted(text: str) -> tuple[Decimal, str] | None:
    """Return number and unit of a cell that prints what it counts: 10台."""
    found = next(find_quantities(text), None)
    if found is None or found.kind not in COUNTED or (found.start, found.end) != (0, len(text)):
        return None
    return found.value, found.unit


def _change(text: str) -> str:
    """Return what changed with its sign, where brackets or an arrow stand for that."""
    for pattern, sign in ((_DECREASE, "-"), (_INCREASE, "")):
        if match := pattern.fullmatch(text.strip()):
            return f"{sign}{next(filter(None, match.groups()))}"
    return text
