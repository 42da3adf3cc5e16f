"""Opens Office files (DOCX, XLSX): a ZIP of XML parts, checked before any library reads it."""

import re
import zipfile
import zlib
from importlib import import_module
from io import BytesIO
from typing import Final

from indexer.errors import ReadingError
from indexer.layout import Layout

MAX_PARTS: Final = 10_000
"""A disclosure has some hundred parts, pictures included."""
MAX_UNPACKED: Final = 256 * 1024 * 1024
"""Bytes of all parts unpacked: four times the largest file that is taken in at all."""
MAX_RATIO: Final = 200
"""Unpacked to packed. Sheets of empty cells reach 100 to 1, a bomb 1000 to 1."""
SMALL: Final = 8 * 1024 * 1024
"""A part below this size does no harm, however well it was packed."""
MAX_TAGS: Final = 4_000_000
"""Tags of one XML part: its tree then stays below a gigabyte. A long disclosure has 400,000."""

_READERS: Final = (
    ("wordprocessingml.document.main+xml", "indexer.readers.docx:read_docx"),
    ("spreadsheetml.sheet.main+xml", "indexer.readers.xlsx:read_xlsx"),
)
_XML = (".xml", ".rels")
_ENCODING = re.compile(rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([\w.-]+)", re.IGNORECASE)
_ENCODINGS = frozenset({b"utf-8", b"utf-16", b"utf-16le", b"utf-16be", b"us-ascii", b"ascii"})
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read_package(data: bytes) -> Layout:
    """Return the layout of a DOCX or XLSX file; which of them it is, its content types say."""
    types = open_package(data).read("[Content_Types].xml").replace(b"\0", b"").decode("latin-1")
    for mark, reader in _READERS:
        if mark in types:
            module, _, name = reader.partition(":")
            layout: Layout = getattr(import_module(module), name)(data)
            return layout
    raise ReadingError("压缩包里不是 DOCX 或 XLSX 文档：请解压，或另存为 DOCX、XLSX")


def open_package(data: bytes) -> zipfile.ZipFile:
    """Return the package, checked against bombs, entities and damage, else raise `ReadingError`."""
    try:
        package = zipfile.ZipFile(BytesIO(data))
        parts = package.infolist()
        _check_sizes(parts)
        for part in parts:
            _check_part(package, part)
    except ReadingError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError,
            RuntimeError, ValueError, KeyError) as error:  # fmt: skip
        raise ReadingError("文件已损坏：压缩包读不完整") from error
    if "[Content_Types].xml" not in package.namelist():
        raise ReadingError("压缩包里不是 DOCX 或 XLSX 文档：请解压，或另存为 DOCX、XLSX")
    return package


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS:
        raise ReadingError(f"压缩包可疑：内含文件超过 {MAX_PARTS} 个")
    if any(part.flag_bits & 1 for part in parts):
        raise ReadingError("文件有密码：请去掉密码后再试")
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise ReadingError(f"压缩包可疑：解压后超过 {MAX_UNPACKED // 2**20} MB")
    if any(
        part.file_size > SMALL and part.file_size > MAX_RATIO * part.compress_size for part in parts
    ):
        raise ReadingError(f"压缩包可疑：压缩比超过 {MAX_RATIO} 倍")


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a part that cannot be unpacked, or XML that declares entities or is too large.

    Office files have neither a document type nor odd encodings, in which one could hide.
    """
    content = package.read(part)
    if not part.filename.lower().endswith(_XML):
        return
    plain = content.replace(b"\0", b"")
    encoding = _ENCODING.search(plain[:200])
    if _DECLARATION.search(plain) or (encoding and encoding[1].lower() not in _ENCODINGS):
        raise ReadingError("文件可疑：XML 中含有文档类型、实体声明或不明编码")
    if plain.count(b"<") > MAX_TAGS:
        raise ReadingError(f"文件过大：一个部件的标记超过 {MAX_TAGS // 10000} 万个")
