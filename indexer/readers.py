"""Chooses the reader for a source by what its bytes are, never by its name alone."""

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
    bytes and returns a layout.
    """

    suffixes: tuple[str, ...]
    begins: tuple[bytes, ...]
    reader: str
    refused: str = ""
    """Why the form is not read, with what to do instead; empty where it is."""


FORMS: Final = (
    SourceForm(
        (".doc", ".xls"), (b"\xd0\xcf\x11\xe0",), "", "旧版 Word、Excel 文件：请另存为 DOCX 或 XLSX"
    ),
    SourceForm((".pdf",), (b"%PDF",), "", "此版本还不能读取 PDF"),
    SourceForm((".docx", ".xlsx"), (b"PK\x03\x04",), "", "此版本还不能读取 DOCX 和 XLSX"),
    SourceForm((".txt", ".md"), (), "indexer.text:read_text"),
)
"""The last form has no mark and takes what no other took."""
SUFFIXES: Final = frozenset(suffix for form in FORMS for suffix in form.suffixes)


def read_layout(data: bytes) -> Layout:
    """Return the layout of a source; raise `ReadingError` with the reason where that fails."""
    if not data.strip():
        raise ReadingError("空文件：没有任何内容")
    form = next(f for f in FORMS if not f.begins or data.lstrip()[:1024].startswith(f.begins))
    if form.refused:
        raise ReadingError(form.refused)
    module, _, name = form.reader.partition(":")
    reader: Callable[[bytes], Layout] = getattr(import_module(module), name)
    return reader(data)
