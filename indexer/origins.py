"""Where files came from: a CSV beside them says from which address and when each was fetched.

`sources.csv` (or 来源.csv) has a line a file: file,url,date. The heads may be Chinese, the
encoding UTF-8 or GB18030, and further columns stand for themselves.
"""

import csv
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from indexer.report import Report
from search.text import normalise

FILES: Final = ("sources.csv", "来源.csv")
LONGEST: Final = 2000
"""Characters of an address; browsers take no longer ones."""
MAX_BYTES: Final = 16 * 1024 * 1024
"""A larger file is no list of sources."""

_HEADS: Final = {
    "file": "file", "文件": "file", "文件名": "file", "name": "file", "filename": "file",
    "url": "url", "网址": "url", "地址": "url", "链接": "url", "link": "url",
    "date": "date", "日期": "date", "retrieved": "date", "下载日期": "date", "访问日期": "date",
}  # fmt: skip
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file came from: an address, and the day it was fetched (ISO 8601)."""

    url: str
    retrieved: str | None


def origins(folder: Path, report: Report) -> dict[Path, Origin]:
    """Return where the files of a folder came from, by path; what cannot be read is told."""
    found: dict[Path, Origin] = {}
    for name in FILES:
        path = folder / name
        if path.is_file():
            try:
                text = _text(path)
            except (OSError, UnicodeError, ValueError):
                report.warn(name, "来源表读不出：要 UTF-8 的 CSV，列为 file,url,date")
                continue
            found.update(_read(folder, text, name, report))
    return found


def _text(path: Path) -> str:
    if path.stat().st_size > MAX_BYTES:
        raise ValueError
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _read(folder: Path, text: str, name: str, report: Report) -> Iterator[tuple[Path, Origin]]:
    lines = csv.reader(io.StringIO(text))
    heads = [_HEADS.get(head.strip().lower(), "") for head in next(lines, [])]
    if not {"file", "url"} <= set(heads):
        report.warn(name, "来源表没有 file 和 url 两列，没有读")
        return
    for number, cells in enumerate(lines, 2):
        line = {head: cell.strip() for head, cell in zip(heads, cells, strict=False) if head}
        if not line.get("file"):
            continue
        url, retrieved = line.get("url", ""), _day(line.get("date", ""))
        if not _is_address(url):
            report.warn(name, f"第{number}行：“{url[:60]}”不是网址，没有读")
            continue
        if line.get("date") and retrieved is None:
            report.warn(name, f"第{number}行：“{line['date'][:20]}”不是日期，只读了网址")
        yield Path(os.path.abspath(folder / line["file"])), Origin(url, retrieved)


def _is_address(url: str) -> bool:
    parts = urlsplit(url) if len(url) <= LONGEST and url.isprintable() else None
    return parts is not None and parts.scheme in {"http", "https"} and bool(parts.netloc)


def _day(text: str) -> str | None:
    match = _DATE.fullmatch(normalise(text))
    if match is None:
        return None
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return None
