"""A hit in one line that others can check: document, place, figure, source file, line or page."""

from typing import Final

from search.model import CellState, Locator
from search.results import Hit, HitCell
from web.text import joined

LONGEST_STATEMENT: Final = 300
"""Characters of a statement that a one-line citation quotes; its figure stands in them."""
LONGEST_PASSAGE: Final = 60
"""Characters of a whole passage that it quotes: enough to find it again."""


def citation(hit: Hit) -> str:
    """Return the one-line citation of a hit."""
    document = hit.document
    title = f"《{document.title}》"
    parts = [title if document.department in document.title else f"{document.department}，{title}"]
    if hit.table is not None:
        parts.append(f"《{hit.table.title or hit.table.kind}》")
    elif hit.section:
        parts.append("／".join(hit.section))
    if hit.kind == "passage":
        longest = LONGEST_STATEMENT if hit.cells else LONGEST_PASSAGE
        parts.append(f"“{_shortened(joined(hit.quote), longest)}”")
    else:
        parts.append(f"{'项目' if hit.kind == 'project' else '行'}：{hit.label_verbatim}")
        cell = cited(hit)
        if cell is not None:
            parts.append(f"列：{'／'.join(cell.column)}")
            parts.append(figure(cell))
    return f"{'，'.join(parts)}（{document.source}，{place(hit.locator)}）"


def cited(hit: Hit) -> HitCell | None:
    """Return the cell whose figure a hit is about: the matched one, else the principal."""
    printed = [cell for cell in hit.cells if cell.value is not None]
    matched = [cell for cell in printed if cell.matched]
    principal = [cell for cell in printed if cell.principal]
    return next(iter(matched or principal), None)


def figure(cell: HitCell) -> str:
    """Return a cell's figure as printed, with its unit."""
    if cell.state in {CellState.BLANK, CellState.DASH}:
        return cell.text
    unit = cell.unit or ""
    return cell.text if cell.text.endswith(unit) else f"{cell.text}{unit}"


def place(locator: Locator) -> str:
    """Return the page of a place in its source, or its lines where the form has no pages."""
    if locator.page is not None:
        return f"第{locator.page}页"
    if locator.line_start == locator.line_end:
        return f"第{locator.line_start}行"
    return f"第{locator.line_start}至{locator.line_end}行"


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}……"
