"""Chooses the reader for a source by what its bytes are, never by its name alone."""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from indexer.errors import ReadingError
from indexer.layout import Layout


@dataclass(frozen=True, slots=True)
class SourceForm:
    """A form of source files: how its bytes begin, its file suffixes, and what reads it.

    `reader` is `module:function`, loaded only when such a file comes; the function takes the
    bytes and returns a layout. Of a form that may hold `scans` it also takes whether to
    recognise them.
    """

    suffixes: tuple[str, ...]
    begins: tuple[bytes, ...]
    reader: str
    refused: str = ""
    """Why the form is not read, with what to do instead; empty where it is."""
    scans: bool = False


FORMS: Final = (
    SourceForm(
        (".doc", ".xls"),
        (b"\xd0\xcf\x11\xe0",),
        "",
        "旧版 Word、Excel 文件：请另存为 DOCX 或 XLSX（有打开密码的先去掉）",
    ),
    SourceForm((".pdf",), (b"%PDF",), "indexer.readers.pdf.reader:read_pdf", scans=True),
    SourceForm(
        (),  # in folders, images are ornaments of pages
        (b"\x89PNG", b"\xff\xd8\xff", b"II*", b"MM*"),
        "indexer.readers.scans.reader:read_image",
        scans=True,
    ),
    SourceForm((".docx", ".xlsx"), (b"PK\x03\x04",), "indexer.readers.package:read_package"),
    SourceForm(
        (".html", ".htm"),
        (b"<!doctype html", b"<html", b"<head", b"<meta", b"<title", b"<body", b"<table", b"<div"),
        "indexer.readers.html:read_html",
    ),
    SourceForm(
        (), (b"<workbook", b"<w:worddocument"), "", "Office 2003 的 XML 文件：请另存为 DOCX 或 XLSX"
    ),
    SourceForm((".txt", ".md"), (), "indexer.readers.text:read_text"),
)
"""The last form has no mark and takes what no other took."""
LOCKED: Final = "文件有打开密码：请去掉密码后再试"
_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
"""The stream of a DOCX or XLSX file that is locked with a password (MS-OFFCRYPTO 2.3.4)."""
HEAD: Final = 4096
"""So many bytes of a file tell its form; comments may stand before a page's first tag."""
_PROLOGUE = re.compile(rb"\A(?:\s+|<\?xml.*?\?>|<\?mso.*?\?>|<!--.*?-->)+", re.DOTALL)
SUFFIXES: Final = frozenset(suffix for form in FORMS for suffix in form.suffixes)


def read_layout(data: bytes, *, recognise: bool = True) -> Layout:
    """Return the layout of a source; raise `ReadingError` with the reason where that fails.

    Unless `recognise`, `ScansError` is raised where text recognition would read something.
    """
    if not data.strip():
        raise ReadingError("空文件：没有任何内容")
    head = _head(data)
    form = next(f for f in FORMS if not f.begins or head.startswith(_lower(f.begins)))
    if form.refused:
        raise ReadingError(LOCKED if _PACKAGE in data else form.refused)
    module, _, name = form.reader.partition(":")
    reader: Callable[..., Layout] = getattr(import_module(module), name)
    return reader(data, recognise=recognise) if form.scans else reader(data)


def _head(data: bytes) -> bytes:
    """Return how a source begins, in lower case, behind what any form may have before its mark."""
    head = data.lstrip()[:HEAD].replace(b"\0", b"").removeprefix(codecs.BOM_UTF8)
    for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        head = head.removeprefix(mark)
    return _PROLOGUE.sub(b"", head).lower()


def _lower(begins: tuple[bytes, ...]) -> tuple[bytes, ...]:
    return tuple(begin.lower() for begin in begins)
