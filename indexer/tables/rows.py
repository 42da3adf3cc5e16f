"""Builds the rows of a table from its grid: one per line and side, cells under their columns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from indexer.layout import Fragment, Line, Places
from indexer.tables.codes import Codes
from indexer.tables.headers import Header, is_header_row, is_ordinal_row
from indexer.tables.labels import (
    head_unit,
    own_unit,
    split_code,
    split_label,
    tidy,
    without_brackets,
)
from indexer.tables.measures import column_roles, counts, is_price, line_role, values
from indexer.tables.sides import (
    Side,
    best_shift,
    is_grouped,
    main_label,
    misplaced,
    shifted,
    split_sides,
)
from search.amounts import YUAN, parse_cell
from search.model import Cell, CellState, Path, Role
from search.text import normalise

TORN: Final = re.compile(r"\d\s+\d")
"""Two figures in a cell, or one that lost its thread: neither is to be put together."""

_DIGITS = re.compile(r"[^\u3400-\u9fff]*\d[^\u3400-\u9fff]*")
DASH: Final = re.compile(r"[-–—―⸺⸻－_]+|/|无|不适用")
"""What is printed in place of a figure."""
MEASURE = re.compile(
    r"金额|(?:决算)?统计数|(?:年初|全年|调整|年度|[本上]年度?|当年)?(?:预算|决算|执行|编制|批复|申报)数?"
    r"|20\d\d年?度?(?:预算|决算|执行)?数?"
)
_NEGATIVE = re.compile(r"\((\d[\d,.]*%?)\)")
"""A decrease as accountants print it; elsewhere a figure in brackets may be an 'of which'."""
SUM_LABEL: Final = re.compile(r"(?:合|总)\s*计")
"""Labels that may stand in any column of words."""
_SUM = re.compile(r".*(?:合计|总计)")
_SUBSUM = re.compile(r".*小计")


class Measure(NamedTuple):
    """Whether a column is what a comparison on its rows is about, and the role of its figures."""

    principal: bool
    role: Role


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
    money: frozenset[Path] = frozenset()
    """The columns beside those that count: a unit of what is counted is not theirs."""
    unread: tuple[str, ...] = ()
    """What stands under the heads of figures and has digits, but is none that is sure."""

    @property
    def name(self) -> str:
        """The label without its enumerator or code."""
        return split_code(self.label)[1] or split_label(self.label)[1]

    @property
    def has_value(self) -> bool:
        """Whether any cell carries a number."""
        return any(cell.value is not None for cell in self.cells)


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
    sides = split_sides(header.parts)
    measures = [_measures(side, header.columns, year) for side in sides]
    body = [row for index, row in enumerate(texts) if index not in skip]
    groups = [is_grouped(side, header.parts, body) for side in sides]
    mains = [
        main_label(side, header.columns, grouped=grouped)
        for side, grouped in zip(sides, groups, strict=True)
    ]
    codes = [Codes([header.columns[c][-1] for c in side.codes]) for side in sides]
    above = [""] * len(sides)
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
                header=header, measures=measures[number], codes=codes[number], main=mains[number],
                places=places,
            )  # fmt: skip
            if draft is not None:
                draft.group = not draft.has_value and _is_repeated_header(below, header)
                draft.line = draft.last_line = line.number
                draft.misfit = draft.has_value and misplaced(cells, header.parts) > 0
                if (role := line_role(draft.label, year)) is not Role.LEVEL:
                    draft.cells = [of_role(cell, role) for cell in draft.cells]
                if groups[number]:
                    above[number] = cells[side.labels[0]] or above[number]
                    draft.path = _under(draft, above[number])
                across.append(draft)
        drafts.extend(_spanned(across))
    return drafts


def _under(draft: Draft, group: str) -> Path:
    """Return the path of a row below the group that its first column names, here or above."""
    own = normalise(draft.label) == group or SUM_LABEL.fullmatch(normalise(draft.label))
    return (group,) if group and not own else ()


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
            last.cells = draft.cells
            last.fragments.extend(draft.fragments)
        elif draft.label or draft.has_value:
            joined.append(draft)
    return joined


def _is_repeated_header(row: Sequence[str], header: Header) -> bool:
    """Return whether a body row prints the heads again, as it does after a page break."""
    if is_ordinal_row(row):
        return True
    heads = {head for path in header.columns for head in path}
    printed = [text for text in row if text]
    return is_header_row(row) and all(text in heads for text in printed)


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
    measures: Mapping[int, Measure],
    codes: Codes,
    main: int,
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
    labels = [column for column in side.labels if text(column)]
    if main in labels:
        labels.sort(key=lambda column: column != main)
    elif labels and labels[0] != side.labels[0] and not _is_staircase(side, header):
        labels = []
    if not labels:
        labels = [column for column in side.codes if text(column) and code is None]
    elif code is None:
        labels = [*(column for column in side.codes if text(column)), *labels]
    if not labels:
        before = range(side.values[0]) if number == 0 and side.values else side.remarks
        labels = [c for c in before if SUM_LABEL.fullmatch(text(c))][:1]
    label = fragments[labels[0]].text if labels else ""
    attributes = tuple(labels[1:])
    stated = next((text(column) for column in side.units if text(column)), None)
    paths = [header.columns[column] for column in side.values]
    money = frozenset(p for p in paths if not counts(p)) if any(map(counts, paths)) else frozenset()
    own = stated or own_unit(label)
    figures = [
        cell_of(path, fragment_at(fragments, column), measures[column], places,
                own if own in YUAN or path not in money else None)
        for column, path in zip(side.values, paths, strict=True)
    ]  # fmt: skip
    extra = [
        Cell(
            column=header.columns[column],
            text=tidy(fragments[column].text),
            state=CellState.VALUE,
            locator=places.locate(fragments[column].start, fragments[column].end),
        )
        for column in (
            *attributes,
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
        money=money,
        unread=tuple(cell.text for cell in figures if _is_unread(cell)),
        attributes=tuple(fragments[column].text for column in attributes),
    )


def of_role(cell: Cell, role: Role) -> Cell:
    """Return the cell of a row or table that is about another year, or about what changed."""
    return cell.model_copy(update={"principal": False, "role": role})


def _is_unread(cell: Cell) -> bool:
    return (
        cell.state is CellState.VALUE
        and cell.value is None
        and _DIGITS.fullmatch(normalise(cell.text)) is not None
    )


def _is_staircase(side: Side, header: Header) -> bool:
    """Return whether the label columns are levels (一级目录, 二级目录 …), one filled per row."""
    return all("级" in "".join(header.columns[column]) for column in side.labels)


def fragment_at(fragments: Sequence[Fragment], column: int) -> Fragment | None:
    """Return the fragment in a column, None where the line ends before it."""
    return fragments[column] if column < len(fragments) else None


def _measures(side: Side, columns: Sequence[Path], year: int | None) -> dict[int, Measure]:
    """Return what each column of figures is to a comparison on the row.

    Totals are what it is about where there are any; else the measures (金额, 预算数 and 决算数 …),
    of which all count; else the first column of figures. Those of another year and changes are it
    only where there is nothing else.
    """
    roles = dict(
        zip(side.values, column_roles([columns[c] for c in side.values], year), strict=True)
    )
    levels = [column for column in side.values if roles[column] is Role.LEVEL]
    money = [c for c in levels if not counts(columns[c]) and not is_price(columns[c])]
    levels = money or levels
    named = [column for column in levels if columns[column]]
    for pattern in (_SUM, _SUBSUM, MEASURE):
        principal = [c for c in named if pattern.fullmatch(without_brackets(columns[c][-1]))]
        if principal:
            break
    else:
        principal = levels[:1]
    return {column: Measure(column in principal, role) for column, role in roles.items()}


def cell_of(
    column: Path,
    fragment: Fragment | None,
    measure: Measure,
    places: Places,
    own: str | None = None,
) -> Cell:
    """Return the cell of a figure column; its unit is its own, its head's or the row's `own`.

    Table and document units are filled in later, where these say nothing.
    """
    principal, role = measure
    if fragment is None or not fragment.text:
        return Cell(column=column, text="", principal=principal, role=role)
    text = normalise(fragment.text)
    locator = places.locate(fragment.start, fragment.end)
    if DASH.fullmatch("".join(text.split())):
        return Cell(column=column, text=fragment.text, state=CellState.DASH,
                    principal=principal, role=role, locator=locator)  # fmt: skip
    # Two figures in one cell are not one figure: 12 13 is not 1213.
    printed = "".join(text.split())
    if role is Role.CHANGE and (match := _NEGATIVE.fullmatch(printed)):
        printed = f"-{match[1]}"
    parsed = None if TORN.search(text) else parse_cell(printed)
    if parsed is None:
        return Cell(column=column, text=fragment.text, state=CellState.VALUE,
                    principal=principal, role=role, locator=locator)  # fmt: skip
    value, unit = parsed
    unit = unit or next(filter(None, map(head_unit, reversed(column))), None)
    if unit is None and not (counts(column) if own in YUAN else values(column)):
        unit = own
    return Cell(
        column=column,
        text=fragment.text,
        value=value,
        unit=unit,
        yuan=value * YUAN[unit] if unit in YUAN else None,
        state=CellState.VALUE if value else CellState.ZERO,
        principal=principal,
        role=role,
        locator=locator,
    )
