"""Why the figures of a comparison are not fit for one chart."""

from collections.abc import Iterable, Sequence

from search.compare.model import ComparedCell, ComparedFigure, ComparedRow, Scope
from search.compare.selection import Selection


def obstacles(selection: Selection, rows: Sequence[ComparedRow], unit: str | None) -> list[str]:
    """Return each reason, as a sentence; none where the chart may be drawn."""
    cells = [cell for row in rows for cell in row.cells if cell.one is not None]
    found = list(_parts(selection))
    if not cells:
        return [*found, "没有可以画的数字。"]
    if unit is None:
        found.append("这些数字的单位不同，不能换算成同一单位。")
    found += _scopes([cell.one for cell in cells if cell.one is not None])
    if len(cells) < 2:
        found.append("只有一个数字，没有可比的。")
    elif not _comparable(rows):
        found.append("只有一处的预算数和另一处的决算数，预算不能与决算混比。")
    return found


def _parts(selection: Selection) -> Iterable[str]:
    """Yield the departments whose superior is compared as well; its figures hold theirs."""
    if selection.level == "单位":
        return
    parents = {
        (info.department, info.parent)
        for infos in selection.documents.values()
        for info in infos
        if info.parent in selection.departments and info.parent != info.department
    }
    for department, parent in sorted(parents, key=str):
        yield f"{parent}是{department}的主管部门，它的数字可能已包含后者，整体不与部分同图。"


def _scopes(figures: Sequence[ComparedFigure]) -> Iterable[str]:
    """Yield what differs in the money that the figures speak of."""
    for part, name in (("funds", "资金范围"), ("carried", "结转口径")):
        said: dict[str, ComparedFigure] = {}
        for figure in figures:
            said.setdefault(getattr(figure.scope, part), figure)
        if len(said) > 1:
            which = "；".join(
                f"{_who(figure)}的表{'没有注明' if not value else f'是“{value}”'}"
                for value, figure in sorted(said.items(), reverse=True)
            )
            yield f"{name}不同：{which}。"


def _who(figure: ComparedFigure) -> str:
    document = figure.document
    return f"{document.department}{document.year}年{document.report}"


def _comparable(rows: Sequence[ComparedRow]) -> bool:
    """Return whether two figures of one report, or budget and final account of one row, stand."""
    if any(row.budget.one is not None and row.final.one is not None for row in rows):
        return True
    return any(sum(row.cells[side].one is not None for row in rows) > 1 for side in (0, 1))


def same_scope(budget: ComparedCell, final: ComparedCell) -> bool:
    """Return whether both cells have one figure each, of the same money."""
    if budget.one is None or final.one is None:
        return False
    first, second = budget.one.scope, final.one.scope
    return Scope(funds=first.funds, carried=first.carried) == second
