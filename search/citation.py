"""Citations of a record or of one of its cells, in the forms that people and programs use.

GB/T 7714—2015 (文后参考文献著录规则) for reports, BibTeX, CSL-JSON, Markdown and one plain line.
A disclosure does not say when it was published, so that no form gives a year of publication.
"""

import re
from datetime import date
from typing import Any, Final

from search.amounts import with_unit
from search.model import CellState, Exact, Frozen, Locator
from search.principal import own_cell
from search.results import DocumentRef, Hit, HitCell
from search.text import joined

LONGEST_STATEMENT: Final = 300
"""Characters of a statement that a one-line citation quotes; its figure stands in them."""
LONGEST_NAME: Final = 200
"""Characters of a label or a title; no real one is longer."""
LONGEST_PASSAGE: Final = 60
"""Characters of a whole passage that it quotes: enough to find it again."""

_BIBTEX: Final = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "#": r"\#", "$": r"\$", "%": r"\%",
    "&": r"\&", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})  # fmt: skip
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")


class Citation(Frozen):
    """A citation in every form.

    `id` is the record's, `cell` the number of its cell from 0, None where the record as a whole
    is cited. `quote` is verbatim. `url` is empty where no address is known.
    """

    id: str
    cell: int | None
    document: DocumentRef
    quote: str
    text: str
    value: Exact | None
    unit: str | None
    locator: Locator
    url: str
    plain: str
    gbt7714: str
    bibtex: str
    csl: dict[str, Any]
    markdown: str


def cite(hit: Hit, cell: int | None, *, url: str = "", accessed: date) -> Citation:
    """Return the citation of a hit, or of its cell `cell`; raise `IndexError` without such one.

    Where the document says where it was published, that address and the day it was fetched are
    cited; else `url`, the record's own page, and the day `accessed`.
    """
    if cell is not None and not 0 <= cell < len(hit.cells):
        raise IndexError(cell)
    figure = cited(hit) if cell is None else hit.cells[cell]
    document = hit.document
    published, kind = document.url or url, "EB/OL" if document.url else "R/OL" if url else "R"
    fetched = document.retrieved if document.url else None
    seen = date.fromisoformat(fetched) if fetched else accessed
    day = seen.isoformat()
    at = standing(hit, figure)
    where = place(at)
    plain = line(hit, figure)
    digest = f"SHA-256：{document.sha256}"
    markdown = _MARKDOWN.sub(r"\\\1", plain)
    return Citation(
        id=hit.id,
        cell=cell,
        document=document,
        quote=hit.quote,
        text=figure_text(figure) if figure else "",
        value=figure.value if figure else None,
        unit=figure.unit if figure else None,
        locator=(figure.locator if figure and figure.locator else hit.locator),
        url=url,
        plain=plain,
        gbt7714=(
            f"{document.department}. {_title(hit)}[{kind}]. {where}"
            f"[{day}]. {published + '. ' if published else ''}{document.source}，{digest}."
        ),
        bibtex=_bibtex(hit, published, day, f"{plain} {digest}"),
        csl=_csl(hit, at, published, seen, plain),
        markdown=f"[{markdown}](<{url}>)" if url else markdown,
    )


def line(hit: Hit, cell: HitCell | None) -> str:
    """Return a hit in one line that others can check: document, place, figure, file."""
    document = hit.document
    title = f"《{document.title}》"
    parts = [title if document.department in document.title else f"{document.department}，{title}"]
    if hit.table is not None:
        parts.append(f"《{_shortened(hit.table.title or hit.table.kind, LONGEST_NAME)}》")
    elif hit.section:
        parts.append("／".join(hit.section))
    if hit.kind == "passage":
        longest = LONGEST_STATEMENT if hit.cells else LONGEST_PASSAGE
        parts.append(f"“{_shortened(joined(hit.quote), longest)}”")
    else:
        label = _shortened(hit.label_verbatim, LONGEST_NAME)
        parts.append(f"{'项目' if hit.kind == 'project' else '行'}：{label}")
        if cell is not None:
            parts.append(f"列：{'／'.join(cell.column)}")
            parts.append(figure_text(cell))
    return f"{'，'.join(parts)}（{document.source}，{place(standing(hit, cell))}）"


def cited(hit: Hit) -> HitCell | None:
    """Return the cell whose figure a hit is about: a matched one if any, else a principal one.

    An indicator has no figure, but a value in words.
    """
    printed = [cell for cell in hit.cells if cell.value is not None] or [
        cell for cell in hit.cells if cell.principal and cell.state is CellState.VALUE
    ]
    among = [cell for cell in printed if cell.matched] or printed
    own = [cell for cell in among if cell.yuan is not None and cell.yuan == hit.yuan]
    about = own_cell(own or among, hit.document.report)
    # A form's amount is one of its funds, whichever is principal.
    return about or next((c for c in own or among if own or c.matched or c.principal), None)


def figure_text(cell: HitCell) -> str:
    """Return a cell's figure as printed, with its unit."""
    if cell.state in {CellState.BLANK, CellState.DASH}:
        return cell.text or "（空白）"
    return with_unit(cell.text, cell.unit)


def place(locator: Locator) -> str:
    """Return the page of a place in its source, or its lines where the form has no pages."""
    if locator.page is not None:
        return f"第{locator.page}页"
    if locator.line_start == locator.line_end:
        return f"第{locator.line_start}行"
    return f"第{locator.line_start}至{locator.line_end}行"


def standing(hit: Hit, cell: HitCell | None) -> Locator:
    """Return the place that a citation names: the record's, or the figure's where it is elsewhere.

    A project is where its name is printed, and the figures of its form stand below.
    """
    whole, at = hit.locator, cell.locator if cell else None
    if at is None or (
        at.page == whole.page and whole.line_start <= at.line_start <= at.line_end <= whole.line_end
    ):
        return whole
    return at


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}……"


def _title(hit: Hit) -> str:
    """Return the document's title, with that of the table as its other title information."""
    table = hit.table and (hit.table.title or hit.table.kind)
    return f"{hit.document.title}: {table}" if table else hit.document.title


def _bibtex(hit: Hit, url: str, day: str, note: str) -> str:
    fields = {
        "author": f"{{{hit.document.department.translate(_BIBTEX)}}}",
        "institution": hit.document.department.translate(_BIBTEX),
        "title": f"{{{_title(hit).translate(_BIBTEX)}}}",
        "type": f"{hit.document.level or ''}{hit.document.report or ''}公开",
        "note": joined(note).translate(_BIBTEX),
        "url": url,
        "urldate": day if url else "",
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@techreport{{gongkai:{hit.id},\n{body}}}\n"


def _csl(hit: Hit, locator: Locator, url: str, accessed: date, note: str) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": f"gongkai:{hit.id}",
        "type": "report",
        "language": "zh-CN",
        "author": [{"literal": hit.document.department}],
        "title": _title(hit),
        "publisher": hit.document.department,
        "genre": f"{hit.document.level or ''}{hit.document.report or ''}公开",
        "note": note,
        "accessed": {"date-parts": [[accessed.year, accessed.month, accessed.day]]},
    }
    if locator.page is not None:
        item["page"] = str(locator.page)
    if url:
        item["URL"] = url
    return item
