"""PDF: pages that cannot be read are told, files that cannot be read are refused."""

import zlib
from collections.abc import Callable

import pytest

from indexer.disclosure import read
from indexer.errors import ReadingError
from indexer.readers import ocr
from indexer.readers.ocr import INSTALL
from indexer.readers.pdf.reader import read_pdf
from tests.make_pdf import BODY, CATALOGUE, PAGES, Maker, pdf_file, stream


def test_pages_without_text_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    maker = Maker()
    maker.paragraph(BODY)
    for _ in range(3):
        maker.page()
        maker.canvas.bezier(10, 10, 50, 90, 90, 90, 200, 10)
    maker.page()
    maker.paragraph(BODY)
    layout = read_pdf(maker.data())
    assert layout.pages == 5
    assert [str(w) for w in layout.warnings] == [
        f"第2–4页没有文字层（图片或扫描件），其中的内容未能读取；安装文字识别后可以读取：{INSTALL}"
    ]


def _locked() -> bytes:
    maker = Maker(password="secret")
    maker.paragraph(BODY)
    return maker.data()


def _blank() -> bytes:
    maker = Maker()
    maker.canvas.bezier(10, 10, 50, 90, 90, 90, 200, 10)
    return maker.data()


PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    b"/Resources << /XObject << /F 5 0 R >> >> >>"
)


def _bomb() -> bytes:
    squeezed = zlib.compress(b" " * 80_000_000, 9)
    content = stream(squeezed, b"/Filter /FlateDecode")
    return pdf_file(CATALOGUE, PAGES, PAGE, content)


def _bomb_in_bomb() -> bytes:
    squeezed = zlib.compress(zlib.compress(b" " * 80_000_000, 9), 9)
    content = stream(squeezed, b"/Filter [/FlateDecode /FlateDecode]")
    return pdf_file(CATALOGUE, PAGES, PAGE, content)


def _forms() -> bytes:
    """Return a page whose forms draw each other ten times over, eight deep."""
    forms = []
    for number in range(5, 14):
        extra = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
        extra += b" /Resources << /XObject << /F %d 0 R >> >>" % (number + 1)
        forms.append(stream(b"/F Do " * 10 + b" " * 4000, extra))
    return pdf_file(CATALOGUE, PAGES, PAGE, stream(b"/F Do"), *forms)


def _loop() -> bytes:
    extra = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
    extra += b" /Resources << /XObject << /F 5 0 R >> >>"
    return pdf_file(CATALOGUE, PAGES, PAGE, stream(b"/F Do"), stream(b"/F Do", extra))


def _own_parent() -> bytes:
    return pdf_file(CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>")


def _many_pages() -> bytes:
    return pdf_file(CATALOGUE, PAGES.replace(b"[3 0 R]", b"[%s]" % (b"3 0 R " * 3000)), PAGE)


def _deep() -> bytes:
    return pdf_file(CATALOGUE, b"[" * 50_000 + b"]" * 50_000)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_locked, "加密"),
        (_blank, "没有文字层"),
        (lambda: b"%PDF-1.7\n", "已损坏|没有页面"),
        (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 99, "已损坏|没有页面"),
        (lambda: pdf_file(CATALOGUE), "已损坏|没有页面"),
        (_bomb, "过大"),
        (_bomb_in_bomb, "过大"),
        (_forms, "过多|没有文字层"),
        (_loop, "没有文字层"),
        (_own_parent, "已损坏|没有页面"),
        (_deep, "已损坏|没有页面"),
        (_many_pages, "没有文字层|没有页面|过长"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(
    make: Callable[[], bytes], reason: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ReadingError, match=reason) as caught:
        read(make(), "x.pdf")
    assert "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_a_file_cut_anywhere_is_read_or_refused() -> None:
    maker = Maker()
    maker.paragraph(BODY)
    maker.table([["科目", "金额"], ["教育", "1.00"]], [80, 80])
    data = maker.data()
    for end in range(10, len(data), 97):
        try:
            read_pdf(data[:end])
        except ReadingError:
            continue


def test_an_empty_password_opens() -> None:
    maker = Maker()
    maker.paragraph(BODY)
    assert read_pdf(maker.data()).media_type == "application/pdf"


def test_reading_twice_gives_the_same() -> None:
    maker = Maker()
    maker.paragraph(BODY)
    maker.table([["科目", "金额"], ["教育", "1.00"]], [80, 80])
    data = maker.data()
    assert read_pdf(data) == read_pdf(data)
