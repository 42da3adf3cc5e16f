"""Scans: found, told, and with the extra read by the same way as pages with a text layer."""

import os
import subprocess
import sys
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from indexer import pipeline, workers
from indexer.disclosure import read
from indexer.doubts import doubtful
from indexer.entry import Entry
from indexer.errors import ReadingError, ScansError
from indexer.readers import ocr
from indexer.readers.ocr import INSTALL, Letter, percent
from indexer.readers.pdf.pages import read_pages
from indexer.readers.registry import read_layout
from indexer.readers.scans.letters import glyphs_of, mended
from indexer.workers import Task
from search.index import Index
from search.model import Cell, Disclosure, Locator, Row, Table
from search.store import State
from tests.conftest import Silent, figures, rows, statements
from tests.make_pdf import A4, Maker
from tests.make_scan import Drawer, has_font, scanned
from web import create_app

installed = pytest.mark.skipif(
    not (ocr.is_installed() and has_font()),
    reason=f"text recognition ({INSTALL}) or the font that scans are drawn with is not installed",
)

TABLE = [
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["", "合计", "15,066.36", "8,332.49", "6,733.87"],
    ["208", "社会保障和就业支出", "11778.21", "6984.54", "4793.67"],
    ["20801", "人力资源和社会保障管理事务", "10492.27", "6072.75", "4419.52"],
    ["2080102", "一般行政管理事务", "0", "", "3852.52"],
    ["2080105", "劳动保障监察", "7", "0.00", "——"],
]
WIDTHS = [60.0, 190.0, 75.0, 75.0, 75.0]
SAID = (
    "2024年一般公共预算支出15066.36万元，比上年增加120.05万元，增长0.8%。"
    "其中：基本支出8332.49万元，项目支出6733.87万元，主要用于保障机构正常运转。"
)


def _draw(maker: Maker) -> None:
    maker.centred("泽州县人力资源和社会保障局2024年部门预算", 20)
    maker.gap(20)
    maker.paragraph("第三部分 情况说明")
    maker.paragraph("一、预算收支情况")
    maker.paragraph(SAID)
    maker.page()
    _draw_table(maker)


def _draw_table(maker: Maker) -> None:
    maker.centred("一般公共预算支出预算表", 14)
    maker.right("单位：万元")
    maker.table(TABLE, WIDTHS)


def _table(dots: float = 200) -> list[Image.Image]:
    drawer = Drawer(dots)
    _draw_table(drawer)
    return drawer.pictures


def _whole() -> list[Image.Image]:
    drawer = Drawer()
    _draw(drawer)
    return drawer.pictures


def _blank() -> list[Image.Image]:
    return [Image.new("L", (414, 585), 255)] * 2


@pytest.fixture(scope="module")
def printed() -> Disclosure:
    maker = Maker()
    _draw(maker)
    return read(maker.data(), "x.pdf")


@pytest.fixture(scope="module")
def clean() -> Disclosure:
    return read(scanned(_whole()), "x.pdf")


def _facts(of: Disclosure) -> list[tuple[str, str | None, dict[str, str]]]:
    found = [row for table in of.tables for row in table.rows]
    return [(row.label, row.code, figures(row)) for row in found]


# What every scan is


def test_without_the_extra_scans_are_told_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(ReadingError, match=r"扫描件.*pip install 'gongkai\[ocr\]'"):
        read_layout(scanned(_blank(), 50))
    image = BytesIO()
    _blank()[0].save(image, "PNG")
    with pytest.raises(ReadingError, match=r"图片.*pip install 'gongkai\[ocr\]'"):
        read_layout(image.getvalue())


def test_a_scan_with_a_footer_of_the_scanner_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    layout = read_layout(scanned(_blank(), 50, footer="Scanned by a Program"))
    assert layout.unread == (1, 2)
    assert [str(w) for w in layout.warnings] == [
        f"第1–2页几乎整页是图片，图中若有文字则未能读取；安装文字识别后可以读取：{INSTALL}"
    ]


