"""Text files: encodings, line ends, marks; what is no text is refused with a reason."""

import codecs

import pytest

from indexer.disclosure import read
from indexer.errors import ReadingError
from indexer.readers.text import decode, read_text
from search.model import Disclosure
from tests.conftest import NAMES, source


def _facts(of: Disclosure) -> list[object]:
    rows = [
        (table.kind, row.label, row.code, row.path, [(c.column, c.text, c.yuan) for c in row.cells])
        for table in of.tables
        for row in table.rows
    ]
    said = [(s.subject, s.value, s.unit) for p in of.passages for s in p.statements]
    return [of.department, of.year, of.report, of.level, rows, said]


def _gb18030(text: str) -> bytes:
    return text.encode("gb18030")


def _crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def _marked(text: str) -> bytes:
    return codecs.BOM_UTF8 + text.encode()


def _utf16(text: str) -> bytes:
    return codecs.BOM_UTF16_LE + text.encode("utf-16-le")


@pytest.mark.parametrize("form", [_gb18030, _crlf, _marked, _utf16])
@pytest.mark.parametrize("name", NAMES)
def test_every_encoding_reads_the_same(
    disclosures: dict[str, Disclosure], name: str, form: "object"
) -> None:
    assert callable(form)
    of = read(form(source(name).read_text(encoding="utf-8")), "x.txt")
    assert _facts(of) == _facts(disclosures[name])


def test_quotes_equal_the_source_with_crlf_line_ends() -> None:
    text = source("产业规划").read_text(encoding="utf-8").replace("\n", "\r\n")
    of = read(text.encode(), "x.txt")
    for passage in of.passages:
        at = passage.locator
        assert text[at.char_start : at.char_end] == passage.quote


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "空文件"),
        (b" \n\t\n", "空文件"),
        ("﻿ ".encode(), "空文件"),
        (b"\x7fELF\x00\x01\x02\x00" * 50, "二进制"),
        (bytes(range(1, 32)) * 40, "二进制"),
        (b"\xff\xfe\xfd\xfc" + b"\x81" * 99, "二进制|未知编码"),
        (b"\xd0\xcf\x11\xe0" * 9, "DOCX"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read(data, "x.txt")


def test_marks_are_left_outside() -> None:
    layout = read_text("## <b>合计</b>\t\t**8332.49** \n".encode())
    line = layout.lines[0]
    assert [fragment.text for fragment in line.fragments] == ["合计", "", "8332.49"]
    assert line.heading == 2
    last = line.fragments[-1]
    assert layout.text[last.start : last.end] == "8332.49"


def test_byte_order_mark_counts_for_no_character() -> None:
    assert decode(codecs.BOM_UTF8 + "表".encode()) == "表"
