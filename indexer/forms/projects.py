"""Joins the rows of 项目支出表 with the 绩效 forms of the same projects."""

import re
from collections.abc import Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Final

from indexer.forms.form import Form
from indexer.layout import Places
from search.analysis import clean
from search.model import Cell, Project, Row

ALIKE: Final = 0.85
"""Names at least so alike are one name, misread or shortened."""
ALIKE_WITH_AMOUNT: Final = 0.4
"""Names at least so alike are one where the amounts agree to the last printed place."""
MAX_PAIRS: Final = 100_000
"""Beyond so many rows times forms only equal names are joined: comparing takes too long."""
ROUNDING: Final = Decimal(50)
"""A table in 万元 with two decimals rounds a form's yuan by at most half of 100."""


def join(
    rows: Sequence[Row], forms: Sequence[Form], document: str, places: Places
) -> tuple[Project, ...]:
    """Return the projects of a document, those with a row first, in source order."""
    left = list(forms)
    joined = _by_name(rows, left)
    for index, row in enumerate(rows):
        if index not in joined and len(rows) * len(left) <= MAX_PAIRS:
            form = _best(row, left)
            if form is not None:
                left.remove(form)
                joined[index] = form
    projects = [_project(row, joined.get(i), document, places) for i, row in enumerate(rows)]
    projects.extend(_project(None, form, document, places) for form in left)
    return tuple(projects)


def _by_name(rows: Sequence[Row], left: list[Form]) -> dict[int, Form]:
    """Return the form of the same name for each row that has one, and take it from `left`.

    Rows and forms of one name go together in their order, those of one amount first.
    """
    named: dict[str, list[Form]] = {}
    for form in left:
        named.setdefault(_bare(form.name), []).append(form)
    joined: dict[int, Form] = {}
    for index, row in enumerate(rows):
        same = named.get(_bare(row.label), [])
        if same:
            joined[index] = max(same, key=lambda form: _score(row, form))
            same.remove(joined[index])
    taken = {id(form) for form in joined.values()}
    left[:] = [form for form in left if id(form) not in taken]
    return joined


def is_project(row: Row) -> bool:
    """Return whether a row of 项目支出表 is a project: no total, none of the department's sums."""
    return row.has_value and not row.subtotal and not re.fullmatch(r".{0,2}[合总小]计", row.label)


def _best(row: Row, forms: Sequence[Form]) -> Form | None:
    scored = [(_score(row, form), -index) for index, form in enumerate(forms)]
    best = max(scored, default=(0.0, 0))
    return forms[-best[1]] if best[0] > 0 else None


def _score(row: Row, form: Form) -> float:
    alike = SequenceMatcher(None, _bare(row.label), _bare(form.name)).ratio()
    yuan = _amount(row)
    agrees = (
        yuan is not None and form.amount is not None and abs(yuan - form.amount) <= ROUNDING
        and yuan != 0
    )  # fmt: skip
    if agrees and alike >= ALIKE_WITH_AMOUNT:
        return 1 + alike
    return alike if alike >= ALIKE else 0.0


def _bare(name: str) -> str:
    return re.sub(r"[\W_]|^20\d\d年度?", "", clean(name))


def _amount(row: Row) -> Decimal | None:
    return next((cell.yuan for cell in row.cells if cell.principal and cell.yuan is not None), None)


def _printed(cell: Cell | None) -> str:
    """Return an amount as printed, with its head and unit: 全年执行数 13.162万元."""
    if cell is None:
        return ""
    own = cell.unit is not None and cell.text.endswith(cell.unit)
    return f"{cell.column[0] if cell.column else ''} {cell.text}{'' if own else cell.unit or ''}"


def _project(row: Row | None, form: Form | None, document: str, places: Places) -> Project:
    name_at = form.fields[0].locator if form else None
    locator = row.locator if row else name_at
    assert locator is not None
    cells = row.cells if row else ()
    cell = next((c for c in cells if c.principal and c.value is not None), None)
    if cell is None and form is not None:
        cell = form.total
    named = next((f for f in form.fields if f.name == "项目名称"), None) if form else None
    return Project(
        id=f"{document}-j{locator.char_start}",
        name=row.label if row else form.name if form else "",
        yuan=_amount(row) if row else form.amount if form else None,
        amount_text=_printed(cell),
        row_id=row.id if row else None,
        form_id=(form.table or None) if form else None,
        form_name=named.value if named and row and named.value != row.label else None,
        overview=form.field("项目概况") if form else "",
        fields=form.fields if form else (),
        funds=form.funds if form else (),
        indicators=form.indicators if form else (),
        quote=places.text[locator.char_start : locator.char_end],
        locator=locator,
    )