def test_indexing_loads_no_recognition() -> None:
    heavy = "[m for m in sys.modules if m.startswith(('rapidocr', 'cv2', 'onnxruntime'))]"
    loaded = "indexer.readers.pdf.reader, indexer.readers.registry, indexer.readers.scans.reader"
    code = f"import sys, {loaded}; print({heavy})"
    run = [sys.executable, "-c", code]
    found = subprocess.run(run, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_letters_fill_their_box_in_order() -> None:
    letters = [Letter("单", 0.1, 0.9, False), Letter("位", 0.3, 0.8, False)]
    letters += [Letter("1", 0.8, 0.7, True), Letter("2", 0.9, 0.6, False)]
    glyphs = glyphs_of(letters, 100, 50, 150, 59.2)
    assert [(g.text, g.ocr, g.spaced) for g in glyphs] == [
        ("单", 0.9, False), ("位", 0.8, False), ("1", 0.7, True), ("2", 0.6, False)
    ]  # fmt: skip
    assert glyphs[0].x0 == 100
    assert glyphs[-1].x1 == 150
    assert glyphs[0].x1 == glyphs[1].x0
    assert glyphs[1].x1 < glyphs[2].x0
    assert all(g.size == 10 for g in glyphs)


@pytest.mark.parametrize(
    ("read", "width", "meant"),
    [
        ("—-般公共预算", 60, "一般公共预算"),
        ("一般", 20, "一般"),
        ("一", 10, "一"),
        ("一", 20, "—"),
        ("_", 10, "—"),
        ("-1.5", 20, "-1.5"),
    ],
)
def test_level_strokes_are_taken_for_what_they_can_be(read: str, width: int, meant: str) -> None:
    letters = [Letter(char, n / len(read), 0.9, False) for n, char in enumerate(read)]
    assert "".join(letter.text for letter in mended(letters, 0, 0, width, 1.5)) == meant


def test_doubtful_figures_are_named() -> None:
    place = Locator(line_start=7, line_end=7, char_start=0, char_end=4, page=3, ocr=0.62)
    sure = place.model_copy(update={"ocr": 0.99})
    cells = [
        Cell(column=("合计",), text="1.50", value=Decimal("1.50"), locator=place),
        Cell(column=("其中",), text="2.00", value=Decimal("2.00"), locator=sure),
        Cell(column=("备注",), text="补", locator=place),
    ]
    row = Row(id="r", label="x", label_verbatim="x", cells=tuple(cells), quote="", locator=place)
    table = Table(id="t", kind="其他", title="", unit=None, columns=(), rows=(row,), locator=place)
    assert [str(w) for w in doubtful([table], [])] == [
        "第3页：1 个数字识别把握低于 80%，请对照原件：1.50（62%）"
    ]


# What is recognised


@installed
def test_a_clean_scan_gives_the_facts_of_the_print(printed: Disclosure, clean: Disclosure) -> None:
    assert _facts(clean) == _facts(printed)
    assert _facts(clean)[-1] == ("劳动保障监察", "2080105", {"合计": "7", "基本支出": "0.00"})
    assert [cell.state for row in rows(clean, "一般公共预算支出表") for cell in row.cells] == [
        cell.state for row in rows(printed, "一般公共预算支出表") for cell in row.cells
    ]
    assert [(s.subject, s.value, s.unit) for s in statements(clean)] == [
        (s.subject, s.value, s.unit) for s in statements(printed)
    ]
    assert (clean.department, clean.year, clean.report) == (
        printed.department, printed.year, printed.report
    )  # fmt: skip


@installed
def test_what_is_recognised_says_so_and_how_surely(clean: Disclosure) -> None:
    assert clean.unread == ()
    assert any(
        str(w).startswith("第1–2页是扫描件，由文字识别（OCR）读取：平均把握 9")
        for w in clean.warnings
    )
    for row in rows(clean, "一般公共预算支出表"):
        assert row.locator.ocr is not None
        assert 0.5 < row.locator.ocr <= 1
        for cell in row.cells:
            assert (
                cell.locator is None
                or cell.locator.ocr is None
                or (row.locator.ocr <= cell.locator.ocr)
            )
    assert all(0.5 < (s.figure.ocr or 0) <= 1 for s in statements(clean))


@installed
def test_print_carries_no_confidence(printed: Disclosure) -> None:
    assert {row.locator.ocr for table in printed.tables for row in table.rows} == {None}


@installed
def test_cells_keep_page_and_place(printed: Disclosure, clean: Disclosure) -> None:
    _same_places(printed, clean, 8.0)  # the font of the scan is wider


def _same_places(printed: Disclosure, found: Disclosure, off: float) -> None:
    pairs = zip(rows(printed, "一般公共预算支出表"), rows(found, "一般公共预算支出表"), strict=True)
    for one, other in pairs:
        for cell, same in zip(one.cells, other.cells, strict=True):
            if cell.value is not None:
                assert cell.locator is not None
                assert same.locator is not None
                assert same.locator.page == cell.locator.page
                assert same.locator.bbox == pytest.approx(cell.locator.bbox, abs=off)


@installed
def test_a_leaning_noisy_scan_gives_the_same_figures(printed: Disclosure) -> None:
    found = read(scanned(_whole(), lean=-0.8, noise=10), "x.pdf")
    assert [facts[1:] for facts in _facts(found)] == [facts[1:] for facts in _facts(printed)]


@installed
@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_scan_is_read_upright(printed: Disclosure, turns: int) -> None:
    found = read(scanned(_table(), turns=turns), "x.pdf")
    assert [facts[1:] for facts in _facts(found)] == [facts[1:] for facts in _facts(printed)]
    label = next(row for row in rows(found, "一般公共预算支出表") if row.code == "208")
    x0, y0, x1, y1 = label.locator.bbox or (0, 0, 0, 0)
    width, height = (A4[1], A4[0]) if turns % 2 else A4
    assert 0 <= x0 < x1 <= width
    assert 0 <= y0 < y1 <= height
    assert (y1 - y0 > x1 - x0) == (turns % 2 == 1)


@installed
def test_a_coarse_scan_gives_the_same_figures(printed: Disclosure) -> None:
    found = read(scanned(_table(120), 120), "x.pdf")
    assert [facts[2] for facts in _facts(found)] == [facts[2] for facts in _facts(printed)]


@installed
def test_a_footer_of_the_scanner_stays_as_printed(printed: Disclosure) -> None:
    data = scanned(_table(), footer="Scanned by a Program")
    (page,) = read_pages(data)
    assert page.is_scan
    found = read(data, "x.pdf")
    assert _facts(found) == _facts(printed)
    assert "Scanned by a Program" in " ".join(passage.text for passage in found.passages)


@installed
@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF"])
def test_an_image_file_is_a_scan(printed: Disclosure, form: str) -> None:
    file = BytesIO()
    _table()[0].save(file, form, dpi=(200, 200))
    found = read(file.getvalue(), "x")
    assert found.media_type == f"image/{form.lower()}"
    assert found.pages == 1
    assert [facts[2] for facts in _facts(found)] == [facts[2] for facts in _facts(printed)]


@installed
@pytest.mark.parametrize("end", [20, 200, 2000])
def test_a_damaged_image_is_refused(end: int) -> None:
    file = BytesIO()
    _table(50)[0].save(file, "PNG")
    with pytest.raises(ReadingError, match="损坏"):
        read_layout(file.getvalue()[:end])


@installed
def test_pictures_without_text_are_told() -> None:
    maker = Maker()
    maker.paragraph(SAID)
    maker.page()
    maker.canvas.bezier(10, 10, 50, 90, 90, 90, 200, 10)
    warnings = [str(w) for w in read_layout(maker.data()).warnings]
    assert warnings == ["第2页是图片，其中没有识别出文字"]


@installed
def test_recognition_downloads_nothing(tmp_path: Path) -> None:
    """With every connection refused, and as a user who may not write beside the models."""
    (tmp_path / "scan.pdf").write_bytes(scanned(_table()))
    code = (
        "import socket, sys\n"
        "def refuse(*_): raise AssertionError('connects')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from pathlib import Path\n"
        "from indexer.disclosure import read_file\n"
        "print(len(read_file(Path(sys.argv[1]))[0].tables))"
    )
    run = [sys.executable, "-c", code, str(tmp_path / "scan.pdf")]
    found = subprocess.run(run, capture_output=True, text=True, check=True, env=_environment())
    assert (found.stdout.strip(), found.stderr) == ("1", "")


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}


