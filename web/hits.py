"""A hit as its page shows it: what is marked, its figures, its citation."""

from collections.abc import Iterable
from dataclasses import dataclass

from search.citation import cited, figure_text, line
from search.fields import RECORD_TYPES
from search.results import Hit, HitCell
from web import marks
from web.figures import Figures, figures
from web.marks import Segment


@dataclass(frozen=True, slots=True)
class HitView:
    """A hit with the parts that a template only has to set."""

    hit: Hit
    kind: str
    label: tuple[Segment, ...]
    quote: tuple[Segment, ...]
    excerpt: tuple[Segment, ...]
    figures: Figures | None
    amount: str
    citation: str
    cell: int | None
    """The cell whose figure is cited."""


def views(hits: Iterable[Hit]) -> tuple[HitView, ...]:
    """Return the views of hits, in their order."""
    return tuple(
        HitView(
            hit=hit,
            kind=RECORD_TYPES[hit.kind],
            label=marks.label(hit),
            quote=marks.quote(hit) if hit.kind == "passage" else (),
            excerpt=marks.excerpt(hit),
            figures=figures(hit) if _has_figures(hit) else None,
            amount=_amount(hit, cited(hit)) if hit.kind == "project" else "",
            citation=line(hit, cited(hit)),
            cell=next((n for n, cell in enumerate(hit.cells) if cell is cited(hit)), None),
        )
        for hit in hits
    )


def _has_figures(hit: Hit) -> bool:
    """Return whether a hit is shown as a line of its table; a row is, even one without figures."""
    return hit.kind == "row" or (hit.kind == "project" and bool(hit.cells))


def _amount(hit: Hit, cell: HitCell | None) -> str:
    """Return a project's amount as its row prints it, else that of its form in yuan."""
    if cell is not None:
        return figure_text(cell)
    return "" if hit.yuan is None else f"{hit.yuan:,f}元"
