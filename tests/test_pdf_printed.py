"""PDF: what browsers and word processors print of a page is read as the page says."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.disclosure import read
from search.model import Disclosure

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OFFICE = shutil.which("soffice")
PAGE = """<!DOCTYPE html><meta charset="utf-8">
<style>table{{border-collapse:collapse}} td{{border:1px solid;padding:4px}}</style>
<h2>某某县文化馆2022年部门预算公开</h2><p>项目支出表</p><p>单位：元</p>
<table border=1 cellspacing=0>{}</table>"""
GLUED = "<tr><td>项目名称<td>金额<tr><td>展厅租赁<br>地贴制作<td>3960<br>704<tr><td>合计<td>4664"
COUNTED = (
    "<tr><td>项目名称<td>数量<td>金额<tr><td>书架购置<br>门窗维修<td>2<br>1<td>5200<br>860"
    "<tr><td>合计<td>3<td>6060"
)
MERGED = (
    "<tr><td rowspan=2>项目名称<td colspan=2>金额<tr><td>上年预算数<td>本年预算数"
    "<tr><td>展厅租赁<td>3,100<td>3,960"
)


def _chromium(folder: Path, page: Path) -> Path:
    if CHROMIUM is None:
        pytest.skip("no chromium (apt-get install chromium)")
    made = folder / "page.pdf"
    subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={made}", page.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return made


def _office(folder: Path, page: Path) -> Path:
    if OFFICE is None:
        pytest.skip("no soffice (apt-get install libreoffice-writer)")
    subprocess.run(
        [OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export", "--outdir",
         str(folder), str(page)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder / "page.pdf"


def _read(print_page: Callable[[Path, Path], Path], folder: Path, table: str) -> Disclosure:
    page = folder / "page.html"
    page.write_text(PAGE.format(table), encoding="utf-8")
    return read(print_page(folder, page).read_bytes(), "page.pdf")


@pytest.mark.parametrize("print_page", [_chromium, _office])
@pytest.mark.parametrize(
    ("table", "figures"),
    [(GLUED, ["3960", "704", "4664"]), (COUNTED, ["2", "5200", "1", "860", "3", "6060"]),
     (MERGED, ["3100", "3960"])],
)  # fmt: skip
def test_tables_as_printed(
    print_page: Callable[[Path, Path], Path], table: str, figures: list[str], tmp_path: Path
) -> None:
    of = _read(print_page, tmp_path, table)
    cells = [cell for row in of.tables[0].rows for cell in row.cells]
    assert [str(cell.value) for cell in cells if cell.value is not None] == figures