# Limits, and reading again


@installed
def test_scans_are_read_in_workers_with_time_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = scanned(_table())
    with pytest.raises(ScansError, match="1 页"):
        read_layout(data, recognise=False)
    (tmp_path / "a.pdf").write_bytes(data)
    (tmp_path / "b.txt").write_text("2024年部门预算公开", encoding="utf-8")
    tasks = [Task(tmp_path / name, State("", (name,))) for name in ("a.pdf", "b.txt")]
    scan, text = workers.read_all(tasks, 1)
    assert [scan[0], text[0]] == tasks
    assert isinstance(scan[1], Entry)
    assert scan[1].info.tables
    monkeypatch.setattr(workers, "MAX_SECONDS", 1)
    monkeypatch.setattr(workers, "SECONDS_PER_SCAN", 0)
    [(_, outcome)] = workers.read_all(tasks[:1], 1)
    assert str(outcome) == "读取超过 1 秒，已放弃"


def test_a_scan_error_survives_the_way_between_processes() -> None:
    error = ScansError(3)
    kind, arguments = error.__reduce__()
    assert (kind(*arguments).pages, str(error)) == (3, "有 3 页扫描件，需要文字识别")


@installed
def test_a_document_is_read_again_once_the_extra_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maker = Maker()
    maker.paragraph("泽州县人力资源和社会保障局2024年部门预算公开")
    mixed = _joined(maker.data(), scanned(_table()))
    source, url = tmp_path / "x.pdf", str(tmp_path / "index")
    source.write_bytes(mixed)
    with monkeypatch.context() as without:
        without.setattr(ocr, "is_installed", lambda: False)
        pipeline.index([source], url, workers=0, progress=Silent())
    (document,) = Index(url).store.documents()
    before = Index(url).store.disclosure(document)
    assert before is not None
    assert (before.unread, before.tables) == ((2,), ())
    pipeline.index([source], url, workers=0, progress=Silent())
    after = Index(url).store.disclosure(document)
    assert after is not None
    assert after.unread == ()
    assert rows(after, "一般公共预算支出表", "劳动保障监察")
    page = create_app(Index(url)).test_client().get("/?q=劳动保障监察").get_data(as_text=True)
    assert 'class="ocr"' in page
    shown = (
        create_app(Index(url)).test_client().get(f"/documents/{document}").get_data(as_text=True)
    )
    assert 'class="ocr"' in shown
    assert "由文字识别（OCR）读取" in shown


def _joined(*files: bytes) -> bytes:
    whole = pypdfium2.PdfDocument.new()
    for data in files:
        whole.import_pages(pypdfium2.PdfDocument(data))
    file = BytesIO()
    whole.save(file)
    return file.getvalue()


@pytest.mark.parametrize(("share", "shown"), [(0.999, "99%"), (1.0, "100%"), (0.0, "0%")])
def test_shares_are_never_rounded_up(share: float, shown: str) -> None:
    assert percent(share) == shown
