"""What a file's name says of a disclosure: evidence of last resort."""

import re
from dataclasses import dataclass
from typing import Final

from indexer.organ_names import is_name
from indexer.titles import arabic, read_title, report_said
from search.text import without_space

CENTURY: Final = 2000
_ENDING = re.compile(r"\.\w+$")
_PARTS = re.compile(r"[-_—+\s]+")
_YEAR = re.compile(r"(20\d\d)(?!\d)|(?<!\d)(\d\d)(?=年)")
_LEVEL = re.compile(r"(部门|单位)(?=.{0,6}(?:预算|决算))")
_OTHER = re.compile(r"20\d\d年?度?|\d\d年|部门|单位|预算|决算|公开|表格?|情况|说明|[-_\s]|附件\d*")


@dataclass(frozen=True, slots=True)
class FileName:
    """What a file's name says; empty and None where it says nothing."""

    name: str
    year: int | None
    report: str | None
    level: str | None


def read_file_name(name: str) -> FileName:
    """Return what the name of a file says of the disclosure in it."""
    stem = arabic(_ENDING.sub("", name))
    text = without_space(stem)
    year = _YEAR.search(text)
    level = _LEVEL.search(text)
    return FileName(
        name=_department(stem, text),
        year=None if year is None else int(year[1] or 0) or CENTURY + int(year[2]),
        report=report_said(text),
        level=level[1] if level else None,
    )


def _department(stem: str, text: str) -> str:
    """Return the organisation that a file's name names, else the whole without what it says."""
    parts = [part for part in map(without_space, _PARTS.split(stem)) if is_name(part)]
    if parts:
        return max(parts, key=len)
    title = read_title(re.sub(r"(?<!\d)(\d\d)(?=年)", r"20\1", text))
    if title is not None and title.name:
        return title.name
    return _OTHER.sub("", stem) or stem
