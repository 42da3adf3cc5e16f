"""PDF: the corpus, printed, says what its texts say; two real files say what they print."""

import re
from collections import Counter
from decimal import Decimal

import pytest
from pdfminer.high_level import extract_text

from indexer.disclosure import read
from indexer.readers.pdf.reader import read_pdf
from search.model import Disclosure
from search.text import normalise
from tests.conftest import NAMES, PDFS, rows, source_pdf, statements
from tests.make_pdf import printed


def _rows(of: Disclosure) -> list[object]:
    return [
        (table.kind, row.code, row.label, [(c.column, c.text, c.yuan) for c in row.cells if c.text])
        for table in of.tables
        for row in table.rows
    ]


def _said(of: Disclosure) -> list[object]:
    return [(s.subject, s.value, s.unit, s.role, s.direction) for s in statements(of)]


@pytest.mark.parametrize("name", NAMES)
def test_a_printed_text_says_the_same(disclosures: dict[str, Disclosure], name: str) -> None:
    text = disclosures[name]
    of = read(printed(text), "x.pdf")
    assert (of.department, of.year, of.report, of.level) == (
        text.department, text.year, text.report, text.level,
    )  # fmt: skip
    assert _rows(of) == _rows(text)
    assert _said(of) == _said(text)


# Two real files; tests/golden has the whole of them


@pytest.fixture(scope="module")
def finance() -> Disclosure:
    return read(source_pdf("财政局").read_bytes(), "1.pdf")


def test_figures_on_another_base_line_belong_to_their_words(finance: Disclosure) -> None:
    said = {(s.subject, f"{s.value}{s.unit}", s.figure.page) for s in statements(finance)}
    assert ("一般公共预算财政拨款基本支出", "2336.91万元", 23) in said
    assert ("人员经费", "2152.26万元", 23) in said


def test_a_turned_table_of_a_real_file(finance: Disclosure) -> None:
    found = {row.label: row for row in rows(finance, "三公经费表")}
    cells = {
        label: {cell.column[-1]: (cell.text, cell.yuan) for cell in row.cells}
        for label, row in found.items()
    }
    whole = {"预算数": ("0.95", Decimal(9500)), "决算数": ("", None)}
    assert cells["合计"] == cells["公务接待费"] == whole
    assert {row.locator.page for row in found.values()} == {18}


def _numbers(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d[\d,]*(?:\.\d+)?", normalise(text)))


@pytest.mark.parametrize("name", PDFS)
def test_every_number_of_a_page_is_read_once(name: str) -> None:
    """Another reading of the text layer finds the same numbers, page by page."""
    path = source_pdf(name)
    layout = read_pdf(path.read_bytes())
    assert layout.pages is not None
    for page in range(1, layout.pages + 1):
        fragments = (f for line in layout.lines for f in line.fragments if f.page == page)
        found = _numbers("\n".join(fragment.text for fragment in fragments))
        assert found == _numbers(extract_text(path, page_numbers=[page - 1]))
